/** What a session's engine goes through, told as events: its deaths, and how long it takes to wake. */
import type { Events } from '../observe/events.ts';
import type { EngineState } from '../protocol/messages.ts';

type Recorded = {
  readonly id: string;
  readonly engine: { readonly state: EngineState; onState(listener: () => void): () => void };
};

/**
 * Follows the engine for as long as its session does.
 * @param now milliseconds of a clock
 */
export function recordEngine(
  { id, engine }: Recorded,
  log: Pick<Events, 'engineDied' | 'engineWoke'>,
  now: () => number,
): void {
  let before = engine.state;
  let asleepUntil: number | undefined;
  engine.onState(() => {
    const { state } = engine;
    if (state === 'stopped') log.engineDied({ session: id });
    if (before === 'asleep') asleepUntil = now();
    if (state === 'ready' && asleepUntil !== undefined) log.engineWoke({ session: id, ms: now() - asleepUntil });
    if (state !== 'starting') asleepUntil = undefined;
    before = state;
  });
}
