/** A reader who makes of their engine and its store what they like: the sandbox is told nonsense within bounds, and nothing hangs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { timed } from '../../bench/figures.ts';
import type { EngineView } from '../../sandbox/engine/view.ts';
import { IMAGES_MOST, NAME_MOST } from '../../sandbox/protocol/evidence.ts';
import { HEAD, impostor, script, viewOf } from '../support/impostor.ts';
import { ownReader } from '../support/own.ts';
import { Watched } from '../support/watched.ts';

const own = ownReader();
let view: EngineView;

beforeAll(async () => {
  view = await viewOf(own);
  const code = await script(
    own,
    `cd ~ && mkdir many && cd many && printf '%s\\n' 'FROM golang:1.26.8' \\
    'RUN mkdir /many && cd /many && seq 1 100000 | xargs touch' 'RUN echo here >/here' >Dockerfile && docker build -q -t many:1 .`,
  );
  expect(code).toBe(0);
});

afterAll(() => view[Symbol.dispose]());

const DATA = '/home/reader/.local/share/docker';

test('a folder of a hundred thousand files is gone through', async () => {
  let paths: string[] = [];
  const ms = await timed(async () => {
    paths = await view.find('many:1', ['many/*', 'here']);
  });
  console.log(`found among 100000 files in ${ms.toFixed(0)} ms`);
  expect(paths).toHaveLength(41);
  expect((await view.layers('many:1'))?.map(({ files }) => files)).toContain(100_000);
});

test('links are not followed, pipes not waited for, and names are made fit to be shown', async () => {
  const code = await script(
    own,
    `cd $(docker image inspect many:1 --format '{{.GraphDriver.Data.UpperDir}}') &&
    ln -s / root && ln -s /home/reader loop && mkfifo pipe && mkdir deep && echo within-4711 >deep/file &&
    mkdir -p deep/$(printf 'd/%.0s' $(seq 1500)) && head -c 5000 /dev/zero >"$(printf 'a\\nb\\033[31m\\377')"`,
  );
  expect(code).toBe(0);
  const found = await view.find('many:1', ['root/*', 'loop/**', 'pipe', '**/d/d/d', 'a?b*', 'a*31m*']);
  expect(found.filter((path) => path.startsWith('loop/'))).toEqual([]);
  expect(found).toEqual(expect.arrayContaining(['pipe', 'a\ufffdb\ufffd[31m\ufffd']));
  expect(Math.max(...found.map(({ length }) => length))).toBeLessThanOrEqual(NAME_MOST);
  const texts = await view.textIn('many:1', ['within-4711', 'root:x:0:0:root:/root:/bin/bash\nreader']);
  expect(texts).toEqual([{ text: 'within-4711', path: 'deep/file' }]);
});

test('metadata that leads out of the store is refused', async () => {
  await script(
    own,
    `cd ${DATA}/image/overlay2/layerdb/sha256 && for f in */cache-id; do printf '../../../../..' >$f 2>/dev/null; done`,
  );
  await expect(view.find('many:1', ['**'])).rejects.toThrow(/could not be told/);
  await script(own, `cd ${DATA}/image/overlay2/imagedb/content/sha256 && for f in *; do rm -f $f; mkfifo $f; done`);
  // The engine itself may wait for the pipe; who asks it does not for long.
  await expect(view.textIn('many:1', ['x'])).rejects.toThrow();
});

/** A Perl expression for an image whose number is in $n. */
const IMAGE = (created: string) =>
  `sprintf('{"Id":"sha256:%064x","RepoTags":["x%d:1"],"Size":5,"Created":${created}}', $n, $n, $n)`;

test('of thousands of images those that are sent are taken', async () => {
  await impostor(
    own,
    `${HEAD} if ($p =~ /sha256:0*([0-9a-f]+)/) { my $n = hex $1; print ${IMAGE('"2026-01-01T00:00:00Z"')} }
    else { print "[" . join(",", map { my $n = $_; ${IMAGE('%d')} } 1..5000) . "]" } exit;`,
  );
  using there = await viewOf(own);
  const images = await there.images();
  expect(images).toHaveLength(IMAGES_MOST);
  expect(images.map(({ tags }) => tags[0])).toContain('x5000:1');
});

test('an answer without end is refused, and one that never comes is given up', async () => {
  await impostor(own, `if ($p =~ /images/) { ${HEAD} print "[" . "x" x 65536 while 1 } sleep 60;`);
  using there = await viewOf(own);
  await expect(there.images()).rejects.toThrow(/longer than/);
  const ms = await timed(() => expect(there.containers('x')).rejects.toThrow());
  expect(ms).toBeLessThan(15_000);
});

test('a flood of events leaves time for others, and nonsense for builds is a loss', async () => {
  const event = '{"Type":"container","Action":"start","Actor":{"ID":"a","Attributes":{"image":"x:1"}},"timeNano":1}\\n';
  await impostor(
    own,
    `if ($p eq "/grpc") { print "HTTP/1.1 101 X\\r\\n\\r\\n"; sleep 2; print "\\0" x 65536 while 1 }
    ${HEAD} if ($p =~ /events/) { print "${event.replaceAll('"', '\\"')}" x 100 while 1 } exit;`,
  );
  using there = await viewOf(own);
  using watched = new Watched(there);
  const before = process.cpuUsage();
  const from = performance.now();
  let late = 0;
  while (performance.now() - from < 4_000)
    late = Math.max(late, await timed(() => new Promise((resolve) => setTimeout(resolve, 20))));
  const { user, system } = process.cpuUsage(before);
  const share = (user + system) / 1_000 / (performance.now() - from);
  console.log(
    `flooded: ${(share * 100).toFixed(0)} % of a processor, a timer of 20 ms took at most ${late.toFixed(0)} ms`,
  );
  expect(share).toBeLessThan(0.7);
  expect(late).toBeLessThan(500);
  await watched.until('loss', () => watched.lost.some((why) => why !== undefined));
});
