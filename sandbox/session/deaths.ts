/** Hears of sessions' containers that die, from Docker's events, and of what killed them. */
import type Docker from 'dockerode';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { ours, SESSION } from './labels.ts';

const event = z.object({
  Action: z.string(),
  Actor: z.object({ Attributes: z.record(z.string(), z.string()) }),
});

/** `exitCode` as Docker reports it. `outOfMemory`: the kernel killed for want of memory in it; told only where control groups bound memory. */
export type Death = { readonly exitCode: string | undefined; readonly outOfMemory: boolean };

export type DeathEvents = {
  /** A session's container ended. */
  died(id: string, death: Death): void;
  /** Events may have been missed before this moment: look for yourself. */
  connected(): void;
  /** The host does not answer; told once, and tried again every second. */
  lost(error: unknown): void;
};

const AGAIN_MS = 1_000;
/** The exit code of what was killed, and the milliseconds within which the engine says why: the two events come in no certain order. */
const KILLED = '137';
const WHY_WITHIN_MS = 250;
/** A kill that is longer ago has not ended the session now. */
const KILL_MS = 5_000;
/** Asked for again from so long before the stream broke: a death that is heard twice is one. */
const OVERLAP_MS = 5_000;

/**
 * Listens until the signal aborts, connecting again whenever the host's stream ends. What happened meanwhile is heard before `connected`, as
 * far as the engine remembers it: one that was restarted does not.
 */
export async function watchDeaths(
  docker: Docker,
  instance: string,
  on: DeathEvents,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const filters = { ...ours(instance, 'session'), type: ['container' as const], event: ['die', 'oom'] };
  const kills = new Map<string, number>();
  /** Deaths whose cause may still be told. */
  const open = new Set<Promise<void>>();
  const tell = async (id: string, exitCode: string | undefined) => {
    const killed = exitCode === KILLED;
    if (killed && !kills.has(id)) await clock.wait(WHY_WITHIN_MS, signal).catch(() => undefined);
    const at = kills.get(id);
    kills.delete(id);
    // Something else in the session may have been killed long before its holder was.
    on.died(id, { exitCode, outOfMemory: killed && at !== undefined && clock.now() - at < KILL_MS });
  };
  const take = (line: string) => {
    const { Action, Actor } = event.parse(JSON.parse(line));
    const id = Actor.Attributes[SESSION];
    if (!id) return;
    if (Action === 'oom') kills.set(id, clock.now());
    if (Action !== 'die') return;
    const told: Promise<void> = tell(id, Actor.Attributes['exitCode']).finally(() => open.delete(told));
    open.add(told);
  };
  const over = () => signal.aborted;
  let told = false;
  let heard: number | undefined;
  while (!over()) {
    try {
      const now = clock.wall();
      if (heard !== undefined) {
        const missed = { since: seconds(heard - OVERLAP_MS), until: seconds(now) };
        await readLines(await docker.getEvents({ filters, ...missed, abortSignal: signal }), take);
        await Promise.all(open);
      }
      const since = heard === undefined ? {} : { since: seconds(now - OVERLAP_MS) };
      const stream = await docker.getEvents({ filters, ...since, abortSignal: signal });
      told = false;
      heard = clock.wall();
      on.connected();
      await readLines(stream, take).finally(() => (heard = clock.wall()));
    } catch (error) {
      if (!over() && !told) on.lost(error);
      told = true;
    }
    await clock.wait(AGAIN_MS, signal).catch(() => undefined);
  }
}

const seconds = (ms: number) => ms / 1_000;

async function readLines(stream: NodeJS.ReadableStream, take: (line: string) => void): Promise<void> {
  let rest = '';
  for await (const piece of stream) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((text) => text !== '')) take(line);
  }
}
