/** Without a sandbox, behind a gateway and on a host of files only: every page is readable, every command's recording plays. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { devices, test, expect, type Page } from '@playwright/test';
import { measuredLesson } from '../../src/course/measured-schema.ts';
import { Gateway, ROOT } from '../support/gateway.ts';
import { complaints } from '../support/quiet-page.ts';
import { RecordedPage } from '../support/recorded-page.ts';
import { StaticHost } from '../support/static-host.ts';

const DIST = join(ROOT, 'dist');
const BUILD = 'docker build -f Dockerfile.single_stage -t goapp:singlestage .';
const withoutHost = () => Gateway.start({ DOCKER_HOST: 'unix:///nowhere/docker.sock' }, 'recorded');

async function lessonsOf(page: Page, origin: string): Promise<string[]> {
  await page.goto(origin);
  const links = await page.getByRole('main').locator('a[href^="/lessons/"]').all();
  const paths = await Promise.all(links.map((link) => link.getAttribute('href')));
  return [...new Set(paths.filter((path) => path !== null))];
}

/** How many commands there are: all that verify has recorded, and each once. */
function commands(): number {
  const measured = join(ROOT, 'src/measured');
  const lessons = readdirSync(measured).filter((name) => name.endsWith('.json') && name !== 'run.json');
  return lessons
    .map((name) => measuredLesson.parse(JSON.parse(readFileSync(join(measured, name), 'utf8'))).commands.length)
    .reduce((sum, one) => sum + one, 0);
}

/** Opens every lesson and plays the recordings of its commands. @param most of each lesson @returns how many were played */
async function playAll(page: Page, origin: string, most = Infinity): Promise<number> {
  const lesson = new RecordedPage(page);
  let played = 0;
  for (const path of await lessonsOf(page, origin)) {
    await page.goto(origin + path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await lesson.recorded();
    for (const run of (await lesson.runs.all()).slice(0, most)) {
      await run.click();
      const command = ((await run.textContent()) ?? '').replace(/^\s*Run\s*/, '').trim();
      await expect(page.getByRole('log', { name: 'Recording' })).toContainText(command);
      await lesson.toEnd.dispatchEvent('click');
      await lesson.ended();
      await expect(lesson.player).toContainText(/Recording, measured on \d+ \w+ \d{4}/);
      expect(await lesson.text()).toContain(command.slice(0, 40));
      played += 1;
    }
  }
  return played;
}

test('behind a gateway without a host: every lesson and its first recording, no complaint', async ({ page }) => {
  test.setTimeout(300_000);
  await using gateway = await withoutHost();
  const heard = complaints(page);
  expect(await playAll(page, gateway.origin, 1)).toBe((await lessonsOf(page, gateway.origin)).length);
  expect(heard).toEqual([]);
});

test('on a host of files only: every lesson, every recording, and nothing is asked for that is not there', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await using host = await StaticHost.serve(DIST);
  const heard = complaints(page);
  expect(await playAll(page, host.origin)).toBe(commands());
  expect(heard).toEqual([]);
  expect(host.refused).toEqual([]);
});

