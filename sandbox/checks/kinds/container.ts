/** Checks of what containers did. */
import type { ContainerOutcome } from '../../engine/view.ts';
import { met, quoted, unmet, Unjudgeable, type CheckOf, type Kind } from '../verdict.ts';

type Ran = CheckOf<'container-ran'>;

export const containerRan: Kind<'container-ran'> = {
  of: 'containers',
  async judge(check, view) {
    const all = await view.containers(check.image);
    const [newest] = all;
    if (!newest) return unmet('never', `no container of ${check.image} has run`);
    const ended = all.filter((one) => !one.running && one.exitCode === check.exit);
    const did = ended.find((one) => missingIn(one, check)?.length === 0);
    if (did) return met(`a container of ${check.image} ended with ${check.exit}`);
    if (ended.some((one) => missingIn(one, check) === undefined))
      throw new Unjudgeable(
        `A container of ${check.image} ended with ${check.exit}, but what it printed went with it. Run one without --rm.`,
      );
    return fault(newest, check);
  },
};

function fault(newest: ContainerOutcome, check: Ran) {
  const { image, exit } = check;
  if (newest.running) return unmet('running', `a container of ${image} is running`);
  if (newest.exitCode === undefined) throw new Unjudgeable(`How the last container of ${image} ended is not known.`);
  if (newest.exitCode !== exit) return unmet('exit', `the last container of ${image} ended with ${newest.exitCode}`);
  return unmet('output', `the last container of ${image} did not print ${quoted(missingIn(newest, check) ?? [])}`);
}

/** Which of the wanted words a container did not print; undefined when what it printed is not known. */
function missingIn({ output }: ContainerOutcome, check: Ran): string[] | undefined {
  if (check.output === undefined) return [];
  // A terminal ends lines in its own way.
  const text = output?.replaceAll('\r\n', '\n');
  return text === undefined ? undefined : check.output.filter((words) => !text.includes(words));
}
