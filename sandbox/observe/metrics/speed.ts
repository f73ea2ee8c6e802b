/** Speed as a reader feels it. What delays the gateway itself is among the process's own metrics. */
import type { Registry } from 'prom-client';
import { Duration } from './instruments.ts';

const ECHO = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const ATTACH = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const VERDICT = [0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 1, 2.5, 5, 10];
const WAKE = [0.25, 0.5, 1, 1.5, 2, 2.5, 5, 10, 30];
const PREPARE = [1, 2.5, 5, 10, 30, 60, 120, 300, 600];

export function speed(registry: Registry) {
  const duration = (name: string, help: string, buckets: readonly number[]) =>
    new Duration(registry, { name, help }, buckets);
  return {
    echo: duration(
      'slipway_echo_seconds',
      "From a keystroke's arrival at the gateway to the next output of its terminal; one at a time of each socket.",
      ECHO,
    ),
    attaching: duration('slipway_attach_seconds', "From a socket's handshake to its shell being attached.", ATTACH),
    verdict: duration(
      'slipway_check_seconds',
      "From news of an engine, or a page's question, to its checks being judged.",
      VERDICT,
    ),
    waking: duration('slipway_engine_wake_seconds', 'From the first use of an engine asleep to its being ready.', WAKE),
    preparing: duration('slipway_prepare_seconds', 'Preparing a workspace, until it ended in whatever way.', PREPARE),
  };
}
