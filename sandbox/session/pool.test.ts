import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { Pool, type Kept } from './pool.ts';

type One = Kept & { warm: PromiseWithResolvers<undefined> };
const KEEP_MS = 900_000;

let now: number;
let room: number;
let quiet: boolean;
let making: PromiseWithResolvers<One>[];
let made: One[];
let dropped: string[];
let readied: string[];

function one(): One {
  const session = { id: `s${made.length}`, begun: now, warm: Promise.withResolvers<undefined>() };
  made.push(session);
  return session;
}

function pool(sizes: Partial<{ initial: number; reserve: number; max: number }>, keepMs = KEEP_MS): Pool<One> {
  return new Pool<One>({
    sizes: { initial: 0, reserve: 0, max: 8, ...sizes },
    keepMs,
    clock: { now: () => now },
    make: () => {
      const one = Promise.withResolvers<One>();
      making.push(one);
      return one.promise;
    },
    warm: ({ warm }) => warm.promise,
    drop: ({ id }, why) => dropped.push(`${id} ${why}`),
    room: () => room,
    quiet: () => quiet,
    ready: ({ id }) => readied.push(id),
  });
}

/** Lets the one being made come, and be ready. */
async function comes(of: Pool<One>): Promise<One> {
  const session = one();
  of.step();
  making.at(-1)?.resolve(session);
  await turn();
  session.warm.resolve(undefined);
  await turn();
  return session;
}

beforeEach(() => {
  now = 10_000_000;
  room = 100;
  quiet = true;
  making = [];
  made = [];
  dropped = [];
  readied = [];
});

test('it is filled one at a time: the next is begun when the one before is ready', async () => {
  const of = pool({ initial: 2, reserve: 1 });
  of.step();
  of.step();
  expect(making).toHaveLength(1);
  const first = one();
  making[0]?.resolve(first);
  await turn();
  of.step();
  expect(making).toHaveLength(1);
  expect(of.size).toBe(0);
  first.warm.resolve(undefined);
  await turn();
  expect(readied).toEqual(['s0']);
  await comes(of);
  of.step();
  expect(making).toHaveLength(2);
  expect(of.size).toBe(2);
});

test('a reader gets one that is ready, else one that soon is, else the one being made, else none', async () => {
  const of = pool({ reserve: 4 });
  const ready = await comes(of);
  const warming = one();
  of.add(warming);
  expect(of.take()).toBe(ready);
  expect(of.take()).toBe(warming);
  of.step();
  const taken = of.take();
  expect(of.take()).toBeUndefined();
  const last = one();
  making.at(-1)?.resolve(last);
  await expect(Promise.resolve(taken)).resolves.toBe(last);
  await turn();
  last.warm.resolve(undefined);
  await turn();
  expect(of.size).toBe(0);
  expect(dropped).toEqual([]);
});

test('what was taken is made up for, and claims raise how many are kept', async () => {
  const of = pool({ reserve: 1, max: 3 });
  await comes(of);
  for (let i = 0; i < 9; i++) void of.take();
  for (let i = 0; i < 9; i++) await comes(of);
  expect(of.size).toBe(3);
  expect(making).toHaveLength(4);
});

test('readers who need the machine go first, but not for ever', async () => {
  const of = pool({ reserve: 2 });
  quiet = false;
  of.step();
  now += 9_000;
  of.step();
  expect(making).toHaveLength(0);
  now += 1_000;
  await comes(of);
  expect(making).toHaveLength(1);
  now += 9_000;
  of.step();
  expect(making).toHaveLength(1);
  quiet = true;
  of.step();
  expect(making).toHaveLength(2);
});

test('readers’ sessions take its places: none is made for which there is none, and the oldest give way', async () => {
  const of = pool({ reserve: 8 });
  for (let i = 0; i < 3; i++) await comes(of);
  room = 2;
  of.step();
  expect(dropped).toEqual(['s0 surplus']);
  room = 0;
  of.step();
  expect(dropped).toEqual(['s0 surplus', 's1 surplus', 's2 surplus']);
  of.step();
  expect(making).toHaveLength(3);
});

test('the one being made has a place too', async () => {
  const of = pool({ reserve: 8 });
  await comes(of);
  of.step();
  room = 1;
  of.step();
  expect(dropped).toEqual(['s0 surplus']);
});

test('an old one is replaced before it goes; where there is no place for both, it goes first', async () => {
  const of = pool({ reserve: 1, max: 2 });
  await comes(of);
  now += KEEP_MS;
  await comes(of);
  expect(dropped).toEqual([]);
  of.step();
  expect(dropped).toEqual(['s0 old']);
  room = 1;
  now += KEEP_MS;
  of.step();
  expect(dropped).toEqual(['s0 old', 's1 old']);
  expect(making).toHaveLength(3);
});

test('one that is about to end by itself goes, replaced or not', async () => {
  const of = pool({ reserve: 1 });
  await comes(of);
  of.step();
  quiet = false;
  now += KEEP_MS * 1.5;
  of.step();
  expect(dropped).toEqual(['s0 old']);
  expect(of.take()).toBeUndefined();
});

test('one that does not come up is dropped, one that ended is forgotten', async () => {
  const of = pool({ reserve: 1 });
  const cold = one();
  of.add(cold);
  cold.warm.reject(new Error('no prompt'));
  await turn();
  expect(dropped).toEqual(['s0 cold']);
  const ended = await comes(of);
  of.remove(ended);
  expect(of.size).toBe(0);
  of.step();
  expect(making).toHaveLength(2);
});

test('after one that could not be made it waits, longer each time', async () => {
  const of = pool({ reserve: 1 });
  const tries: number[] = [];
  for (const begun = now; now < begun + 300_000; now += 1_000) {
    const before = making.length;
    of.step();
    if (making.length === before) continue;
    tries.push((now - begun) / 1_000);
    making.at(-1)?.reject(new Error('no image'));
    await turn();
  }
  expect(tries).toEqual([0, 5, 15, 35, 75, 135, 195, 255]);
});

test('with an idle time that is shorter than making them, none are kept', () => {
  const of = pool({ initial: 2, reserve: 2 }, 1_000);
  of.add(one());
  of.step();
  expect(making).toHaveLength(0);
  expect(dropped).toEqual(['s0 surplus']);
});

test('closing waits for the one being made, and leaves those there are', async () => {
  const of = pool({ reserve: 2 });
  await comes(of);
  of.step();
  const closed = of[Symbol.asyncDispose]();
  making.at(-1)?.resolve(one());
  await closed;
  of.step();
  expect(making).toHaveLength(2);
  expect(dropped).toEqual([]);
  expect(of.take()).toBeUndefined();
});
