/** How vitest's and Playwright's JSON reports say what passed. */
import { z } from 'zod';

type Counts = { passed: number; failed: number };

const vitest = z.object({ numPassedTests: z.int(), numFailedTests: z.int(), numFailedTestSuites: z.int() });

/** A suite that could not be loaded counts as one failure. */
export function readVitest(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numFailedTestSuites } = vitest.parse(report);
  return { passed: numPassedTests, failed: numFailedTests > 0 ? numFailedTests : numFailedTestSuites };
}

const playwright = z.object({
  errors: z.array(z.unknown()),
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }),
});

/** A flaky test counts as failed: there are no second tries. */
export function readPlaywright(report: unknown): Counts {
  const { errors, stats } = playwright.parse(report);
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

const verify = z.object({ passed: z.int(), failed: z.int() });

/** Counts of verify's report: commands and checks. */
export function readVerify(report: unknown): Counts {
  return verify.parse(report);
}
