/** What the page asks of a reader's sandbox, on the real host: whole messages, bad ones, many at once, two pages, two readers. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { run } from '../../sandbox/engine/exec.ts';
import { problems } from '../../sandbox/protocol/problems.ts';
import { LIB } from '../../sandbox/world/shape.ts';
import { Reader } from '../../verify/reader.ts';
import { ownReader } from '../support/own.ts';
import { aCheck, comesTo, newest } from '../support/watching.ts';

const own = ownReader();
const BASE = 'golang:1.26.8';

beforeAll(async () => {
  await own.reader.run('echo alive >/tmp/alive; mkdir -p ~/workspace/e && cd ~/workspace/e && echo hello >hello');
  await own.reader.run(
    `printf 'FROM ${BASE}\\nCOPY hello /srv/hello\\n' >Dockerfile; docker build -q -t e:fat .`,
    60_000,
  );
});

const layersOf = (reader: Reader, ask: number) =>
  reader.messages.find((one) => one.type === 'layers' && one.ask === ask);
const answered = (reader: Reader, ask: number) => reader.until(`layers ${ask}`, 20_000, () => layersOf(reader, ask));

test('layers of an image of 800 MB and more are told within two seconds, with what is in them', async () => {
  const begun = performance.now();
  own.reader.send({ type: 'layers', ask: 1, image: 'e:fat' });
  const answer = await answered(own.reader, 1);
  console.log(`layers of e:fat: ${Math.round(performance.now() - begun)} ms`);
  expect(performance.now() - begun).toBeLessThan(2_000);
  if (answer.type !== 'layers') throw new Error('no layers');
  expect(answer.layers?.at(-1)).toMatchObject({ instruction: 'COPY hello /srv/hello', files: 1 });
  expect(answer.layers?.flatMap(({ largest }) => largest.map(({ path }) => path))).toContainEqual(
    expect.stringMatching(/^usr\/local\/go\b/),
  );
});

test('of an image that is not there it is said that it is not', async () => {
  own.reader.send({ type: 'layers', ask: 2, image: 'no:such' });
  expect(await answered(own.reader, 2)).toMatchObject({ image: 'no:such', why: 'There is no image no:such.' });
  own.reader.send({ type: 'layers', ask: 3, image: '../../x?y=#' });
  expect(await answered(own.reader, 3)).toMatchObject({ why: expect.any(String) as string });
});

test('a thousand questions at once are all answered, most of them with a refusal, and the shell goes on', async () => {
  const memory = () =>
    Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${own.gateway.pid}/status`, 'utf8'))?.[1]) / 1024;
  const before = memory();
  for (let ask = 1_000; ask < 2_000; ask++) own.reader.send({ type: 'layers', ask, image: 'e:fat' });
  expect((await own.reader.run('cat /tmp/alive')).text).toContain('alive');
  const answers = () => own.reader.messages.filter((one) => one.type === 'layers' && one.ask >= 1_000);
  await own.reader.until('1000 answers', 20_000, () => answers().length === 1_000 || undefined);
  expect(answers().some((one) => one.type === 'layers' && one.layers)).toBe(true);
  expect(memory() - before).toBeLessThan(100);
});

test('a thousand watches are looked at a few times, and the last one counts', async () => {
  const from = own.reader.messages.length;
  for (let at = 0; at < 1_000; at++)
    own.reader.send({ type: 'watch', checks: [aCheck(`w${at}`, { kind: 'file', path: `e/${at}` })] });
  await comesTo(own.reader, 'w999', 'unmet');
  expect(own.reader.messages.slice(from).filter(({ type }) => type === 'checks').length).toBeLessThan(100);
});

const watch = (...checks: object[]) => ({ type: 'watch', checks });
const exists = { id: 'c', says: 'What is asked.', kind: 'image-exists', image: 'a:1' };
const prepare = { type: 'prepare', ask: 1, files: [], steps: [], overwrite: false };

test.each([
  ['an unknown kind of check', watch({ ...exists, kind: 'image-smells' })],
  ['a check with a field too many', watch({ ...exists, run: 'id' })],
  ['a check without its image', watch({ ...exists, image: undefined })],
  ['an image name that is none', watch({ ...exists, image: '-v /:/host' })],
  ['17 checks', watch(...Array.from({ length: 17 }, (_, at) => ({ ...exists, id: `c${at}` })))],
  ['an absolute path', watch({ ...exists, kind: 'file', image: undefined, path: '/etc/passwd' })],
  ['a path that leads out', watch({ ...exists, kind: 'file', image: undefined, path: 'a/../../b' })],
  ['a question without a number', { type: 'layers', image: 'a:1' }],
  ['a file that leads out', { ...prepare, files: [{ path: '../.bashrc', text: '', known: [] }] }],
  ['an absolute file', { ...prepare, files: [{ path: '/etc/passwd', text: '', known: [] }] }],
  ['a file that is too long', { ...prepare, files: [{ path: 'a', text: 'x'.repeat(32 * 1024 + 1), known: [] }] }],
  ['a hash that is none', { ...prepare, files: [{ path: 'a', text: '', known: ['x'] }] }],
  ['a step too many', { ...prepare, steps: Array.from({ length: 17 }, () => ({ says: 'x', run: 'true' })) }],
])('%s closes the socket with a reason; the shell lives on', async (_what, message) => {
  own.reader.socket?.send(JSON.stringify(message));
  const { code, reason } = await own.reader.closed;
  expect(code).toBe(problems['bad-message'].close);
  expect(reason).not.toBe('');
  await own.reader.connect();
  expect((await own.reader.run('cat /tmp/alive')).text).toContain('alive');
});

test('two pages of one reader each have their own checks, and both hear of the images', async () => {
  await using other = new Reader(own.gateway.origin);
  other.cookie = own.reader.cookie;
  await other.connect();
  own.reader.messages.length = 0;
  own.reader.send({ type: 'watch', checks: [aCheck('one', { kind: 'image-exists', image: 'e:two' })] });
  other.send({ type: 'watch', checks: [aCheck('two', { kind: 'image-exists', image: 'e:two' })] });
  await comesTo(own.reader, 'one', 'unmet');
  await comesTo(other, 'two', 'unmet');
  await own.reader.run('docker tag e:fat e:two');
  await comesTo(own.reader, 'one', 'met');
  await comesTo(other, 'two', 'met');
  for (const reader of [own.reader, other])
    expect(newest(reader, 'images')?.images.flatMap(({ tags }) => tags)).toContain('e:two');
});

test('another reader sees nothing of it', async () => {
  await using stranger = new Reader(own.gateway.origin);
  await stranger.connect();
  await stranger.engineReady();
  stranger.send({ type: 'watch', checks: [aCheck('theirs', { kind: 'image-exists', image: 'e:fat' })] });
  stranger.send({ type: 'layers', ask: 9, image: 'e:fat' });
  await comesTo(stranger, 'theirs', 'unmet', 20_000);
  expect(await answered(stranger, 9)).toMatchObject({ why: 'There is no image e:fat.' });
  expect(newest(stranger, 'images')?.images.flatMap(({ tags }) => tags)).toContain(BASE);
  expect(JSON.stringify(stranger.messages)).not.toContain('e:two');
  await stranger.end();
});

test('a page that has read nothing for a while is sent the newest there is', async () => {
  await using deaf = new Reader(own.gateway.origin);
  deaf.cookie = own.reader.cookie;
  await deaf.connect();
  deaf.send({ type: 'watch', checks: [] });
  await deaf.message('images');
  deaf.socket?.pause();
  await own.reader.run('for i in $(seq 20); do docker tag e:fat e:many; docker rmi e:many; done >/dev/null', 120_000);
  await own.reader.run('docker tag e:fat e:last');
  deaf.socket?.resume();
  await deaf.until('the newest', 10_000, () =>
    newest(deaf, 'images')?.images.some(({ tags }) => tags.includes('e:last')) ? true : undefined,
  );
}, 180_000);

test('when nobody is connected any more, no process of ours stays in the session', async () => {
  const filters = { label: [`slipway.session=${own.reader.session}`] };
  const [found] = await own.docker.listContainers({ filters });
  // Programs that the gateway started: what the session itself runs is not among them.
  const ours = async () => {
    const { stdout } = await run(own.docker.getContainer(found?.Id ?? ''), ['ps', '-eo', 'args']);
    const named = new RegExp(`${LIB}/(dial|engine-watch|contents|door hold)(?!\\S)`);
    return new Set(
      stdout
        .toString()
        .split('\n')
        .flatMap((line) => named.exec(line)?.[1] ?? []),
    );
  };
  own.reader.send({ type: 'watch', checks: [] });
  await expect.poll(ours, { timeout: 10_000 }).toEqual(new Set(['dial', 'engine-watch']));
  own.reader.socket?.terminate();
  await own.reader.closed;
  await expect.poll(ours, { timeout: 10_000 }).toEqual(new Set());
  await own.reader.connect();
});
