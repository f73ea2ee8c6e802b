/** Playwright's test, whose readers give their sandbox back when they are done. */
import { test as base, type BrowserContext } from '@playwright/test';

export { expect } from '@playwright/test';

/** Ends the sandbox of a context's reader, if there is one. @param origin of the site */
export async function leave(context: BrowserContext, origin: string): Promise<void> {
  await context.request.delete(`${origin}/api/session`, { headers: { origin } });
}

export const test = base.extend({
  context: async ({ context, baseURL }, use) => {
    await use(context);
    await leave(context, new URL(baseURL ?? '').origin);
  },
});
