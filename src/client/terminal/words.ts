/** A connection's state in words a person understands. */
import type { EngineState } from '../../../sandbox/protocol/messages.ts';
import { problems, sessionEnds } from '../../../sandbox/protocol/problems.ts';
import type { ProblemBody, ProblemCode } from '../../../sandbox/protocol/problems.ts';
import { inLine, ordinal, PATIENCE } from '../connection/recorded.ts';
import type { State, Why } from '../connection/state.ts';

/** What a panel's or notice's one button does. */
export type Action = 'connect' | 'start' | 'reload';

export type Panel = {
  title: string;
  /** What is kept, what to do next, and what is particular to this case. */
  lines: string[];
  button?: { label: string; action: Action };
  /** Nothing is wrong: it only takes a moment. */
  quiet?: true;
};

export type Words = {
  /** Changes only when something new is to be said: it is read out. */
  status: string;
  /** Stands after the status and is not read out. */
  after: string;
  /** Whether "Now" is offered. */
  now: boolean;
  /** Whether there is a sandbox that could be exchanged for a new one. */
  hasSandbox: boolean;
  /** Lies over the screen. */
  panel?: Panel;
  /** Stands above the screen, which stays readable. */
  notice?: string;
};

/**
 * @param now milliseconds since the epoch
 * @returns everything the reader is told of `state` at that time
 */
export function wordsFor(state: State, now: number): Words {
  switch (state.name) {
    case 'idle':
      return { status: 'Not connected', after: '', now: false, hasSandbox: false };
    case 'connecting':
      return state.seen ? { status: 'Reconnecting', after: '…', now: false, hasSandbox: true } : making(state.failed);
    case 'live':
      return { status: 'Live', after: '', now: false, hasSandbox: true };
    case 'reconnecting':
      return state.seen ? back(state, now) : first(state, now);
    case 'recorded':
      return recorded(state);
    case 'ended':
      return {
        status: 'Ended',
        after: '',
        now: false,
        hasSandbox: false,
        panel: ended(state.problem),
      };
  }
}

/** The engine's state, as a second indicator, and more of it where there is room; nothing to say while it is unknown. */
export function engineWords(state: EngineState | undefined): { text: string; more?: string } {
  switch (state) {
    case undefined:
      return { text: '' };
    case 'starting':
      return { text: 'Docker starting…' };
    case 'ready':
      return { text: 'Docker ready' };
    case 'asleep':
      return { text: 'Docker asleep', more: ', wakes with your next command' };
    case 'stopped':
      return { text: 'Docker stopped', more: ', starts again by itself' };
  }
}

/** Above a fresh sandbox: what became of the one before. @param why as far as it is known */
export function earlier(why: ProblemCode = 'session-ended'): string {
  const title = problems[why].title.replace(/\b([tT])his sandbox\b/, (_all, t: string) =>
    t === 'T' ? 'Your earlier sandbox' : 'your earlier sandbox',
  );
  return `${title} This is a new one, with the files as they were at the beginning.`;
}

/** A problem while everything else goes on, in one line. */
export function told(problem: ProblemBody): string {
  return [problem.title, sentence(problem.detail), problem.kept, problem.next].filter(Boolean).join(' ');
}

type Reconnecting = Extract<State, { name: 'reconnecting' }>;

/** The reader had a shell: the screen stays, and it is said what goes on without them. */
function back(state: Reconnecting, now: number): Words {
  const seconds = Math.ceil((state.at - now) / 1_000);
  return {
    status: 'Reconnecting',
    after: seconds > 1 ? ` in ${seconds} s` : '…',
    now: seconds > 1,
    hasSandbox: true,
    ...notice(state.why, state.attempt),
  };
}

