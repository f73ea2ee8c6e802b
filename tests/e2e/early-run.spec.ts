/** A command that is asked for before there is a shell: kept, run, and not spoken of any more. */
import { devices } from '@playwright/test';
import { expect, test } from '../support/browser-test.ts';
import { LessonPage } from '../support/lesson-page.ts';

const { viewport, hasTouch, isMobile, userAgent } = devices['Pixel 7'];
test.use({ viewport, hasTouch, isMobile, userAgent });

test('on a phone, Run opens the terminal, and the word that a command waits goes when it has run', async ({ page }) => {
  const lesson = new LessonPage(page);
  await page.goto('/lessons/about/');
  await page.getByRole('button', { name: 'Run docker images' }).tap();
  await expect(lesson.terminal).toContainText('Runs as soon as there is a shell: docker images');
  await lesson.shows(/REPOSITORY[^]*golang/);
  await expect(lesson.terminal).not.toContainText('Runs as soon as');
});
