/** Time, passed in: tests turn their own. */

export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls `work` every `ms` milliseconds until disposed; never keeps the process alive by itself. */
  every(ms: number, work: () => void): Disposable;
  /** Resolves after `ms` milliseconds; rejects when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
};
