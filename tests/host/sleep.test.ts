/** An engine that nobody uses sleeps and comes back at the next docker command; nothing of the reader's is lost by it. */
import { beforeAll, expect, test } from 'vitest';
import { median, timed } from '../../bench/figures.ts';
import { containerOf } from '../support/impostor.ts';
import { megabytesAmong, memoryOf, type Memory } from '../support/memory.ts';
import { ownReader } from '../support/own.ts';
import { aCheck, comesTo, newest, standing } from '../support/watching.ts';

/** Seconds. */
const IDLE = 2;
const own = ownReader({ SLIPWAY_ENGINE_IDLE_SECONDS: String(IDLE) });
const BASE = 'golang:1.26.8';
const ENGINE = /dockerd|containerd|rootlesskit|exe|slirp4netns|engine-inside/;

const checks = [aCheck('base', { kind: 'image-exists', image: BASE })];

const becomes = (state: string) =>
  own.reader.until(`engine ${state}`, 20_000, () => own.reader.engine === state || undefined);

async function inside(command: string): Promise<string> {
  const { text, code } = await own.reader.run(command, 120_000);
  expect(`${command}: ${code} ${code === 0 ? '' : text}`).toBe(`${command}: 0 `);
  return text.replace(/\x1b\[[0-9;?]*[a-zA-Z]/g, '').trim();
}

const memory = async () => memoryOf(await containerOf(own));
const engineOf = (all: Memory[]) => all.map(({ command }) => command).filter((command) => ENGINE.test(command));

const gone = () => expect.poll(async () => engineOf(await memory()), { timeout: 10_000 }).toEqual([]);

/** How many sessions a machine has, when it is full enough for their memory to matter. */
const SESSIONS = 30;

/** Megabytes of one of so many sessions. */
function show(what: string, all: Memory[]): number {
  const [many, ten, alone] = [SESSIONS, 10, 1].map((sessions) => megabytesAmong(sessions, all));
  const parts = all.map(({ command, own }) => `${command} ${(own / 1e6).toFixed(1)}`).join(', ');
  console.log(
    `${what}: ${many?.toFixed(1)} MB as one of ${SESSIONS} sessions, ${ten?.toFixed(1)} of ten, ${alone?.toFixed(1)} alone; not shared: ${parts}`,
  );
  return many ?? Infinity;
}

beforeAll(async () => {
  own.reader.send({ type: 'watch', checks });
  await comesTo(own.reader, 'base', 'met');
});

test('an engine that nobody uses is gone, the memory with it, and what was seen of it stays', async () => {
  await inside('cd ~/workspace && here=4711');
  const running = show('engine running', await memory());
  expect(running).toBeLessThanOrEqual(60);
  await becomes('asleep');
  await gone();
  expect(show('engine asleep', await memory())).toBeLessThanOrEqual(15);
  own.reader.messages.length = 0;
  own.reader.send({ type: 'watch', checks });
  await comesTo(own.reader, 'base', 'met');
  expect(newest(own.reader, 'images')?.images.flatMap(({ tags }) => tags)).toContain(BASE);
  expect(own.reader.engine).toBe('asleep');
});

test('docker version is answered within 2.5 s, and says what it waits for', async () => {
  const times: number[] = [];
  const from = own.reader.messages.length;
  for (let n = 0; n < 3; n++) {
    await becomes('asleep');
    await gone();
    times.push(
      await timed(async () =>
        expect(await inside(`docker version -f '{{.Server.Version}}'`)).toMatch(
          /^Waking your Docker engine …\s+\d+\.\d+/,
        ),
      ),
    );
  }
  console.log(`docker version after waking: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  expect(median(times)).toBeLessThanOrEqual(2_500);
  // What the page was told on the way of checks: none that cannot be judged.
  const said = own.reader.messages.slice(from).flatMap((one) => (one.type === 'checks' ? one.results : []));
  expect(said.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
});

test('images, stopped containers, the build cache, files and the shell are there after it', async () => {
  await inside(
    `mkdir -p s && printf 'FROM ${BASE}\\nRUN date >/made\\n' >s/Dockerfile && docker build -q -t s:1 s && docker run --name made s:1 cat /made`,
  );
  const id = await inside('docker image inspect -f {{.Id}} s:1');
  await becomes('asleep');
  expect(await inside('docker build --progress plain -t s:2 s 2>&1')).toContain('CACHED');
  expect((await inside('docker image inspect -f {{.Id}} s:2')).split(/\s+/).at(-1)).toBe(id);
  expect(await inside(`docker ps -a --filter name=made --format '{{.Status}}'; echo $here; cat s/Dockerfile`)).toMatch(
    /^Exited \(0\)[^\n]*\s+4711\s+FROM/,
  );
});

test('who comes in the moment it falls asleep is served by the next engine, each time', async () => {
  const catchIt = `tail -n 0 -f $XDG_RUNTIME_DIR/slipway/engine.states | grep -q -m 1 asleep; curl -s --unix-socket $XDG_RUNTIME_DIR/docker.sock http://engine/_ping`;
  for (let n = 0; n < 4; n++) {
    await inside('docker version');
    expect(await inside(catchIt)).toMatch(/OK$/);
  }
});

test('a container that runs keeps it awake, and a page that watches does not', async () => {
  await inside(`docker run -d --name busy ${BASE} sleep 600`);
  const states = () => inside('grep -c asleep $XDG_RUNTIME_DIR/slipway/engine.states');
  const before = await states();
  await new Promise((resolve) => setTimeout(resolve, 2.5 * IDLE * 1000));
  expect(await states()).toBe(before);
  await inside('docker rm -f busy');
  await becomes('asleep');
  expect(standing(own.reader, 'base')?.verdict).toBe('met');
});

test('a question about layers and a preparation wake it', async () => {
  await becomes('asleep');
  own.reader.send({ type: 'layers', ask: 1, image: 's:1' });
  const layers = await own.reader.message('layers');
  expect(layers).toMatchObject({ image: 's:1', layers: expect.any(Array) as unknown });
  await becomes('asleep');
  const steps = [{ says: 'Tag it.', run: 'docker tag s:1 s:prepared', image: 's:prepared' }];
  own.reader.send({ type: 'prepare', ask: 2, files: [], steps, overwrite: true });
  const done = await own.reader.until('the end', 30_000, () => {
    const now = newest(own.reader, 'prepared');
    return now && now.state !== 'working' ? now : undefined;
  });
  expect(done).toMatchObject({ state: 'done' });
});

test('streams pass the door whole, each way ended by itself', async () => {
  const sum = (await inside('head -c 30M /dev/urandom >/tmp/bytes; sha256sum </tmp/bytes')).split(' ')[0];
  expect(await inside(`docker run -i --rm ${BASE} sha256sum </tmp/bytes`)).toContain(sum);
  expect(
    await inside(
      `docker run -d --name open ${BASE} sleep 600 >/dev/null; docker exec -i open sh -c 'cat; echo over' </tmp/bytes | head -c 30M | sha256sum`,
    ),
  ).toContain(sum);
  expect(await inside(`docker exec -i open sh -c 'cat >/got; sha256sum /got' </tmp/bytes`)).toContain(sum);
  expect(await inside('docker cp open:/got - | tar xO | sha256sum')).toContain(sum);
  await inside('docker rm -f open; rm /tmp/bytes');
});

test.each([
  ['dockerd', 'pkill -KILL -x dockerd'],
  ['containerd', 'pkill -KILL -x containerd'],
  ['rootlesskit', 'pkill -KILL -o -x rootlesskit'],
  ['the door', 'pkill -KILL -x door'],
])('%s killed: the engine comes back, and the shell has not noticed', async (_what, kill) => {
  await inside('docker version');
  await becomes('ready');
  const shell = await inside('echo $$');
  const before = await inside('pgrep -o -x dockerd');
  await inside(kill);
  await own.reader.until('another state', 20_000, () => own.reader.engine !== 'ready' || undefined);
  await becomes('ready');
  expect(await inside('docker image inspect -f "{{index .RepoTags 0}}" s:1')).toContain('s:');
  expect(await inside('pgrep -o -x dockerd')).not.toBe(before);
  expect(await inside('pgrep -c -x dockerd; echo $$ $here')).toBe(`1\r\n${shell} 4711`);
});
