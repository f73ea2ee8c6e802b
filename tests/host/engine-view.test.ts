/** A reader's engine as the sandbox sees it: real images, builds and containers, told without exporting anything and without polling. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { timed } from '../../bench/figures.ts';
import { engineView, type EngineView } from '../../sandbox/engine/view.ts';
import { ENTRIES_MOST } from '../../sandbox/protocol/evidence.ts';
import { ownReader } from '../support/own.ts';
import { Watched } from '../support/watched.ts';

const own = ownReader();
let view: EngineView;
let watched: Watched;

async function viewOf(): Promise<EngineView> {
  const filters = { label: [`slipway.session=${own.reader.session}`] };
  const [container] = await own.docker.listContainers({ filters });
  return engineView(own.docker.getContainer(container?.Id ?? ''));
}

/** Builds from these lines in a folder of its own; the shell stays where it is. */
async function build(name: string, lines: readonly string[], before = 'true'): Promise<void> {
  const quoted = lines.map((line) => `'${line}'`).join(' ');
  const command = `(mkdir -p ~/b && cd ~/b && ${before} && printf '%s\\n' ${quoted} >Dockerfile && docker build -q -t ${name} .)`;
  expect(await own.reader.run(command, 120_000)).toMatchObject({ code: 0 });
}

beforeAll(async () => {
  view = await viewOf();
  watched = new Watched(view);
  await watched.until('builds', () => watched.changes.includes('builds'));
  for (const of of ['single', 'multi'])
    expect(
      (await own.reader.run(`docker build -q -f Dockerfile.${of}_stage -t goapp:${of}stage .`, 300_000)).code,
    ).toBe(0);
}, 600_000);

afterAll(() => {
  watched[Symbol.dispose]();
  view[Symbol.dispose]();
});

test('images are told, newest first, with who runs what', async () => {
  const images = await view.images();
  expect(images[0]).toMatchObject({ tags: ['goapp:multistage'], user: 'app', command: ['/main'] });
  expect(images[1]).toMatchObject({ tags: ['goapp:singlestage'], user: 'app', command: ['./main'] });
  expect(images.flatMap(({ tags }) => tags)).toContain('golang:1.26.8');
  const [multi, single] = images;
  expect(single?.bytes).toBeGreaterThan(200 * (multi?.bytes ?? Infinity));
  const details = await view.image('goapp:multistage');
  expect(details).toMatchObject({ ...multi });
  expect(details?.history.map(({ createdBy }) => createdBy)).toContain('CMD ["/main"]');
  for (const name of ['goapp:none', '../x', 'a b', '', '-x', 'x'.repeat(300)]) {
    expect(await view.image(name)).toBeUndefined();
    expect(await view.layers(name)).toBeUndefined();
    expect(await view.find(name, ['**'])).toEqual([]);
  }
});

