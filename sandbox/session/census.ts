/** How many sessions there are of each kind, and what they use: for whoever watches the machine. */
import type { EngineState } from '../protocol/messages.ts';
import type { Usage } from '../protocol/usage.ts';
import type { Census, Use } from '../observe/readings.ts';

export type Counted = {
  readonly engine: { readonly state: EngineState };
  readonly usage: { readonly now: Usage };
};

/** Sessions that are made or ended are counted and not looked into; `waiting` are readers. */
export function censusOf(
  claimed: readonly Counted[],
  warm: readonly Counted[],
  { waiting, ...others }: { readonly making: number; readonly ending: number; readonly waiting: number },
): Census {
  const engines = { starting: 0, ready: 0, asleep: 0, stopped: 0 };
  const all = [...claimed, ...warm];
  for (const { engine } of all) engines[engine.state]++;
  const used = all.map(({ usage }) => usage.now);
  return {
    sessions: { warm: warm.length, claimed: claimed.length, ...others },
    waiting,
    engines,
    disk: useOf(used, 'disk'),
    memory: useOf(used, 'memory'),
    network: useOf(used, 'network'),
  };
}

function useOf(all: readonly Usage[], part: 'disk' | 'memory' | 'network'): Use {
  let sum = 0;
  let most = 0;
  for (const one of all) {
    const used = one[part]?.used ?? 0;
    sum += used;
    if (used > most) most = used;
  }
  return { sum, most };
}
