/** What a probe is: one thing a reader may try, and how one knows whether it worked. */
import type { Secret, Secrets } from './secrets.ts';

/** A victim among its surroundings, and what probes may look at to see whether it was harmed. */
export type Scene = {
  readonly secrets: Secrets;
  /** Where to try, as variables of the attempts. */
  readonly targets: Readonly<Record<string, string>>;
  /** What the host's engine calls itself. */
  readonly engineId: string;
  /** Runs a script in the victim, in the attacker's own container (as the container's user), or as root in the engine's own namespaces. */
  victim(script: string): Promise<string>;
  attackersOwn(script: string): Promise<string>;
  engine(script: string): Promise<string>;
  /** What is in the folder that the gateway shares with the attacker. */
  ownLink(): string;
  hostProcessAlive(): boolean;
};

/** Decides whether a wall was crossed. @returns the evidence of it; undefined when the wall held */
export type Judge = {
  /** Something of the victim's, the host's or the gateway's that no attempt may change; looked at before and after. */
  state?: (scene: Scene) => Promise<string>;
  judge: (output: string, scene: Scene, before: string, after: string) => string | undefined;
};

/** Privileged containers that try the same: beside the victim on its network, in the victim's namespaces, in the host's namespaces and root folder. */
export type Control = 'beside' | 'joined' | 'host';

export type Probe = {
  name: string;
  /** A bash script, with the functions of tools.ts and the variables of the scene's targets. */
  attempt: string;
  evidence: Judge;
  /**
   * Which control has to cross, so that a probe which cannot see a crossing is found out. Where none can for certain, why.
   */
  control: Control | { none: string };
  /** Its system calls are called by their numbers on x86-64: elsewhere it is not tried. */
  numbers?: true;
  /** Puts right what the attempt changed; a bash script the attacker runs after it was judged. */
  undo?: string;
};

/** The output holds the victim's secret. */
export const learns = (kind: Secret): Judge => ({
  judge: (output, scene) => (output.includes(scene.secrets[kind]) ? `read ${kind}` : undefined),
});

/** The attempt says by itself that it got through; for walls with nobody behind them. */
export const says = (pattern: RegExp): Judge => ({
  judge: (output) => pattern.exec(output)?.[0],
});

/** Something that belongs to others is no longer what it was. */
export const changes = (what: string, state: (scene: Scene) => Promise<string>): Judge => ({
  state,
  judge: (_output, _scene, before, after) => (before === after ? undefined : `${what}: ${before} → ${after}`),
});
