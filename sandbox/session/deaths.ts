/** Hears of sessions' containers that die, from Docker's events. */
import type Docker from 'dockerode';
import { z } from 'zod';
import type { Clock } from './clock.ts';
import { ours, SESSION } from './labels.ts';

const event = z.object({ Actor: z.object({ Attributes: z.record(z.string(), z.string()) }) });

export type DeathEvents = {
  /** A session's container ended; `exitCode` as Docker reports it. */
  died(id: string, exitCode: string | undefined): void;
  /** Events may have been missed before this moment: look for yourself. */
  connected(): void;
  /** The host does not answer; told once, and tried again every second. */
  lost(error: unknown): void;
};

const AGAIN_MS = 1_000;

/** Listens until the signal aborts, connecting again whenever the host's stream ends. */
export async function watchDeaths(
  docker: Docker,
  instance: string,
  on: DeathEvents,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  const over = () => signal.aborted;
  let told = false;
  while (!over()) {
    try {
      const stream = await docker.getEvents({
        filters: { ...ours(instance, 'session'), type: ['container'], event: ['die'] },
        abortSignal: signal,
      });
      told = false;
      on.connected();
      await readLines(stream, (line) => {
        const { Attributes } = event.parse(JSON.parse(line)).Actor;
        if (Attributes[SESSION]) on.died(Attributes[SESSION], Attributes['exitCode']);
      });
    } catch (error) {
      if (!over() && !told) on.lost(error);
      told = true;
    }
    await clock.wait(AGAIN_MS, signal).catch(() => undefined);
  }
}

async function readLines(stream: NodeJS.ReadableStream, take: (line: string) => void): Promise<void> {
  let rest = '';
  for await (const piece of stream) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((text) => text !== '')) take(line);
  }
}
