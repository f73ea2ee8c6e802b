/** Readers: their sessions, their shells, what goes over their sockets. */
import type { Registry } from 'prom-client';
import { problemCodes, type ProblemCode } from '../../protocol/problems.ts';
import type { Readings } from '../readings.ts';
import { Cases, Duration, gauge, gauges, Tally } from './instruments.ts';

/** `found`: the reader had a session already. `warm`: it was kept ready. `made`: it was made for this claim. */
export const claimResults = ['found', 'warm', 'made', 'refused'] as const;
export type ClaimResult = (typeof claimResults)[number];

/** Why a socket closed: the problem it was told, or whose doing it was. */
export const socketEnds = ['left', 'lost', 'protocol', ...problemCodes] as const;
export type SocketEnd = 'left' | 'lost' | 'protocol' | ProblemCode;

/** `old`: about to end by itself. `surplus`: more than are wanted. `cold`: never became ready. `lost`: could not be given. */
export const unusedReasons = ['old', 'surplus', 'cold', 'lost', ...problemCodes] as const;
export type UnusedReason = 'old' | 'surplus' | 'cold' | 'lost' | ProblemCode;

const CLAIM = [0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.4, 0.6, 1, 2.5, 5, 10, 30, 60];
const MAKING = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 30, 60];
const WAIT = [1, 5, 15, 30, 60, 120, 300, 600, 1_800, 3_600];

export function readers(registry: Registry, now: () => Readings) {
  gauges(
    registry,
    { name: 'slipway_sessions', help: "Sessions by state: kept ready, a reader's, being made, being removed." },
    'state',
    () => now().census.sessions,
  );
  gauge(registry, { name: 'slipway_sessions_limit', help: 'Sessions there may be at once.' }, () => now().most);
  gauge(
    registry,
    { name: 'slipway_queue_readers', help: 'Readers waiting for a session.' },
    () => now().census.waiting,
  );
  gauge(registry, { name: 'slipway_sockets', help: 'Open terminal sockets.' }, () => now().sockets);
  const tally = (name: string, help: string) => new Tally(registry, { name, help });
  return {
    claims: new Cases(
      registry,
      { name: 'slipway_claims_total', help: 'Requests for a session, by how they were answered.' },
      'result',
      claimResults,
    ),
    claiming: new Duration(
      registry,
      { name: 'slipway_claim_seconds', help: 'From a request for a session to its answer, where the reader had none.' },
      CLAIM,
    ),
    making: new Duration(
      registry,
      { name: 'slipway_session_making_seconds', help: 'Making and starting a session on the host.' },
      MAKING,
    ),
    warming: new Duration(
      registry,
      {
        name: 'slipway_session_warming_seconds',
        help: 'From beginning to make a session to its being ready for whoever comes.',
      },
      MAKING,
    ),
    unused: new Cases(
      registry,
      {
        name: 'slipway_sessions_unused_total',
        help: 'Sessions that were made ready and went without a reader, by why.',
      },
      'reason',
      unusedReasons,
    ),
    makingFailures: tally('slipway_session_making_failures_total', 'Sessions that could not be made.'),
    waited: new Duration(
      registry,
      { name: 'slipway_queue_wait_seconds', help: 'Time in the queue of readers who were then served.' },
      WAIT,
    ),
    ended: new Cases(
      registry,
      { name: 'slipway_sessions_ended_total', help: 'Sessions that ended, by what their readers were told.' },
      'reason',
      problemCodes,
    ),
    orphans: tally('slipway_orphans_removed_total', 'Left-behind sessions that were removed from the host.'),
    extensions: tally('slipway_session_extensions_total', 'Times a reader put the end of their session off.'),
    attached: new Cases(
      registry,
      {
        name: 'slipway_shells_attached_total',
        help: 'Attachments to a shell: anew, or resumed where one was cut off.',
      },
      'how',
      ['new', 'resumed'],
    ),
    sockets: new Cases(
      registry,
      { name: 'slipway_sockets_closed_total', help: 'Terminal sockets that closed, by why.' },
      'reason',
      socketEnds,
    ),
    printed: tally('slipway_terminal_output_bytes_total', "Bytes of terminals' output sent to readers."),
    typed: tally('slipway_terminal_input_bytes_total', 'Bytes that readers typed.'),
  };
}
