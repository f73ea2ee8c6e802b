/** Where the golang image is a stand-in the lessons say so, and where it is the real one they do not. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/browser-test.ts';
import type { SandboxAnswer, SessionAnswer } from '../../sandbox/protocol/messages.ts';
import { LessonPage } from '../support/lesson-page.ts';

const LESSONS = ['about', 'single-stage', 'comparing-sizes'];
const note = (page: Page) => page.getByRole('note', { name: 'The golang image here' });

/** The gateway's own answer, with one word changed. */
async function answer(page: Page, standIn: boolean): Promise<void> {
  await page.route('**/api/session', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...((await response.json()) as SessionAnswer), standIn } });
  });
}

test('the note is there when, and only when, the gateway says so', async ({ page }) => {
  const { standIn } = (await (await page.request.get('/api/sandbox')).json()) as SandboxAnswer;
  const lesson = new LessonPage(page);
  await lesson.open('about');
  await expect(note(page)).toBeVisible({ visible: standIn });
});

test('a real image: no lesson speaks of a stand-in', async ({ page }) => {
  await answer(page, false);
  const lesson = new LessonPage(page);
  for (const slug of LESSONS) {
    await lesson.open(slug);
    await expect(note(page)).toBeHidden();
  }
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a stand-in: every lesson that weighs it says so, accessibly, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await answer(page, true);
    const lesson = new LessonPage(page);
    for (const slug of LESSONS) {
      await lesson.open(slug);
      await expect(note(page)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('slipway-stand-in').analyze();
      expect(violations.map((v) => `${slug}: ${v.id} ${v.nodes[0]?.html ?? ''}`)).toEqual([]);
    }
  });
}

test('before there is a session nothing is claimed', async ({ page }) => {
  await page.route('**/api/**', (route) => route.abort());
  await page.goto('/lessons/about/');
  await expect(page.getByRole('region', { name: 'Terminal' })).toContainText('does not answer');
  await expect(note(page)).toBeHidden();
});
