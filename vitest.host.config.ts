import { defineConfig } from 'vitest/config';

/** Tests that need the real Docker host (DOCKER_HOST, or the one `npm start` runs), one file at a time: they measure and they kill. */
export default defineConfig({
  test: {
    include: ['tests/host/**/*.test.ts', 'sandbox/**/*.host.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    globalSetup: 'tests/support/name-host.ts',
    fileParallelism: false,
  },
});
