/** Preparing a sandbox on the real host: as the reader, never over their edits unasked, with progress, and with an end. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ServerMessage } from '../../sandbox/protocol/messages.ts';
import { Reader } from '../../verify/reader.ts';
import { ownReader } from '../support/own.ts';

const own = ownReader();
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const file = (path: string, text: string, known: string[] = []) => ({ path, text, known: known.map(sha256) });
const inside = async (command: string) => (await own.reader.run(command)).text.replaceAll('\r', '').trim();

type Prepared = Extract<ServerMessage, { type: 'prepared' }>;
type Work = { files?: ReturnType<typeof file>[]; steps?: { says: string; run: string; image?: string }[] };
let asked = 0;

function ask({ files = [], steps = [] }: Work, overwrite = false): number {
  own.reader.send({ type: 'prepare', ask: ++asked, files, steps, overwrite });
  return asked;
}

const toldOf = (ask: number) =>
  own.reader.messages.filter((one): one is Prepared => one.type === 'prepared' && one.ask === ask);

/** All that was said of it, once it has ended. */
function end(ask: number, ms = 60_000): Promise<Prepared[]> {
  return own.reader.until(`end of prepare ${ask}`, ms, () => {
    const all = toldOf(ask);
    return all.at(-1)?.state === 'working' ? undefined : all.length === 0 ? undefined : all;
  });
}

const ended = async (work: Work, overwrite = false) => (await end(ask(work, overwrite))).at(-1);

test('files are written with their folders; those that are as they should be keep their times', async () => {
  const files = [file('p/one', 'one\n'), file('p/deep/er/two', 'zwei é\n'), file('p/run.sh', '#!/bin/sh\necho ran\n')];
  expect(await ended({ files })).toMatchObject({ state: 'done', step: 1, of: 1 });
  expect(await inside('cat ~/workspace/p/one ~/workspace/p/deep/er/two; ~/workspace/p/run.sh')).toBe(
    'one\nzwei é\nran',
  );
  await inside('touch -d 2001-01-01 ~/workspace/p/*; chmod 600 ~/workspace/p/one');
  const changed = [file('p/one', 'new\n', ['one\n']), ...files.slice(1)];
  expect(await ended({ files: changed })).toMatchObject({ state: 'done' });
  expect(await inside("stat -c '%a %y' ~/workspace/p/one ~/workspace/p/run.sh | cut -c 1-8")).toMatch(
    /^600 20[2-9].\n755 2001$/,
  );
  expect(await inside('ls -A ~/workspace/p')).not.toContain('.slipway');
});

test('what the reader has edited is named and nothing is done, until they say so', async () => {
  await inside('cd ~/workspace/p; echo mine >one; mkdir -p folder; ln -s /nowhere dangling; cd -');
  const files = [
    file('p/one', 'course\n', ['new\n']),
    file('p/none', 'course\n'),
    file('p/dangling', 'course\n'),
    file('p/run.sh', 'changed\n', ['#!/bin/sh\necho ran\n']),
  ];
  const steps = [{ says: 'Make a mark', run: 'touch mark' }];
  expect(await ended({ files, steps })).toMatchObject({ state: 'edited', paths: ['p/one'] });
  expect(await inside('cat ~/workspace/p/one; ls ~/workspace/p/none ~/workspace/mark 2>&1 | grep -c cannot')).toBe(
    'mine\n2',
  );
  expect(await ended({ files, steps }, true)).toMatchObject({ state: 'done', step: 2, of: 2 });
  expect(await inside('cd ~/workspace/p && cat one none dangling run.sh; ls ../mark; cd - >/dev/null')).toBe(
    'course\ncourse\ncourse\nchanged\n../mark',
  );
});

test('a link leads where the reader’s own shell would go, and no further', async () => {
  await inside('mkdir -p ~/elsewhere; ln -sfn ~/elsewhere ~/workspace/link; ln -sfn /etc ~/workspace/etc');
  expect(await ended({ files: [file('link/there', 'x')] })).toMatchObject({ state: 'done' });
  expect(await inside('cat ~/elsewhere/there')).toBe('x');
  const refused = await ended({ files: [file('etc/slipway-test', 'x')] });
  expect(refused).toMatchObject({ state: 'failed', step: 0, says: 'nothing can be written in etc' });
});

