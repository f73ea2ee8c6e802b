/** For tests of judging: an engine and a workspace that are what a test says they are. */
import type { ContainerOutcome, ImageDetails, TextFound } from '../engine/view.ts';
import type { Build, BuildStep } from '../protocol/evidence.ts';
import type { Judged } from './verdict.ts';

type State = {
  images?: Record<string, Partial<ImageDetails>>;
  /** Paths that are found, by image. */
  found?: Record<string, string[]>;
  texts?: TextFound[];
  containers?: Omit<ContainerOutcome, 'image' | 'imageId'>[];
  builds?: Build[];
  files?: Record<string, string>;
};

export function stateOf({
  images = {},
  found = {},
  texts = [],
  containers = [],
  builds = [],
  files = {},
}: State): Judged {
  const image = (name: string) => {
    const given = images[name];
    return Promise.resolve(given && imageOf(name, given));
  };
  return {
    image,
    details: image,
    find: (name, globs) => Promise.resolve((found[name] ?? []).filter((path) => globs.includes(path))),
    textIn: (_name, wanted) => Promise.resolve(texts.filter(({ text }) => wanted.includes(text))),
    containers: (name) => Promise.resolve(containers.map((one) => ({ image: name, imageId: 'sha256:1', ...one }))),
    builds: () => builds,
    readFile: (path) => Promise.resolve(files[path]),
  };
}

export function imageOf(name: string, given: Partial<ImageDetails> = {}): ImageDetails {
  const plain = { id: `sha256:${name}`, tags: [name], bytes: 0, createdAt: 0, user: '', command: [] };
  return { ...plain, env: [], history: [], labels: {}, ...given };
}

/** A build of the steps given as name and state. */
export function buildOf(steps: Record<string, BuildStep['state']>, of: Partial<Build> = {}): Build {
  const list = Object.entries(steps).map(([name, state]) => ({ id: name, name, state, inputs: [] }));
  return { ref: 'r', file: 'Dockerfile', state: 'done', startedAt: 0, ms: 1000, steps: list, ...of };
}
