/** Every end of a sandbox that can be had on a real host: seen before it comes, put off, told in words, and a way on. */
import { execFileSync } from 'node:child_process';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { Gateway } from '../support/gateway.ts';
import { dockerHost } from '../support/host.ts';
import { RecordedPage } from '../support/recorded-page.ts';
import { SocketProxy } from '../support/socket-proxy.ts';

const docker = dockerHost();

/** A gateway of the test's own, with small limits. */
const test = base.extend<{ limits: Record<string, string>; gateway: Gateway; lesson: RecordedPage }>({
  limits: [{}, { option: true }],
  gateway: async ({ limits }, use) => {
    await using gateway = await Gateway.start(limits);
    await use(gateway);
    await removeSessions(docker, gateway.instance);
  },
  lesson: async ({ page }, use) => use(new RecordedPage(page)),
});

const lessonOf = (gateway: Gateway) => `${gateway.origin}/lessons/single-stage/`;
const alertIn = (page: Page) => page.getByRole('region', { name: 'Terminal' }).getByRole('alert');
const sessionsOf = async (gateway: Gateway) =>
  docker.listContainers({ filters: { label: [`slipway.instance=${gateway.instance}`, 'slipway.role=session'] } });
const startNew = { name: 'Start a new sandbox' };

test.describe('a lifetime that is nearly over', () => {
  test.use({ limits: { SLIPWAY_LIFETIME_SECONDS: '20', SLIPWAY_EXTEND_MOST_SECONDS: '60' } });

  test('is announced, and put off with the keyboard alone', async ({ page, gateway, lesson }) => {
    await page.goto(lessonOf(gateway));
    await lesson.live();
    await expect(alertIn(page)).toContainText('Your sandbox is about to end: its time is over.');
    const stay = lesson.terminal.getByRole('button', { name: 'Stay another minute' });
    await expect(stay).toBeVisible();
    expect((await new AxeBuilder({ page }).include('slipway-terminal').analyze()).violations).toEqual([]);
    await lesson.terminal.getByRole('textbox').focus();
    await page.keyboard.press('F6');
    await expect(stay).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(alertIn(page)).toBeHidden();
    await expect(lesson.terminal.getByRole('textbox')).toBeFocused();

    const gauge = lesson.terminal.getByRole('button', { name: 'What the sandbox uses' });
    await expect(gauge).toContainText('1 min left');
    await gauge.click();
    const meters = lesson.terminal.getByRole('group', { name: 'What the sandbox uses' });
    await expect(meters).toContainText('1 min left');
    // All that may be added has been.
    await expect(meters.getByRole('button', { name: /Stay/ })).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(meters).toBeHidden();
    await expect(gauge).toBeFocused();
  });
});

test.describe('a lifetime that cannot be extended', () => {
  test.use({ limits: { SLIPWAY_LIFETIME_SECONDS: '18', SLIPWAY_EXTEND_MOST_SECONDS: '0' } });

  test('says what goes and what stays, ends in words, and one button leads on', async ({ page, gateway, lesson }) => {
    await page.goto(lessonOf(gateway));
    await lesson.live();
    await expect(alertIn(page)).toContainText('cannot be extended any more');
    const saving = page.waitForEvent('download');
    await lesson.terminal.getByRole('button', { name: 'Save my files' }).first().click();
    const archive = await (await saving).path();
    expect(execFileSync('tar', ['-tzf', archive], { encoding: 'utf8' })).toContain(
      'workspace/Dockerfile.single_stage\n',
    );
    await expect(lesson.terminal).toContainText('This sandbox reached the end of its time.');
    await expect(lesson.terminal).toContainText('Its files and images are gone; the lessons and your progress stay.');
    await expect(alertIn(page)).toBeHidden();
    expect((await new AxeBuilder({ page }).include('slipway-terminal').analyze()).violations).toEqual([]);
    await lesson.terminal.getByRole('button', startNew).click();
    await lesson.live();
  });
});

test.describe('a sandbox nobody uses', () => {
  test.use({ limits: { SLIPWAY_IDLE_SECONDS: '6' } });

  test('is announced to a page that is open; a sign of life keeps it', async ({ page, gateway, lesson }) => {
    await page.goto(lessonOf(gateway));
    await lesson.live();
    await expect(alertIn(page)).toContainText('nothing has happened in it for a while');
    await lesson.terminal.getByRole('button', { name: 'I am still here' }).click();
    await expect(alertIn(page)).toBeHidden();
    await expect(alertIn(page)).toBeVisible();
    // Reading is a sign of life too.
    await page.mouse.wheel(0, 200);
    await expect(alertIn(page)).toBeHidden();
    await lesson.live();
  });

  test('ends, and a page that was away is told why when it comes back; another is made only when asked for', async ({
    page,
    context,
    gateway,
    lesson,
  }) => {
    const cut = await cuttable(page);
    await page.goto(lessonOf(gateway));
    await lesson.live();
    await context.setOffline(true);
    await cut();
    await expect.poll(async () => (await sessionsOf(gateway)).length, { timeout: 20_000 }).toBe(0);
    await context.setOffline(false);
    await expect(lesson.terminal).toContainText('This sandbox ended because nobody used it for a while.');
    await expect(lesson.terminal.getByRole('button', startNew)).toBeVisible();
    expect(await sessionsOf(gateway)).toHaveLength(0);
    // Opened anew, the page has a sandbox, and says that it is another one.
    await page.reload();
    await lesson.live();
    await expect(lesson.terminal).toContainText('Your earlier sandbox ended because nobody used it for a while.');
  });
});

