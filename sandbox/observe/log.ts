/** The log: one JSON object a line on standard output. Rooms do not write lines of their own; they call events.ts. */
import { pino, type DestinationStream, type Logger, type LevelWithSilent } from 'pino';

export type { Logger };

/**
 * Makes the process's logger.
 * @param level lines below it are dropped
 * @param to where lines go; left out, standard output, written at once so that a crash loses none
 */
export function createLogger(level: LevelWithSilent, to?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return to ? pino(options, to) : pino(options);
}