test('layers of an image of more than 800 MB within 2 s, and they add up', async () => {
  const image = await view.image('goapp:singlestage');
  let layers: Awaited<ReturnType<EngineView['layers']>>;
  const ms = await timed(async () => {
    layers = await view.layers('goapp:singlestage');
  });
  console.log(`layers of ${((image?.bytes ?? 0) / 1e6).toFixed(0)} MB: ${ms.toFixed(0)} ms`);
  expect(ms).toBeLessThanOrEqual(2_000);
  expect(image?.bytes).toBeGreaterThan(800e6);
  expect(layers?.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(image?.bytes);
  expect(layers?.map(({ bytes }) => bytes)).toEqual(image?.history.map(({ bytes }) => bytes));
  const made = layers?.find(({ instruction }) => instruction.startsWith('RUN CGO_ENABLED=0'));
  expect(made?.largest.map(({ path }) => path)).toContain('go/src/github.com/ruanbekker/main');
  const go = layers?.find(({ largest }) => largest.some(({ path }) => path === 'usr/local/go/src'));
  expect(go?.files).toBeGreaterThan(10_000);
  for (const { bytes, largest, files } of layers ?? []) {
    expect(largest.length).toBeLessThanOrEqual(ENTRIES_MOST);
    expect(largest.reduce((sum, entry) => sum + entry.bytes, 0)).toBeLessThanOrEqual(bytes);
    if (bytes > 1e6) expect(files).toBeGreaterThan(0);
  }
  expect(layers?.find(({ instruction }) => instruction.startsWith('USER app'))).toMatchObject({ bytes: 0, files: 0 });
});

test('paths are found in what an image shows at the end', async () => {
  await build('w:1', [
    'FROM golang:1.26.8',
    'RUN mkdir -p /a/b && echo gone >/a/b/gone && echo stays >/a/stays',
    'RUN rm -r /a/b /usr/local/go/bin && rm /bin/sh',
    'RUN ["/bin/bash", "-c", "rm -r /a && mkdir /a && echo new >/a/new"]',
  ]);
  expect(await view.find('w:1', ['a/**', 'usr/local/go/*', 'bin/*sh', 'usr/bin/sh'])).toEqual(
    expect.arrayContaining(['a/new', 'usr/local/go/src', 'bin/bash']),
  );
  const gone = ['a/b', 'a/b/gone', 'a/stays', 'usr/local/go/bin', 'usr/local/go/bin/go', 'bin/sh', 'usr/bin/sh'];
  expect(await view.find('w:1', gone)).toEqual([]);
  expect(await view.find('goapp:multistage', ['**'])).toEqual(['etc', 'etc/passwd', 'main']);
  expect(await view.find('goapp:singlestage', ['bin/sh', '**/go'])).toEqual(
    expect.arrayContaining(['bin/sh', 'usr/local/go/bin/go']),
  );
});

test('a text is found in a layer although a later one deletes it, and although it is another user’s alone', async () => {
  const key = 'echo token-4711 >key';
  await build('s:1', ['FROM golang:1.26.8', 'COPY key /root/key', 'RUN rm /root/key'], key);
  expect(await view.textIn('s:1', ['token-4711', 'not there'])).toEqual([{ text: 'token-4711', path: 'root/key' }]);
  const others =
    'RUN --mount=type=bind,target=/src useradd -m other && cp /src/key /home/other && chown -R other /home/other && chmod -R go= /home/other';
  await build('s:2', ['FROM golang:1.26.8', others], key);
  expect(await view.textIn('s:2', ['token-4711'])).toEqual([{ text: 'token-4711', path: 'home/other/key' }]);
  expect(await view.textIn('goapp:multistage', ['token-4711'])).toEqual([]);
});

test('builds are told with their steps, stages and times', () => {
  const multi = view.builds().find(({ file }) => file === 'Dockerfile.multi_stage');
  expect(multi).toMatchObject({ state: 'done' });
  const step = (name: string) => multi?.steps.find((one) => one.name.startsWith(name));
  expect(step('RUN CGO_ENABLED=0')).toMatchObject({ state: 'cached', stage: 'builder' });
  expect(step('COPY --from=builder /etc/passwd')?.inputs).toContain(step('RUN CGO_ENABLED=0')?.id);
  const single = view.builds().find(({ file }) => file === 'Dockerfile.single_stage');
  const ran = single?.steps.find(({ name }) => name.startsWith('RUN CGO_ENABLED=0'));
  expect(ran).toMatchObject({ state: 'done', stage: 'stage-0' });
  expect(ran?.ms).toBeGreaterThan(1_000);
  expect(single?.ms).toBeGreaterThan(ran?.ms ?? Infinity);
  for (const { steps } of view.builds()) {
    const ids = steps.map(({ id }) => id);
    expect(steps.flatMap(({ inputs }) => inputs).filter((input) => !ids.includes(input))).toEqual([]);
  }
});

test('a build is seen as it goes on, fails with its reason, and is known by its folder and target', async () => {
  const lines = `'FROM golang:1.26.8 AS one' 'RUN sleep 3; exit 5'`;
  await own.reader.run(`mkdir -p mine && printf '%s\\n' ${lines} >mine/Dockerfile`);
  own.reader.type('(cd mine && docker build -q --target one .)\r');
  const running = await watched.until('running step', () =>
    view
      .builds()
      .find(
        ({ file, steps }) =>
          file === 'mine/Dockerfile' && steps.some(({ name, state }) => name.startsWith('RUN') && state === 'running'),
      ),
  );
  expect(running).toMatchObject({ state: 'running', target: 'one' });
  const ended = await watched.until('ended build', () =>
    view.builds().find(({ ref, state }) => ref === running.ref && state !== 'running'),
  );
  expect(ended.state).toBe('failed');
  expect(ended.error).toContain('exit code: 5');
  expect(ended.steps.at(-1)).toMatchObject({ state: 'failed', name: 'RUN sleep 3; exit 5' });
  await own.reader.run('true');
});

test('what is there already is told to a view that comes later', async () => {
  using late = await viewOf();
  expect(late.builds()).toEqual([]);
  using follower = new Watched(late);
  await follower.until('builds', () => late.builds().length === view.builds().length);
  const short = (of: EngineView) => of.builds().map(({ ref, file, ms }) => [ref, file, ms]);
  expect(short(late)).toEqual(short(view));
  expect(follower.lost).toEqual([undefined]);
});

test('an image that is tagged or removed is heard of', async () => {
  const id = (await view.image('goapp:multistage'))?.id;
  const tags = async () => (await view.images()).find((image) => image.id === id)?.tags;
  watched.changes.length = 0;
  const ms = await timed(async () => {
    own.reader.type('docker tag goapp:multistage goapp:again\r');
    await watched.until('change of images', () => watched.changes.includes('images'));
  });
  console.log(`tag typed to change heard: ${ms.toFixed(0)} ms`);
  expect(await tags()).toEqual(['goapp:again', 'goapp:multistage']);
  watched.changes.length = 0;
  await own.reader.run('docker rmi goapp:again');
  await watched.until('change of images', () => watched.changes.includes('images'));
  expect(await tags()).toEqual(['goapp:multistage']);
});

test('containers are told with how they ended and what they wrote, removed ones too', async () => {
  const run = (command: string) => own.reader.run(command);
  await run('docker run goapp:multistage; docker run -it goapp:singlestage; docker run --rm goapp:multistage');
  const [removed, kept] = await view.containers('goapp:multistage');
  expect(removed).toMatchObject({ running: false, exitCode: 0, imageId: (await view.image('goapp:multistage'))?.id });
  expect(removed?.output).toBeUndefined();
  expect(kept?.output).toMatch(/^The new profile's username is: \w+ and password \(md5\): [0-9a-f]{32}\n$/);
  expect((await view.containers('goapp:singlestage'))[0]?.output).toMatch(/^The new profile's username is: /);
  await run(`docker run golang:1.26.8 sh -c 'seq 1 20000; exit 7'`);
  const [loud] = await view.containers('golang:1.26.8');
  expect(loud).toMatchObject({ exitCode: 7 });
  expect(loud?.output?.endsWith('\n19999\n20000\n')).toBe(true);
  expect(loud?.output?.length).toBeLessThanOrEqual(16 * 1024);
  await run('docker run -d --name long golang:1.26.8 sleep 600');
  expect((await view.containers('golang:1.26.8'))[0]).toMatchObject({ running: true });
  await run('docker rm -f long');
  expect((await view.containers('golang:1.26.8'))[0]).toMatchObject({ running: false, exitCode: 137 });
  expect(await view.containers('goapp')).toEqual([]);
});

test('workspace files are read, and nothing that is not a small file', async () => {
  expect(await view.readFile('app.go')).toContain('package main');
  await own.reader.run('mkfifo pipe; ln -s /dev/zero zero; head -c 300000 /dev/zero >large; ln -s app.go link');
  for (const path of ['pipe', 'zero', 'large', 'none', '.', 'mine', 'app.go/x', '../../../etc/passwd'])
    expect(await view.readFile(path)).toBeUndefined();
  expect(await view.readFile('link')).toContain('package main');
  await own.reader.run('rm pipe zero large link');
});

test('following costs a few small processes', async () => {
  const kb = (await own.reader.run('ps -o rss= -C dial')).text.trim().split(/\s+/).map(Number);
  console.log(`${kb.length} connections kept, ${kb.join(', ')} kB each`);
  expect(kb.length).toBeLessThanOrEqual(3);
  expect(Math.max(...kb)).toBeLessThan(8_000);
});

test('an engine that dies is lost, and found again with what it has', async () => {
  watched.changes.length = 0;
  watched.lost.length = 0;
  await own.reader.run('pkill -KILL -x dockerd');
  await watched.until('loss', () => watched.lost.length > 0);
  expect(watched.lost[0]).toMatch(/lost|stopped|starting/);
  await watched.until('engine again', () => watched.lost.at(-1) === undefined && watched.changes.includes('images'));
  expect((await view.images()).flatMap(({ tags }) => tags)).toContain('goapp:multistage');
  watched.changes.length = 0;
  await own.reader.run('docker tag goapp:multistage goapp:after');
  await watched.until('change of images', () => watched.changes.includes('images'));
});