test.describe('a recording', () => {
  let host: StaticHost;
  let lesson: RecordedPage;
  test.beforeEach(async ({ page }) => {
    host = await StaticHost.serve(DIST);
    lesson = new RecordedPage(page);
    await page.goto(`${host.origin}/lessons/single-stage/`);
    await lesson.recorded();
  });
  test.afterEach(() => host[Symbol.asyncDispose]());

  test('is started, held, let go on, hurried and left by the keyboard alone', async ({ page }) => {
    await page.getByRole('button', { name: `Run ${BUILD}`, exact: true }).focus();
    await page.keyboard.press('Enter');
    await lesson.shows(/Building/);
    await page.keyboard.press('Space');
    await expect(lesson.player.getByRole('button', { name: 'Resume' })).toBeVisible();
    const held = await lesson.text();
    await page.keyboard.type('ls');
    await expect(lesson.terminal).toContainText('This is a recording: what you type goes nowhere.');
    expect(await lesson.text()).toBe(held);
    await page.keyboard.press('Space');
    await expect(lesson.player.getByRole('button', { name: 'Pause' })).toBeVisible();
    await page.keyboard.press('Shift+Tab');
    await expect(lesson.player.getByRole('button', { name: 'Speed 1×' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(lesson.player.getByRole('button', { name: 'Speed 4×' })).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await lesson.ended();
    await lesson.shows(/FINISHED/);
    await expect(page.getByRole('log', { name: 'Recording' })).toContainText('End of the recording');
  });

  test('plays at its own pace to its end', async ({ page }) => {
    await lesson.runs.nth(1).click();
    await lesson.ended();
    expect(await lesson.player.getByRole('progressbar').evaluate((bar: HTMLProgressElement) => bar.position)).toBe(1);
    expect((await lesson.text()).split('\n').length).toBeGreaterThan(1);
    await page.keyboard.press('Space');
    await lesson.ended();
  });

  test('asked for while another plays: that one is shown to its end, and this one below it', async () => {
    await lesson.run(BUILD);
    await lesson.shows(/Building/);
    await lesson.runs.nth(1).click();
    await lesson.ended();
    const second = ((await lesson.runs.nth(1).textContent()) ?? '').replace(/^\s*Run\s*/, '').trim();
    expect(await lesson.text()).toMatch(/FINISHED/);
    const text = await lesson.text();
    expect(text.indexOf(second.slice(0, 40))).toBeGreaterThan(text.indexOf('FINISHED'));
  });

  test('is shown at once to whoever wants no motion', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await lesson.run(BUILD);
    await lesson.shows(/FINISHED/, 3_000);
    await lesson.ended();
  });

  test('that is broken or not there is said to be so', async ({ page }) => {
    await page.route('**/*.cast', (route) => route.fulfill({ body: '{"version": 1}' }));
    await lesson.run(BUILD);
    await expect(lesson.player).toContainText(/cannot be played: line 1, version/);
    await page.unroute('**/*.cast');
    await page.route('**/*.cast', (route) => route.fulfill({ status: 404 }));
    await lesson.run(BUILD);
    await expect(lesson.player).toContainText('its file is not there (404)');
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`can be used by everybody, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await lesson.run(BUILD);
      await lesson.ended();
      const { violations } = await new AxeBuilder({ page }).include('slipway-terminal').analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
    });
  }
});

test.describe('on a phone', () => {
  const { viewport, hasTouch, isMobile, userAgent } = devices['Pixel 7'];
  test.use({ viewport, hasTouch, isMobile, userAgent });

  test('Run opens the sheet and plays, nothing is wider than the screen, and the end of the output is in sight', async ({
    page,
  }) => {
    await using host = await StaticHost.serve(DIST);
    const lesson = new RecordedPage(page);
    await page.goto(`${host.origin}/lessons/single-stage/`);
    await page.getByRole('button', { name: `Run ${BUILD}`, exact: true }).tap();
    await lesson.shows(/Building/);
    await lesson.toEnd.dispatchEvent('click');
    await lesson.ended();
    for (const button of await lesson.player.getByRole('button').all())
      await expect(button).toBeInViewport({ ratio: 1 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  });
});

test('behind a gateway it says why there is no sandbox and what to do, and looks again when asked', async ({
  page,
}) => {
  await using gateway = await withoutHost();
  const lesson = new RecordedPage(page);
  await page.goto(`${gateway.origin}/lessons/single-stage/`);
  await lesson.recorded();
  await expect(lesson.terminal).toContainText('Run plays a recording');
  await expect(lesson.terminal).toContainText('There is no Docker host to run a sandbox on.');
  await expect(lesson.terminal).toContainText('npm run doctor');
  const asked = page.waitForRequest('**/api/sandbox');
  await lesson.terminal.getByRole('button', { name: 'Try again' }).click();
  await asked;
  await lesson.run(BUILD);
  await lesson.shows(/Building/);
  await expect(lesson.terminal.getByRole('button', { name: 'Try again' })).toBeVisible();
});