test.describe('a full host', () => {
  test.use({ limits: { SLIPWAY_MAX_SESSIONS: '1' } });

  test('lets readers wait in a line, with recordings meanwhile; the first gets what is freed, by themselves', async ({
    page,
    browser,
    gateway,
    lesson,
  }) => {
    const [holder, later] = [await browser.newContext(), await browser.newContext()];
    const held = new RecordedPage(await holder.newPage());
    await held.page.goto(lessonOf(gateway));
    await held.live();

    const second = new RecordedPage(await later.newPage());
    await second.page.goto(lessonOf(gateway));
    await expect(second.terminal).toContainText('You are next in line for a sandbox.');
    await page.goto(lessonOf(gateway));
    await expect(lesson.status).toHaveText('In line: 2nd');
    await expect(lesson.terminal).toContainText('This page asks again by itself');
    expect((await new AxeBuilder({ page }).include('slipway-terminal').analyze()).violations).toEqual([]);
    await lesson.runs.first().click();
    await expect(lesson.player).toBeVisible();
    await expect(lesson.terminal).toContainText('You are 2nd in line for a sandbox; this page asks again by itself.');

    // One who closes the page leaves the line.
    await second.page.close({ runBeforeUnload: true });
    await expect(lesson.status).toHaveText('In line: next');
    await holder.request.delete(`${gateway.origin}/api/session`, { headers: { origin: gateway.origin } });
    await lesson.live();
    await expect(held.terminal).toContainText('This sandbox has ended.');
    await held.terminal.getByRole('button', startNew).click();
    await expect(held.status).toHaveText('In line: next');
    await Promise.all([holder.close(), later.close()]);
  });
});

test('a sandbox that dies while the gateway is gone: told when it is back, and no other is made unasked', async ({
  page,
  gateway,
  lesson,
}) => {
  await page.goto(lessonOf(gateway));
  await lesson.live();
  await gateway.stop('SIGKILL');
  const [container] = await sessionsOf(gateway);
  await docker.getContainer(container?.Id ?? '').kill();
  await gateway.restart();
  await expect(lesson.terminal.getByRole('button', startNew)).toBeVisible();
  await expect(lesson.terminal).toContainText('Its files and images are gone; the lessons and your progress stay.');
  expect(await sessionsOf(gateway)).toHaveLength(0);
});

test('a host that is restarted: told once it is back', async ({ page, lesson }) => {
  await using proxy = await SocketProxy.to(process.env['DOCKER_HOST'] ?? '');
  await proxy.up();
  await using gateway = await Gateway.start({ DOCKER_HOST: proxy.address });
  await page.goto(lessonOf(gateway));
  await lesson.live();
  await proxy.down();
  await expect.poll(() => gateway.log).toContain('host does not answer');
  const [container] = await sessionsOf(gateway);
  await docker.getContainer(container?.Id ?? '').kill();
  await lesson.recorded();
  await proxy.up();
  await expect(async () => {
    await lesson.terminal.getByRole('button', { name: 'Try again' }).click({ timeout: 500 });
    await expect(lesson.terminal).toContainText('The machine this sandbox ran on was restarted.', { timeout: 1_000 });
  }).toPass();
  await expect(lesson.terminal.getByRole('button', startNew)).toBeVisible();
  await removeSessions(docker, gateway.instance);
});

test.describe('memory', () => {
  test.use({ limits: { SLIPWAY_MEMORY_MB: '256' } });

  test('that fills up is seen on a meter before it bites, and its end is told', async ({ page, gateway, lesson }) => {
    await page.goto(lessonOf(gateway));
    await lesson.live();
    const gauge = lesson.terminal.getByRole('button', { name: 'What the sandbox uses' });
    await gauge.focus();
    await page.keyboard.press('Enter');
    const meter = lesson.terminal.getByRole('meter', { name: 'Memory' });
    await expect(meter).toHaveAttribute('aria-valuetext', /^\d+(\.\d+)? MB of 268 MB$/);
    expect(Number(await meter.getAttribute('aria-valuenow'))).toBeLessThan(80);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect((await new AxeBuilder({ page }).include('slipway-terminal').analyze()).violations).toEqual([]);
    }
    await page.keyboard.press('Escape');
    await expect(gauge).toBeFocused();
    // Without a line’s end tail keeps all in memory; no process may have as much alone.
    await lesson.type('for n in 1 2 3 4; do (head -c 90M /dev/zero; sleep 60) | tail & done\r');
    await expect(lesson.terminal).toContainText('This sandbox ended because it ran out of memory.');
    await expect(lesson.terminal.getByRole('button', startNew)).toBeVisible();
  });
});

test.describe('an engine', () => {
  test.use({ limits: { SLIPWAY_ENGINE_IDLE_SECONDS: '3' } });

  test('that dies or sleeps is said to, without alarm, and is back', async ({ page, gateway, lesson }) => {
    await page.goto(lessonOf(gateway));
    await lesson.live();
    await expect(lesson.terminal).toContainText('Docker ready');
    await lesson.type('pkill -9 -x dockerd\r');
    await expect(lesson.terminal).toContainText('Docker stopped, starts again by itself');
    await expect(alertIn(page)).toBeHidden();
    await expect(lesson.terminal).toContainText('Docker asleep, wakes with your next command');
    await lesson.type('docker version\r');
    await expect(lesson.terminal).toContainText('Docker ready');
  });
});

/** @returns breaks the page's sockets off, which an emulated offline network leaves alone */
async function cuttable(page: Page): Promise<() => Promise<void>> {
  const sockets = new Set<() => Promise<void>>();
  await page.routeWebSocket('**/api/terminal', (socket) => {
    sockets.add(() => socket.close({ code: 4000 }));
    socket.connectToServer();
  });
  return async () => {
    await Promise.all([...sockets].map((close) => close()));
  };
}
