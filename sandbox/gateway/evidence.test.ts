/** Evidence on a real socket: what is passed on, what waits for a slow reader, and that failures end nothing. */
import { expect, test } from 'vitest';
import { Shell } from '../terminal/shell.ts';
import { TestGateway, type Settings } from './fixture.testing.ts';
import type { EvidenceOutlet, EvidencePort } from './ports.ts';

const open = (settings: Partial<Settings>) =>
  TestGateway.open({ makeShell: (stream, listener) => new Shell(stream, listener), ...settings });

const answering = (outlet: EvidenceOutlet, port: Partial<EvidencePort> = {}): EvidencePort => ({
  watch: () => outlet.news({ type: 'images', images: [] }),
  layers: (ask, image) => {
    outlet.answer({ type: 'layers', ask, image, why: 'None.' });
    return Promise.resolve();
  },
  prepare: ({ ask }) => {
    outlet.news({ type: 'prepared', ask, state: 'done' });
    return Promise.resolve();
  },
  [Symbol.dispose]: () => undefined,
  ...port,
});

const watch = { type: 'watch', checks: [] };

test('each request is passed on and answered; the way is opened once, by the first', async () => {
  let opened = 0;
  await using test = await open({ openEvidence: (_session, outlet) => (opened++, answering(outlet)) });
  const { socket } = await test.attached();
  expect(opened).toBe(0);
  socket.say(watch);
  socket.say({ type: 'layers', ask: 7, image: 'a:1' });
  socket.say({ type: 'prepare', ask: 8, files: [], steps: [], overwrite: false });
  expect(await socket.message('images')).toEqual({ type: 'images', images: [] });
  expect(await socket.message('layers')).toMatchObject({ ask: 7, why: 'None.' });
  expect(await socket.message('prepared')).toMatchObject({ ask: 8, state: 'done' });
  expect(opened).toBe(1);
});

test('a request that fails is logged and the socket goes on', async () => {
  const layers = () => Promise.reject(new Error('broken'));
  await using test = await open({ openEvidence: (_session, outlet) => answering(outlet, { layers }) });
  const { socket } = await test.attached();
  socket.say({ type: 'layers', ask: 1, image: 'a:1' });
  socket.say({ type: 'ping' });
  await socket.message('pong');
  expect(test.log.join('')).toContain('broken');
});

test('when the socket is closed, what it asked for is let go of', async () => {
  const gone = Promise.withResolvers<undefined>();
  const port = { [Symbol.dispose]: () => gone.resolve(undefined) };
  await using test = await open({ openEvidence: (_session, outlet) => answering(outlet, port) });
  const { socket } = await test.attached();
  socket.say(watch);
  await socket.message('images');
  socket.ws.terminate();
  await gone.promise;
});

test('of news only the newest waits for a reader who reads nothing', async () => {
  const outlets: EvidenceOutlet[] = [];
  await using test = await open({
    openEvidence: (_session, outlet) => {
      outlets.push(outlet);
      return answering(outlet);
    },
  });
  const { socket } = await test.attached();
  socket.say(watch);
  await socket.message('images');
  socket.ws.pause();
  const [outlet] = outlets;
  const saw = 'x'.repeat(30_000);
  const result = (id: string) => ({ id, verdict: 'met' as const, saw });
  // 300 MB: what the kernel does not take must not be kept.
  for (let at = 0; at < 10_000; at++) {
    outlet?.news({ type: 'checks', results: [result(String(at))] });
    if (at % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  socket.ws.resume();
  const ids = () => socket.messages.flatMap((one) => (one.type === 'checks' ? one.results.map(({ id }) => id) : []));
  await expect.poll(() => ids().at(-1), { timeout: 5_000 }).toBe('9999');
  expect(ids().length).toBeLessThan(500);
});
