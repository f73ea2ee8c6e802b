/** Makes every attempt in an attacker's name and judges each by what the victim lost. */
import { bundle, outputs } from './bundle.ts';
import type { Probe, Scene } from './probe.ts';

/** Somebody to try things as: runs a script with certain rights and gives what it printed. */
export type Attacker = { name: string; run: (script: string) => Promise<string> };

export type Verdict = { probe: string; attacker: string; crossed: string | undefined; output: string };

/** Whether a probe means something on this machine. */
export const applies = ({ numbers }: Probe): boolean => numbers === undefined || process.arch === 'x64';

/** @returns a verdict for each probe that applies, in their order; what was changed is put right again */
export async function siege(all: readonly Probe[], scene: Scene, attacker: Attacker): Promise<Verdict[]> {
  const probes = all.filter(applies);
  const before = await states(probes, scene);
  const said = outputs(await attacker.run(bundle(probes, scene.targets)), probes);
  const after = await states(probes, scene);
  const verdicts = probes.map(({ name, evidence }, index) => {
    const output = said.get(name) ?? '';
    return {
      probe: name,
      attacker: attacker.name,
      output,
      crossed: evidence.judge(output, scene, before[index] ?? '', after[index] ?? ''),
    };
  });
  const crossed = probes.filter((_, index) => verdicts[index]?.crossed !== undefined);
  const undone = crossed.flatMap(({ name, undo }) => (undo === undefined ? [] : [{ name, attempt: undo }]));
  if (undone.length > 0) await attacker.run(bundle(undone, scene.targets));
  return verdicts;
}

const states = (probes: readonly Probe[], scene: Scene) =>
  Promise.all(probes.map(({ evidence }) => evidence.state?.(scene) ?? Promise.resolve('')));
