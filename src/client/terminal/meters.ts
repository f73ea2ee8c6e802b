/** What the sandbox has used of what it may, in figures and bars, and when a reader should look up. */
import type { Usage } from '../../../sandbox/protocol/usage.ts';
import { problems } from '../../../sandbox/protocol/problems.ts';
import { sizeText } from '../../course/quantities.ts';

/** Shares from which a meter is worth a look, and from which it is about to bite. */
const HIGH = 0.8;
const FULL = 0.95;
/** Below it, the next time is news again. */
const CALM = 0.7;
const SOON_MS = 10 * 60_000;
const LAST_MS = 2 * 60_000;

export type Level = 'calm' | 'high' | 'full' | 'spent';

const levels = ['calm', 'high', 'full', 'spent'] as const;

export type Meter = {
  name: 'Disk' | 'Memory' | 'Network';
  /** "412 MB of 6.44 GB"; without a bound "412 MB". */
  text: string;
  /** Used of what may be, from 0 to 1; left out where nothing bounds it: then there is no bar. */
  share?: number;
  level: Level;
};

/** What can be done about a meter that fills up, and what holds when it is full. */
const ways: Record<Meter['name'], { before: string; spent: string }> = {
  Disk: { before: 'Free some with "docker system prune".', spent: 'Free some with "docker system prune".' },
  Memory: { before: 'Stop what you do not need.', spent: 'Stop what you do not need.' },
  Network: {
    before: 'When it is used up, downloads stop; everything else goes on.',
    spent: `${problems['network-quota'].kept} ${problems['network-quota'].next}`,
  },
};

/** @returns a meter for each part that is measured, in the order of display */
export function metersFor({ disk, memory, network }: Usage): Meter[] {
  return [meter('Disk', disk), meter('Memory', memory), meter('Network', network)].filter((one) => one !== undefined);
}

function meter(name: Meter['name'], part: Usage['disk']): Meter | undefined {
  if (part === undefined) return undefined;
  const used = sizeText(part.used);
  if (!part.of) return { name, text: used, level: 'calm' };
  const share = Math.min(1, part.used / part.of);
  return { name, text: `${used} of ${sizeText(part.of)}`, share, level: levelOf(share) };
}

function levelOf(share: number): Level {
  if (share >= 1) return 'spent';
  if (share >= FULL) return 'full';
  return share >= HIGH ? 'high' : 'calm';
}

/** @param ms until the session's time is over */
export function timeLevel(ms: number): Level {
  if (ms <= LAST_MS) return 'full';
  return ms <= SOON_MS ? 'high' : 'calm';
}

/** "7 h 42 min left". @param ms until the session's time is over */
export function timeText(ms: number): string {
  if (ms < 60_000) return 'under 1 min left';
  const minutes = Math.floor(ms / 60_000);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min left` : `${minutes} min left`;
}

/** What stands beside the gauge, in a word: the meter that is nearest to its end, once one is worth a look. */
export function attention(meters: readonly Meter[], leftMs: number): { text: string; level: Level } | undefined {
  const fullest = meters.toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0))[0];
  const time = { text: timeText(leftMs), level: timeLevel(leftMs) };
  const level = fullest?.level ?? 'calm';
  if (time.level === 'full' || (time.level === 'high' && rank(level) <= rank('high'))) return time;
  if (fullest === undefined || level === 'calm') return undefined;
  return { text: `${fullest.name} ${percent(fullest)}`, level: fullest.level };
}

/** "83 %". */
export function percent({ share = 0 }: Pick<Meter, 'share'>): string {
  return `${Math.floor(share * 100)} %`;
}

/** Tells when a meter has come to another level that is worth a word: each level of each once, until it has been calm again. */
export class Crossings {
  readonly #told = new Map<Meter['name'], Level>();

  /** @returns what is to be said now, in sentences; empty when there is nothing new */
  of(meters: readonly Meter[]): string {
    return meters.flatMap((one) => this.#word(one)).join(' ');
  }

  #word(one: Meter): string[] {
    const before = this.#told.get(one.name) ?? 'calm';
    const worse = rank(one.level) > rank(before);
    // A figure that hovers around a bound is no news each time.
    if (worse || (one.share ?? 0) < CALM) this.#told.set(one.name, one.level);
    if (!worse) return [];
    const { before: way, spent } = ways[one.name];
    if (one.level === 'spent') return [`${one.name}: all of it is used (${one.text}). ${spent}`];
    return [`${one.name}: ${percent(one)} used (${one.text}). ${way}`];
  }
}

function rank(level: Level): number {
  return levels.indexOf(level);
}
