import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['sandbox/**/*.test.ts', 'src/**/*.test.ts', 'scripts/**/*.test.ts'], testTimeout: 10_000 },
});
