import { defineConfig, devices } from '@playwright/test';

/** Files that measure how fast a page is told, or has its prompt: with nothing beside them. */
const alone = ['claim', 'evidence', 'never-lost', 'speed', 'ticks'].map((name) => `**/${name}.spec.ts`);

/** End to end: a real browser, the site as `npm start` serves it, a real Docker host. */
export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/name-host.ts',
  outputDir: 'test-results/browser',
  projects: [
    { name: 'side by side', testIgnore: alone },
    { name: 'alone', testMatch: alone },
  ],
  fullyParallel: false,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env['BASE_URL'] ?? 'http://127.0.0.1:4321',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    permissions: ['clipboard-read', 'clipboard-write'],
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: [
        // Chromium's own sandbox refuses to run as root; the pages it opens are ours.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
