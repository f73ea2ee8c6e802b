/** A sandbox comes up under a reader of recordings, and goes away under one who had it: the page changes over, and they keep their place. */
import { test, expect, type Page } from '@playwright/test';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { Gateway } from '../support/gateway.ts';
import { dockerHost } from '../support/host.ts';
import { RecordedPage } from '../support/recorded-page.ts';
import { SocketProxy } from '../support/socket-proxy.ts';

const BUILD = 'docker build -f Dockerfile.single_stage -t goapp:singlestage .';
const place = (page: Page) =>
  page.evaluate(() => ({ y: scrollY, url: location.href, focus: document.activeElement?.textContent ?? '' }));

let proxy: SocketProxy;
let gateway: Gateway;
test.beforeEach(async () => {
  proxy = await SocketProxy.to(process.env['DOCKER_HOST'] ?? '');
});
test.afterEach(async () => {
  await gateway[Symbol.asyncDispose]();
  await removeSessions(dockerHost(), gateway.instance);
  await proxy[Symbol.asyncDispose]();
});

test('a sandbox comes up: the recording under way is left to the reader, who keeps their place', async ({ page }) => {
  gateway = await Gateway.start({ DOCKER_HOST: proxy.address }, 'recorded');
  const lesson = new RecordedPage(page);
  await page.goto(`${gateway.origin}/lessons/single-stage/`);
  await lesson.recorded();
  await lesson.run(BUILD);
  await lesson.shows(/Building/);
  await page.keyboard.press('Space');
  await readAt(lesson, 700);
  const before = await place(page);
  await proxy.up();
  await gatewayLive();
  await lesson.terminal.getByRole('button', { name: 'Try again' }).dispatchEvent('click');
  await lesson.live();
  await expect(lesson.player.getByRole('button', { name: 'Resume' })).toBeVisible();
  await expect(lesson.terminal).toContainText('A sandbox is ready.');
  expect(await place(page)).toEqual(before);
  await lesson.terminal.getByRole('button', { name: 'Go to your shell' }).click();
  await expect(lesson.player).toBeHidden();
  await lesson.type('echo shell-$((40 + 2))\r');
  await lesson.shows(/shell-42/);
  expect((await place(page)).y).toBe(before.y);
});

test('a sandbox comes up with no recording under way: the terminal is live, by itself', async ({ page }) => {
  gateway = await Gateway.start({ DOCKER_HOST: proxy.address }, 'recorded');
  const lesson = new RecordedPage(page);
  await page.goto(`${gateway.origin}/lessons/single-stage/`);
  await lesson.recorded();
  await readAt(lesson, 300);
  await proxy.up();
  await lesson.live();
  expect((await place(page)).y).toBe(300);
  await lesson.shows(/\$/);
});

test('a sandbox goes away: recordings stand in, the shell’s last screen can be had, and the same shell comes back', async ({
  page,
}) => {
  await proxy.up();
  gateway = await Gateway.start({ DOCKER_HOST: proxy.address });
  const lesson = new RecordedPage(page);
  await page.goto(`${gateway.origin}/lessons/single-stage/`);
  await lesson.live();
  await lesson.type('mark=$$; echo before-$((40 + 2))\r');
  await lesson.shows(/before-42/);
  await readAt(lesson, 700);
  const before = await place(page);
  await proxy.down();
  await gateway.stop('SIGKILL');
  await gateway.restart('recorded');
  await lesson.recorded();
  expect(await place(page)).toEqual(before);
  expect(await lesson.text()).toContain('before-42');
  await lesson.run(BUILD);
  await lesson.shows(/Building/);
  await lesson.terminal.getByRole('button', { name: 'Your shell’s last screen' }).click();
  expect(await lesson.text()).toContain('before-42');
  await proxy.up();
  await gatewayLive();
  await lesson.terminal.getByRole('button', { name: 'Try again' }).click();
  await lesson.live();
  await lesson.type('[ $mark = $$ ] && echo same-shell\r');
  await lesson.shows(/\nsame-shell/);
});

/** The reader is at a place of the page, with the focus on its last Run button. */
async function readAt(lesson: RecordedPage, y: number): Promise<void> {
  await lesson.runs.last().evaluate((button, top) => {
    (button as HTMLElement).focus({ preventScroll: true });
    scrollTo({ top, behavior: 'instant' });
  }, y);
}

async function gatewayLive(): Promise<void> {
  const mode = async () => ((await (await fetch(`${gateway.origin}/healthz`)).json()) as { mode: string }).mode;
  await expect.poll(mode).toBe('live');
}
