/** The whole walk: a reader opens the first lesson, builds both images, runs both, edits the program and builds again. */
import { expect, leave, test } from '../support/browser-test.ts';
import { LessonPage } from '../support/lesson-page.ts';

const BUILD_SINGLE = 'docker build -f Dockerfile.single_stage -t goapp:singlestage .';
const BUILD_MULTI = 'docker build -f Dockerfile.multi_stage -t goapp:multistage .';
const PROFILE = /The new profile's username is: \S+ and password \(md5\): [0-9a-f]{32}\s[^]*\$$/;
const PROMPT = /\$$/;
/** A screen that was cleared: the prompt and nothing else. */
const CLEAR = /^\s*\S+ \$$/;

test('from the first page to both images', async ({ page }) => {
  test.setTimeout(400_000);
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));

  await page.goto('/');
  await page.getByRole('link', { name: 'Start', exact: true }).first().click();
  const lesson = new LessonPage(page);
  await lesson.live();
  await lesson.shows(PROMPT);

  await lesson.open('single-stage');
  await lesson.run(BUILD_SINGLE);
  await lesson.shows(/naming to docker\.io\/library\/goapp:singlestage[^]*\$$/, 180_000);

  await lesson.open('multi-stage');
  await lesson.run(BUILD_MULTI);
  await lesson.shows(/naming to docker\.io\/library\/goapp:multistage[^]*\$$/, 180_000);

  await lesson.open('comparing-sizes');
  await lesson.run('docker images');
  await lesson.shows(/goapp\s+singlestage\s+\w+\s+.*\d{3}MB/);
  await lesson.shows(/goapp\s+multistage\s+\w+\s+.*\d\.\d+MB/);

  await lesson.open('running-both');
  await lesson.run('docker run -it goapp:singlestage');
  await lesson.shows(PROFILE);
  await lesson.type('clear\r');
  await lesson.shows(CLEAR);
  await lesson.run('docker run -it goapp:multistage');
  await lesson.shows(PROFILE);

  await lesson.type('nano app.go\r');
  await lesson.shows(/GNU nano/);
  await page.keyboard.press('Control+Backslash');
  await lesson.shows(/Search \(to replace\)/);
  await page.keyboard.type('username is\r');
  await lesson.shows(/Replace with/);
  await page.keyboard.type('callsign is\r');
  await lesson.shows(/Replace this instance\?/);
  await page.keyboard.type('a');
  await lesson.shows(/Replaced \d+ occurrence/);
  await page.keyboard.press('Control+o');
  await page.keyboard.press('Enter');
  await lesson.shows(/Wrote \d+ lines/);
  await page.keyboard.press('Control+x');
  await lesson.shows(PROMPT);
  await lesson.type(
    'clear; docker build -q -f Dockerfile.multi_stage -t goapp:multistage . && docker run goapp:multistage\r',
  );
  await lesson.shows(/The new profile's callsign is: /, 180_000);
  expect(errors).toEqual([]);
});

test('a second reader sees none of it', async ({ browser }) => {
  const one = new LessonPage(await (await browser.newContext()).newPage());
  const two = new LessonPage(await (await browser.newContext()).newPage());
  await one.open('the-go-application');
  await two.open('the-go-application');
  await one.type('echo mine > mine.txt; docker volume create mine\r');
  await one.shows(/\nmine\s/);
  await two.type('ls; docker volume ls -q | wc -l\r');
  await two.shows(/\n0\s/);
  expect(await two.text()).not.toContain('mine');
  for (const { page } of [one, two]) {
    await leave(page.context(), new URL(page.url()).origin);
    await page.context().close();
  }
});