test('what stands in the way of a file is said', async () => {
  await inside('echo x >~/workspace/p/plain; mkfifo ~/workspace/p/pipe');
  expect(await ended({ files: [file('p/folder', 'x')] })).toMatchObject({ state: 'edited', paths: ['p/folder'] });
  expect(await ended({ files: [file('p/folder', 'x')] }, true)).toMatchObject({ says: 'p/folder cannot be written' });
  expect(await ended({ files: [file('p/plain/file', 'x')] })).toMatchObject({ says: 'p/plain is no folder' });
  expect(await ended({ files: [file('p/pipe', 'x')] })).toMatchObject({ state: 'edited' });
});

test('steps are carried out in the workspace, tell their newest line, and are left out where their image is there', async () => {
  const build = {
    says: 'Make p:made',
    run: 'cd p && printf "FROM scratch\\nCOPY one /\\n" | docker build --progress plain -t p:made -f - .',
  };
  const count = {
    says: 'Count',
    run: 'pwd; for i in 1 2 3 4 5; do printf "\\033[1mline $i\\033[0m\\n"; sleep 0.2; done',
  };
  const all = await end(ask({ steps: [{ ...build, image: 'p:made' }, count] }));
  expect(all.at(-1)).toMatchObject({ state: 'done', step: 3, of: 3 });
  const said = all.map(({ step, says }) => `${step} ${says}`);
  expect(said).toContain('1 Make p:made');
  expect(said.some((line) => /^1 #\d+ /.test(line))).toBe(true);
  expect(said.filter((line) => /^2 line \d$/.test(line)).length).toBeGreaterThanOrEqual(3);
  expect((await inside('docker images -q p:made')).length).toBeGreaterThan(0);
  const again = await end(ask({ steps: [{ says: 'Fail', run: 'exit 9', image: 'p:made' }] }));
  expect(again.at(-1)).toMatchObject({ state: 'done' });
});

test('a flood of output is bounded: few messages, and no more than a line', async () => {
  const begun = performance.now();
  const flood = 'yes "$(printf \'\\033[31mx%.0s\' $(seq 500))" | head -c 2000000; exit 1';
  const all = await end(ask({ steps: [{ says: 'Flood', run: flood }] }));
  expect(all.at(-1)).toMatchObject({ state: 'failed' });
  expect(all.length).toBeLessThan(10 + (performance.now() - begun) / 100);
});

test('a step that fails says so with its last words, and nothing after it is done', async () => {
  const steps = [
    { says: 'Break', run: 'echo well; echo "that broke" >&2; exit 4' },
    { says: 'Go on', run: 'touch after' },
  ];
  expect(await ended({ steps })).toMatchObject({ state: 'failed', step: 1, of: 3, says: 'Break: that broke' });
  expect(await ended({ steps: [{ says: 'Silent', run: 'false' }] })).toMatchObject({
    says: 'Silent: It failed without a word.',
  });
  expect((await own.reader.run('ls ~/workspace/after')).code).not.toBe(0);
});

test('there is one at a time, and it ends with its connection: no process of it stays', async () => {
  const first = ask({ steps: [{ says: 'Wait', run: 'echo waiting; trap "" TERM; sleep 4321 & sleep 4321' }] });
  await own.reader.until('the step', 20_000, () => toldOf(first).find(({ says }) => says === 'waiting'));
  const [busy] = await end(ask({ files: [] }));
  expect(busy).toMatchObject({ state: 'failed', says: expect.stringContaining('already') as string });
  await expect.poll(() => inside('pgrep -xc sleep'), { timeout: 15_000 }).toBe('2');
  own.reader.socket?.terminate();
  await own.reader.closed;
  await own.reader.connect();
  await expect.poll(() => inside('pgrep -xc sleep'), { timeout: 15_000 }).toBe('0');
  expect(await ended({ files: [] })).toMatchObject({ state: 'done' });
});

test('two readers do not prepare one another’s sandbox', async () => {
  await using other = new Reader(own.gateway.origin);
  await other.connect();
  other.send({ type: 'prepare', ask: 1, files: [file('only-here', 'x')], steps: [], overwrite: false });
  await other.until('done', 20_000, () =>
    other.messages.find((one) => one.type === 'prepared' && one.state === 'done'),
  );
  expect((await own.reader.run('ls ~/workspace/only-here')).code).not.toBe(0);
  await other.end();
});
