/** From asking for a sandbox to a prompt that can be used, where one is kept ready: in the browser, with the page loaded. */
import type { Page } from '@playwright/test';
import { quantile } from '../../bench/figures.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { expect, leave, test } from '../support/browser-test.ts';
import { Gateway } from '../support/gateway.ts';
import { dockerHost } from '../support/host.ts';
import { LessonPage } from '../support/lesson-page.ts';

const TIMES = 20;
const KEPT = 2;

/** Resolves with the milliseconds from the next click on to a prompt that xterm has parsed and that takes input. */
function fromClickToPrompt(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const terminal = document.querySelector<HTMLElement & { text: string }>('slipway-terminal');
        const look = (begun: number) => {
          // Nothing is asked of the screen before the connection says that all it was sent has been parsed.
          if (terminal?.dataset['state'] === 'live' && terminal.text.trimEnd().endsWith('$'))
            resolve(performance.now() - begun);
          else setTimeout(() => look(begun), 1);
        };
        document.addEventListener('click', () => setTimeout(look, 0, performance.now()), { capture: true, once: true });
      }),
  );
}

test(`from a click to a prompt, ${TIMES} in a row: half within 150 ms, 19 of 20 within 400 ms`, async ({
  page,
  context,
}) => {
  test.setTimeout(400_000);
  await using gateway = await Gateway.start({
    SLIPWAY_POOL_INITIAL: String(KEPT),
    SLIPWAY_POOL_RESERVE: String(KEPT),
    SLIPWAY_POOL_MAX: String(KEPT),
  });
  const count = (words: string) => gateway.log.split(words).length - 1;
  const full = (given: number) =>
    expect
      .poll(() => count('session ready for a reader'), { timeout: 60_000, intervals: [100] })
      .toBeGreaterThanOrEqual(given + KEPT);
  try {
    const lesson = new LessonPage(page);
    await full(0);
    await page.goto(`${gateway.origin}/lessons/about/`);
    await lesson.live();
    const figures: number[] = [];
    for (let given = 1; given <= TIMES; given++) {
      await leave(context, gateway.origin);
      const again = lesson.terminal.getByRole('button', { name: 'Start a new sandbox' });
      await expect(again).toBeVisible();
      await full(given);
      const took = fromClickToPrompt(page);
      await again.click();
      figures.push(await took);
      await lesson.type(`echo mine-$((${given} + 1))\r`);
      await lesson.shows(new RegExp(`\nmine-${given + 1}`));
    }
    expect(count('"warm":true')).toBe(TIMES + 1);
    const [half, most] = [quantile(figures, 0.5), quantile(figures, 0.95)];
    console.log(`claim to prompt: ${figures.map((ms) => ms.toFixed(0)).join(', ')} ms`);
    console.log(`claim to prompt from the pool: p50 ${half.toFixed(0)} ms, p95 ${most.toFixed(0)} ms`);
    expect(half).toBeLessThanOrEqual(150);
    expect(most).toBeLessThanOrEqual(400);
  } finally {
    await gateway.stop('SIGTERM');
    await removeSessions(dockerHost(), gateway.instance);
  }
});
