/** What long work tells whoever waits for it. */

/** Says what a step is doing just now and how far it is; the newest line replaces the one before. */
export type Say = (detail: string) => void;

export interface Steps {
  /** Runs a named step: shown while it runs, with its seconds when it is done, marked when it fails. */
  step<T>(title: string, work: (say: Say) => Promise<T>): Promise<T>;
  /** One line that stays. */
  note(line: string): void;
}
