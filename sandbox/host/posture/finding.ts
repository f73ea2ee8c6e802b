/** One line of the posture report. */

/** yes: it holds, or is enforced · no: it does not · part: it holds with a limit · unknown: it could not be seen from here. */
export type Holds = 'yes' | 'no' | 'part' | 'unknown';

export type Finding = {
  what: string;
  holds: Holds;
  /** What was seen, and what it means for sessions. */
  found: string;
  /** The line that would mend it. */
  mend?: string;
};

/** Reads a file, or gives undefined: what cannot be read is not there for us. */
export type Read = (file: string) => Promise<string | undefined>;
