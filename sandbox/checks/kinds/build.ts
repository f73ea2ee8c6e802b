/** Checks of builds: how they ended, what came from the cache and what they took. */
import type { Build, BuildStep } from '../../protocol/evidence.ts';
import { HOME } from '../../world/shape.ts';
import { timeOf } from '../size.ts';
import { met, quoted, unmet, type Judged, type Kind } from '../verdict.ts';

export const buildEnded: Kind<'build-ended'> = {
  of: 'builds',
  judge({ file, target, ended }, view) {
    const all = buildsOf(file, view).filter((build) => target === undefined || build.target === target);
    const [newest] = all;
    if (!newest) return never(file);
    if (all.some(({ state }) => state === ended)) return met(`a build from ${file} ${words[ended]}`);
    if (newest.state === 'running') return unmet('running', `a build from ${file} is running`);
    return unmet('another', `the last build from ${file} ${words[newest.state]}`);
  },
};

export const rebuildCached: Kind<'rebuild-cached'> = {
  of: 'builds',
  judge({ file, cached, ran = [] }, view) {
    const all = doneOf(file, view);
    const [newest] = all;
    if (!newest) return never(file);
    const compiled = (build: Build) => cached.filter((text) => !isCached(build, text));
    const skipped = (build: Build) => ran.filter((text) => !didRun(build, text));
    if (all.some((build) => compiled(build).length + skipped(build).length === 0))
      return met(`a build from ${file} took ${quoted(cached)} from the cache`);
    if (all.length === 1) return unmet('once', `there is one build from ${file}`);
    const again = compiled(newest);
    return again.length > 0
      ? unmet('not-cached', `the last build from ${file} did not take ${quoted(again)} from the cache`)
      : unmet('not-run', `the last build from ${file} did not carry out ${quoted(skipped(newest))}`);
  },
};

export const rebuildQuick: Kind<'rebuild-quick'> = {
  of: 'builds',
  judge({ file, ran, ratio }, view) {
    const all = doneOf(file, view).filter((build) => didRun(build, ran));
    const [newest, ...before] = all;
    if (!newest) return never(file);
    if (before.length === 0) return unmet('once', `one build from ${file} carried out ${quoted([ran])}`);
    const slowest = Math.max(...before.map(({ ms = 0 }) => ms));
    const saw = `the last build took ${timeOf(newest.ms ?? 0)}, the slowest ${timeOf(Math.max(slowest, newest.ms ?? 0))}`;
    return (newest.ms ?? Infinity) <= ratio * slowest ? met(saw) : unmet('too-slow', saw);
  },
};

const words = { done: 'succeeded', failed: 'failed', running: 'is running' };

function never(file: string) {
  return unmet('never', `there is no build from ${file}`);
}

/** Newest first. */
function buildsOf(file: string, view: Judged): Build[] {
  return view.builds().filter((build) => plainPath(build.file) === plainPath(file));
}

function doneOf(file: string, view: Judged): Build[] {
  return buildsOf(file, view).filter(({ state }) => state === 'done');
}

/** However a path in the workspace was written. */
function plainPath(path: string): string {
  const workspace = `${HOME}/workspace/`;
  return (path.startsWith(workspace) ? path.slice(workspace.length) : path).replace(/^(?:\.\/)+/, '');
}

function stepsOf(build: Build, text: string): BuildStep[] {
  return build.steps.filter(({ name }) => name.includes(text));
}

function isCached(build: Build, text: string): boolean {
  const steps = stepsOf(build, text);
  return steps.length > 0 && steps.every(({ state }) => state === 'cached');
}

function didRun(build: Build, text: string): boolean {
  return stepsOf(build, text).some(({ state }) => state === 'done');
}
