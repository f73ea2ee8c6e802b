import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that measure, or that load the machine: one at a time, with nothing beside them. */
const alone = [
  'speed',
  'not-reading',
  'lessons',
  'lost-and-found',
  'checks',
  'engine-hostile',
  'engine-walls',
  'limits',
].map((name) => `tests/host/${name}.test.ts`);

/** Files that wait for a minute and more, and do little: begun first, the others run beside them. */
const waiting = ['nothing-left', 'endurance'].map((name) => `tests/host/${name}.test.ts`);

class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const waits = ({ moduleId }: TestSpecification) => waiting.some((name) => moduleId.endsWith(name));
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))];
  }
}

/** What both groups have in common. */
const shared = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  globalSetup: 'tests/support/name-host.ts',
};

/** Tests that need the real Docker host: DOCKER_HOST, or the one `npm start` runs. Every file has a gateway and sessions of its own. */
export default defineConfig({
  test: {
    sequence: { sequencer: WaitingFirst },
    projects: [
      {
        test: {
          ...shared,
          name: 'side by side',
          include: ['tests/host/**/*.test.ts', 'sandbox/**/*.host.test.ts'],
          exclude: alone,
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { ...shared, name: 'alone', include: alone, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
