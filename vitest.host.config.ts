import { defineConfig } from 'vitest/config';

/** Files that measure, or that load the machine: one at a time, with nothing beside them. */
const alone = ['speed', 'not-reading', 'lessons', 'lost-and-found', 'checks', 'engine-hostile', 'engine-walls'].map(
  (name) => `tests/host/${name}.test.ts`,
);

/** What both groups have in common. */
const shared = {
  testTimeout: 120_000,
  hookTimeout: 120_000,
  globalSetup: 'tests/support/name-host.ts',
};

/** Tests that need the real Docker host: DOCKER_HOST, or the one `npm start` runs. Every file has a gateway and sessions of its own. */
export default defineConfig({
  test: {
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
