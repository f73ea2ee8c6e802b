import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Link } from './link.ts';

let folder: string;
let link: Link;
const callers: Socket[] = [];
const soon = () => AbortSignal.timeout(2_000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'link-'));
  link = await Link.open(folder, () => 0);
});
afterEach(async () => {
  for (const caller of callers.splice(0)) caller.destroy();
  link[Symbol.dispose]();
  await rm(folder, { recursive: true });
});

/** Calls as a holder does. */
async function call(): Promise<Socket> {
  const socket = connect(join(folder, 'gateway.sock'));
  callers.push(socket);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

test('anybody in the session may call, and nobody may change the folder', async () => {
  expect((await stat(join(folder, 'gateway.sock'))).mode & 0o222).toBe(0o222);
  expect((await stat(folder)).mode & 0o022).toBe(0);
});

test.each(['before', 'after'])('a caller that comes %s it is asked for is given', async (when) => {
  const early = when === 'before' ? await call() : undefined;
  const taking = link.take(soon());
  const caller = early ?? (await call());
  const socket = await taking;
  socket.write('hello');
  expect(String((await once(caller, 'data'))[0])).toBe('hello');
  caller.write('and back');
  expect(String((await once(socket, 'data'))[0])).toBe('and back');
});

test('each caller is given once', async () => {
  await call();
  await link.take(soon());
  await expect(link.take(AbortSignal.timeout(50))).rejects.toThrow();
});

test('one caller waits, a second is turned away', async () => {
  await call();
  const second = await call();
  second.resume();
  await once(second, 'close');
});

test('a caller that left, or spoke first, is not given', async () => {
  for (const spoil of [(one: Socket) => one.destroy(), (one: Socket) => one.write('x')]) {
    const bad = await call();
    await expect.poll(() => link.called).toBe(true);
    spoil(bad);
    await expect.poll(() => link.called).toBe(false);
    const taking = link.take(soon());
    const good = await call();
    (await taking).write('good');
    expect(String((await once(good, 'data'))[0])).toBe('good');
    good.destroy();
  }
});

test('a flood of calls closes the socket for good', async () => {
  for (let i = 0; i < 60 && link.open; i++) await call().catch(() => undefined);
  await expect.poll(() => link.open).toBe(false);
  await expect(call()).rejects.toThrow();
});

test('a gateway that starts again takes the place of the old socket', async () => {
  using again = await Link.open(folder, () => 0);
  const taking = again.take(soon());
  const caller = await call();
  (await taking).write('new');
  expect(String((await once(caller, 'data'))[0])).toBe('new');
});
