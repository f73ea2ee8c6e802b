import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { EngineState } from '../protocol/messages.ts';
import { EngineFollower, type Watch } from './engine-follower.ts';
import { systemClock } from './system-clock.ts';

/** A watch that is told what to say, and tells whether it runs. */
function script() {
  const silent: (state: EngineState) => void = () => undefined;
  const watch = { running: 0, started: 0, say: silent };
  const run: Watch = (on, signal) => {
    watch.running++;
    watch.started++;
    watch.say = on;
    return new Promise((resolve) =>
      signal.addEventListener('abort', () => {
        watch.running--;
        resolve();
      }),
    );
  };
  return { watch, run };
}

const now = { ...systemClock, wait: () => turn(undefined) };

test('it watches until the engine is ready, and then only while somebody is connected', () => {
  const { watch, run } = script();
  using engine = new EngineFollower(run, now);
  expect([engine.state, watch.running]).toEqual(['starting', 1]);
  watch.say('ready');
  expect([engine.state, watch.running]).toEqual(['ready', 0]);
  engine.attend(true);
  expect(watch.running).toBe(1);
  watch.say('stopped');
  engine.attend(false);
  expect([engine.state, watch.running]).toEqual(['stopped', 1]);
  watch.say('ready');
  expect(watch.running).toBe(0);
  expect(watch.started).toBe(2);
});

test('an engine that is asleep is watched only while somebody is connected', () => {
  const { watch, run } = script();
  using engine = new EngineFollower(run, now);
  engine.attend(true);
  watch.say('asleep');
  expect([engine.state, watch.running]).toEqual(['asleep', 1]);
  engine.attend(false);
  expect(watch.running).toBe(0);
});

test('listeners hear of changes, not of repetitions, and can leave', () => {
  const { watch, run } = script();
  using engine = new EngineFollower(run, now);
  const heard: EngineState[] = [];
  const leave = engine.onState(() => heard.push(engine.state));
  watch.say('starting');
  watch.say('stopped');
  leave();
  watch.say('ready');
  expect(heard).toEqual(['stopped']);
});

test('a watch that breaks is started again', async () => {
  let started = 0;
  using engine = new EngineFollower((on) => {
    if (++started === 2) on('ready');
    return Promise.reject(new Error('broken'));
  }, now);
  await expect.poll(() => engine.state).toBe('ready');
  expect(started).toBe(2);
});

test('disposal ends the watch and the listening', () => {
  const { watch, run } = script();
  const engine = new EngineFollower(run, now);
  let heard = 0;
  engine.onState(() => heard++);
  engine[Symbol.dispose]();
  expect(watch.running).toBe(0);
  engine.attend(true);
  expect(watch.started).toBe(1);
  watch.say('ready');
  expect(heard).toBe(0);
});
