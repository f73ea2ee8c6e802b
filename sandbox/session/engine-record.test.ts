import { expect, it } from 'vitest';
import type { EngineState } from '../protocol/messages.ts';
import { recordEngine } from './engine-record.ts';

it('tells of deaths and of how long waking takes, and of nothing else', () => {
  let now = 0;
  const told: unknown[] = [];
  let listener = () => undefined as unknown;
  const engine = {
    state: 'starting' as EngineState,
    onState: (on: () => void) => {
      listener = on;
      return () => undefined;
    },
  };
  recordEngine(
    { id: 's', engine },
    { engineDied: (of) => told.push(['died', of]), engineWoke: (of) => told.push(['woke', of]) },
    () => now,
  );
  const become = (state: EngineState, ms: number) => {
    now += ms;
    engine.state = state;
    listener();
  };
  become('ready', 300);
  become('asleep', 5_000);
  expect(told).toEqual([]);
  become('starting', 9_000);
  become('ready', 700);
  become('stopped', 10);
  become('starting', 10);
  become('ready', 10);
  become('asleep', 10);
  become('starting', 10);
  become('asleep', 10);
  expect(told).toEqual([
    ['woke', { session: 's', ms: 700 }],
    ['died', { session: 's' }],
  ]);
});
