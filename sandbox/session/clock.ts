/** Time, passed in: tests turn their own. */

export type Clock = {
  /** Milliseconds that only go forward, whatever is done to the machine's clock: for how long something lasts. Counted from 1970 once, when the process starts. */
  now(): number;
  /** Milliseconds since 1970 as the machine's clock has it now: for dates that are written down. It may jump. */
  wall(): number;
  /** Calls `work` every `ms` milliseconds until disposed; never keeps the process alive by itself. */
  every(ms: number, work: () => void): Disposable;
  /** Resolves after `ms` milliseconds; rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
};