/** No sandbox is to be had: recordings stand in. Why, and what to do, in the place of the first. */
function recorded({ why, looking }: Extract<State, { name: 'recorded' }>): Words {
  const place = inLine(why);
  if (place !== undefined)
    return {
      status: `In line: ${ordinal(place)}`,
      after: looking ? ', asking…' : '',
      now: false,
      hasSandbox: false,
      panel: {
        title: `You are ${ordinal(place)} in line for a sandbox.`,
        lines: [
          'Every sandbox is taken at the moment. This page asks again by itself; keep it open to keep your place.',
          'Meanwhile the lessons can be read, and Run plays a recording of each command.',
        ],
        button: { label: 'Ask again now', action: 'connect' },
      },
    };
  return {
    status: 'Recordings',
    after: looking ? ', looking…' : '',
    now: false,
    hasSandbox: false,
    panel: {
      title: 'No sandbox here now: Run plays a recording.',
      lines: ['Each command was run and recorded when the lessons were tested.', whyRecorded(why)],
      button: { label: 'Try again', action: 'connect' },
    },
  };
}

/** Why there is no sandbox, in one line. */
export function whyRecorded(why: Why): string {
  switch (why.kind) {
    case 'problem':
      return [why.problem.title, sentence(why.problem.detail), why.problem.next].filter(Boolean).join(' ');
    case 'none':
      return 'This site is pages only. To run the commands yourself, start Slipway on a machine of yours.';
    default:
      return 'The sandbox does not answer. It is asked again by itself.';
  }
}

function notice(why: Why, attempt: number): { notice?: string } {
  if (why.kind === 'problem') return { notice: `${why.problem.title} ${why.problem.kept} ${why.problem.next}` };
  if (attempt < PATIENCE) return {};
  return { notice: 'The connection was lost. Your shell, files and running builds go on; it reconnects by itself.' };
}

/** The reader never had a shell: why, in the terminal's place. */
function first(state: Reconnecting, now: number): Words {
  const panel = panelInPlace(state);
  if (panel === undefined) return making();
  const seconds = Math.max(1, Math.ceil((state.at - now) / 1_000));
  return { status: 'Not connected', after: `, looks again in ${seconds} s`, now: false, hasSandbox: false, panel };
}

/** A try under way: what was said about the one before stands until there is better news. */
function making(failed?: { why: Why; attempt: number }): Words {
  const panel = failed && panelInPlace(failed);
  if (panel) return { status: 'Not connected', after: ', looking…', now: false, hasSandbox: false, panel };
  return {
    status: 'Connecting…',
    after: '',
    now: false,
    hasSandbox: false,
    panel: { title: 'Your sandbox is being made ready…', lines: [], quiet: true },
  };
}

function panelInPlace({ why, attempt }: { why: Why; attempt: number }): Panel | undefined {
  if (why.kind !== 'problem' && attempt < PATIENCE) return undefined;
  const words = why.kind === 'problem' ? panelOf(why.problem) : unreachable;
  return { ...words, button: { label: 'Look again now', action: 'connect' } };
}

const unreachable: Panel = {
  title: 'The sandbox does not answer.',
  lines: ['What is on this page can be read.', 'Check your network. It tries again by itself.'],
};

function panelOf(problem: ProblemBody): Panel {
  return { title: problem.title, lines: [problem.detail ?? '', problem.kept, problem.next].filter(Boolean) };
}

function ended(problem: ProblemBody): Panel {
  const button = wayOut(problem);
  const { title, lines } = panelOf(problem);
  return { title, lines: lines.filter((line) => line !== `${button.label}.`), button };
}

function wayOut(problem: ProblemBody): { label: string; action: Action } {
  if (sessionEnds.has(problem.code)) return { label: 'Start a new sandbox', action: 'start' };
  if (problem.code === 'frame-too-large') return { label: 'Connect again', action: 'connect' };
  return { label: 'Reload the page', action: 'reload' };
}

/** Other sentences come behind it. */
function sentence(text: string | undefined): string | undefined {
  return text === undefined || /[.!?]$/.test(text) ? text : `${text}.`;
}
