import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['sandbox/**/*.test.ts', 'src/**/*.test.ts', 'scripts/**/*.test.ts', 'verify/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*.host.test.ts'],
    testTimeout: 10_000,
  },
});
