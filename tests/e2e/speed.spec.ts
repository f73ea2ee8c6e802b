/** From opening a page to a prompt that can be used, in the browser. */
import { expect, leave, test } from '../support/browser-test.ts';
import { median } from '../../bench/figures.ts';
import { LessonPage } from '../support/lesson-page.ts';

test('a new reader has a prompt within 4 s of opening the page, median of 5', async ({ browser }) => {
  const figures: number[] = [];
  for (let i = 0; i < 5; i++) {
    const context = await browser.newContext();
    const lesson = new LessonPage(await context.newPage());
    const begun = performance.now();
    await lesson.page.goto('/lessons/about/');
    await lesson.shows(/\$$/);
    figures.push(performance.now() - begun);
    await leave(context, new URL(lesson.page.url()).origin);
    await context.close();
  }
  console.log(`open page to prompt: ${figures.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  expect(median(figures)).toBeLessThanOrEqual(4_000);
});
