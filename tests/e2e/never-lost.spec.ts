/** Reloading and going on: the shell, the build and the scrollback are where they were. */
import type { WebSocketRoute } from '@playwright/test';
import { expect, test } from '../support/browser-test.ts';
import { LessonPage } from '../support/lesson-page.ts';

const lines = (text: string) => [...text.matchAll(/^step-(\d+)\s*$/gm)].map((m) => Number(m[1]));

test('a reload in the middle of a build keeps the build and the scrollback', async ({ page }) => {
  test.setTimeout(300_000);
  const lesson = new LessonPage(page);
  await lesson.open('multi-stage');
  await lesson.type('for i in $(seq 1 60); do echo step-$i; done\r');
  await lesson.shows(/step-60/);
  await lesson.type(
    'docker build --progress=plain --no-cache -f Dockerfile.multi_stage -t goapp:multistage .; echo built-$?\r',
  );
  await lesson.shows(/go mod download/, 60_000);
  await page.reload();
  await lesson.live();
  expect(lines(await lesson.text())).toEqual(Array.from({ length: 60 }, (_, i) => i + 1));
  await lesson.shows(/built-0/, 180_000);
});

test('a network that goes away and comes back is told in words, and nothing is lost', async ({ page, context }) => {
  const sockets: WebSocketRoute[] = [];
  await page.routeWebSocket('**/api/terminal', (socket) => {
    sockets.push(socket);
    socket.connectToServer();
  });
  const lesson = new LessonPage(page);
  await lesson.open('multi-stage');
  await lesson.type("for i in $(seq 1 400); do echo step-$i; sleep 0.01; done; echo fin''ished\r");
  await lesson.shows(/step-20\s/);
  await context.setOffline(true);
  // An emulated offline network leaves open sockets alone: a real one ends them.
  await sockets.at(-1)?.close({ code: 4000 });
  await expect(lesson.status).toHaveText(/Reconnecting/);
  await context.setOffline(false);
  await lesson.live();
  await lesson.shows(/finished/);
  expect(lines(await lesson.text())).toEqual(Array.from({ length: 400 }, (_, i) => i + 1));
});

test('yes, then Ctrl-C: the prompt is back at once and answers', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open('the-go-application');
  await lesson.type('yes slipway\r');
  await lesson.shows(/(slipway\s+){100}/);
  await page.waitForFunction(() => performance.now() > 1_500);
  await page.keyboard.press('Control+c');
  await page.keyboard.type("echo aft''er\r");
  await lesson.shows(/after/, 5_000);
});
