/** The gateway dies under a reader, and a site without a host: told in words, and nothing is lost. */
import { expect, leave, test } from '../support/browser-test.ts';
import { Gateway } from '../support/gateway.ts';
import { dockerHost } from '../support/host.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { LessonPage } from '../support/lesson-page.ts';

test('kill -9 of the gateway in the middle of a build: the reader is back in the same shell, the build goes on', async ({
  page,
}) => {
  test.setTimeout(300_000);
  await using gateway = await Gateway.start();
  const lesson = new LessonPage(page);
  await page.goto(`${gateway.origin}/lessons/multi-stage/`);
  await lesson.live();
  await lesson.type(
    'mark=$$; docker build --progress=plain --no-cache -f Dockerfile.multi_stage -t kept .; echo built-$?\r',
  );
  await lesson.shows(/go mod download/, 60_000);
  await gateway.stop('SIGKILL');
  await expect(lesson.status).not.toHaveText('Live');
  await gateway.restart();
  await lesson.live();
  await lesson.shows(/built-0/, 180_000);
  await lesson.type('[ $mark = $$ ] && echo same-shell\r');
  await lesson.shows(/\nsame-shell/);
  const steps = [...(await lesson.text()).matchAll(/^#(\d+) DONE/gm)].map((m) => m[1]);
  expect(new Set(steps).size).toBe(steps.length);
  await gateway.stop('SIGTERM');
  await removeSessions(dockerHost(), gateway.instance);
});

test('without a host the site is there, and the terminal’s place says why and what to do', async ({ page }) => {
  await using gateway = await Gateway.start({ DOCKER_HOST: 'unix:///nowhere/docker.sock' }, 'recorded');
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  await page.goto(`${gateway.origin}/lessons/single-stage/`);
  const terminal = page.getByRole('region', { name: 'Terminal' });
  await expect(terminal).toContainText('There is no Docker host to run a sandbox on.');
  await expect(terminal).toContainText('npm run doctor');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Single stage');
  expect(errors).toEqual([]);
});

test('a sandbox that ended says so, and one button makes a new one', async ({ page, context }) => {
  const lesson = new LessonPage(page);
  await lesson.open('the-go-application');
  await lesson.type('echo old > /tmp/old\r');
  await leave(context, new URL(page.url()).origin);
  await expect(lesson.terminal).toContainText('This sandbox has ended.');
  await lesson.terminal
    .getByRole('button', { name: /new sandbox/i })
    .last()
    .click();
  await lesson.live();
  await lesson.type('ls /tmp/old\r');
  await lesson.shows(/No such file/);
});
