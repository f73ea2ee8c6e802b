/** The terminal as a thing to work with: size, clipboard, Unicode, links, keyboard, and nothing loaded before it is asked for. */
import { expect, test } from '../support/browser-test.ts';
import { LessonPage } from '../support/lesson-page.ts';

test('follows the window’s size', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('about');
  let asked = 0;
  const size = async () => {
    const ask = `ask${++asked}`;
    await lesson.type(`echo ${ask} $(stty size)\r`);
    await lesson.shows(new RegExp(`^${ask} \\d+ \\d+$`, 'm'));
    return (
      new RegExp(`^${ask} (\\d+) (\\d+)$`, 'm')
        .exec(await lesson.text())
        ?.slice(1)
        .map(Number) ?? []
    );
  };
  const [rows = 0, cols = 0] = await size();
  await page.setViewportSize({ width: 1200, height: 600 });
  await expect.poll(async () => (await size())[0]).toBeLessThan(rows);
  expect((await size())[1]).toBeLessThan(cols);
});

test('pastes from the clipboard and copies a selection to it', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('about');
  await page.evaluate(() => navigator.clipboard.writeText('echo pas""ted'));
  await lesson.terminal.getByRole('textbox').focus();
  await page.keyboard.press('Control+Shift+V');
  await page.keyboard.press('Enter');
  await lesson.shows(/\npasted/);
  const row = lesson.terminal.locator('.xterm-rows > div', { hasText: /^pasted/ });
  await row.dblclick({ position: { x: 10, y: 5 }, force: true });
  await page.keyboard.press('Control+Shift+C');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('pasted');
});

test('shows what is not ASCII, and keeps it when the page is reloaded', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('about');
  await lesson.type(String.raw`printf '\xc3\xa9 \xe4\xb8\x96\xe7\x95\x8c \xf0\x9f\x9a\xa2 end\n'` + '\r');
  await lesson.shows(/é 世界 🚢 end/);
  await page.reload();
  await lesson.live();
  await lesson.shows(/é 世界 🚢 end/);
});

test('can be used with the keyboard alone: Run, type, leave', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('comparing-sizes');
  await page.getByRole('button', { name: 'Run docker images', exact: true }).focus();
  await page.keyboard.press('Enter');
  await lesson.shows(/REPOSITORY/);
  await expect(lesson.terminal.getByRole('textbox')).toBeFocused();
  await page.keyboard.type("echo ty''ped");
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await lesson.shows(/\ntyped/);
  await page.keyboard.press('F6');
  await expect(lesson.terminal.getByRole('textbox')).not.toBeFocused();
});

test('on a phone nothing of it is loaded, and no sandbox is made, before it is opened', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  let sockets = 0;
  page.on('websocket', () => sockets++);
  await page.goto('/lessons/comparing-sizes/');
  await page.waitForLoadState('networkidle');
  expect(asked).not.toContain('/api/session');
  expect(sockets).toBe(0);
  const lesson = new LessonPage(page);
  await lesson.run('docker images');
  await lesson.live();
  await lesson.shows(/REPOSITORY/);
  expect(sockets).toBe(1);
});
