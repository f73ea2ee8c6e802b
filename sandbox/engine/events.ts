/** The engine's stream of events, as far as it concerns images and containers. */
import { z } from 'zod';
import type { EngineApi } from './api.ts';
import { parseJson } from './json.ts';
import { linesOf } from './lines.ts';
import { textsByName } from './list-of.ts';

export type EngineEvent = {
  kind: 'image' | 'container';
  action: string;
  /** Of the image or container. */
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** A container's image, as it was named. */
  image?: string;
  exitCode?: number;
};

const LINE_MOST = 64 * 1024;
const ACTIONS = {
  image: ['tag', 'untag', 'delete', 'load', 'pull', 'import', 'build'],
  container: ['create', 'start', 'die', 'destroy'],
};

const line = z.object({
  Type: z.enum(['image', 'container']),
  Action: z.string().max(40),
  Actor: z.object({ ID: z.string().max(300), Attributes: textsByName.nullish() }),
  timeNano: z.number().nonnegative(),
});

/**
 * Gives events as they happen, until the signal aborts or the engine ends.
 * @param begun called once the engine listens: what happens later is not missed
 * @throws what a connection throws, and an AbortError
 */
export async function* engineEvents(
  api: EngineApi,
  begun: () => void,
  signal: AbortSignal,
): AsyncGenerator<EngineEvent> {
  const filters = JSON.stringify({
    type: Object.keys(ACTIONS),
    event: Object.values(ACTIONS).flat(),
  });
  const answer = await api.open(`/events?filters=${encodeURIComponent(filters)}`, signal);
  if (!answer) return;
  begun();
  for await (const text of linesOf(answer as AsyncIterable<Buffer>, LINE_MOST)) {
    const event = read(text);
    if (event) yield event;
  }
}

function read(text: string): EngineEvent | undefined {
  const parsed = line.safeParse(parseJson(text));
  if (!parsed.success) return undefined;
  const { Type, Action, Actor, timeNano } = parsed.data;
  const exit = Number(Actor.Attributes?.['exitCode']);
  return {
    kind: Type,
    action: Action,
    id: Actor.ID,
    at: Math.round(timeNano / 1e6),
    ...(Actor.Attributes?.['image'] === undefined ? {} : { image: Actor.Attributes['image'].slice(0, 300) }),
    ...(Number.isInteger(exit) ? { exitCode: exit } : {}),
  };
}
