import { expect, test } from 'vitest';
import { Asks } from './asks.ts';
import type { Ask, Evidence } from './evidence.ts';

const watch: Ask = { type: 'watch', checks: [] };
const layers = (ask: number): Ask => ({ type: 'layers', ask, image: 'goapp:multistage' });
const prepare = (ask: number): Ask => ({ type: 'prepare', ask, files: [], steps: [], overwrite: false });

function make() {
  const sent: Ask[] = [];
  const told: Evidence[] = [];
  const asks = new Asks((evidence) => told.push(evidence));
  return { asks, sent, told, live: () => asks.live((ask) => sent.push(ask)) };
}

test('what is asked early waits, and the newest watch goes first', () => {
  const { asks, sent, live } = make();
  asks.add(watch);
  asks.add(layers(1));
  asks.add({ ...watch });
  live();
  expect(sent).toEqual([watch, layers(1)]);
  asks.add(layers(2));
  expect(sent.at(-1)).toEqual(layers(2));
});

test('every attach watches again, and asks what has had no answer', () => {
  const { asks, sent, told, live } = make();
  asks.add(watch);
  live();
  asks.add(layers(1));
  asks.add(layers(2));
  asks.heard({ type: 'layers', ask: 1, image: 'goapp:multistage' });
  asks.away();
  live();
  expect(sent.slice(3)).toEqual([watch, layers(2)]);
  expect(told).toHaveLength(1);
});

test('a prepare under way when the connection breaks is not begun again; one that waits is kept', () => {
  const { asks, sent, told, live } = make();
  asks.add(prepare(1));
  asks.away();
  live();
  expect(sent).toEqual([prepare(1)]);
  asks.heard({ type: 'prepared', ask: 1, state: 'working', step: 1, of: 2 });
  asks.away();
  expect(told.at(-1)).toMatchObject({
    type: 'prepared',
    ask: 1,
    state: 'failed',
    says: expect.stringContaining('lost') as string,
  });
  live();
  expect(sent).toHaveLength(1);
});

test('when there is no sandbox any more each question is answered with why; the watch stays', () => {
  const { asks, sent, told, live } = make();
  asks.add(watch);
  asks.add(layers(1));
  asks.add(prepare(2));
  asks.end('It has ended.');
  expect(told).toEqual([
    { type: 'layers', ask: 1, image: 'goapp:multistage', why: 'It has ended.' },
    { type: 'prepared', ask: 2, state: 'failed', says: 'It has ended.' },
  ]);
  live();
  expect(sent).toEqual([watch]);
});

test('watches again when told to, and only when there is somebody', () => {
  const { asks, sent, live } = make();
  asks.add(watch);
  asks.watchAgain();
  expect(sent).toEqual([]);
  live();
  asks.watchAgain();
  expect(sent).toEqual([watch, watch]);
});
