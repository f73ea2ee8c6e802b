/** The host and what sessions take of it. */
import type { Registry } from 'prom-client';
import type { Readings, Use } from '../readings.ts';
import { Cases, gauge, gauges, Tally } from './instruments.ts';

export const preparedStates = ['edited', 'done', 'failed'] as const;
export const verdicts = ['met', 'unmet', 'unknown'] as const;

export function host(registry: Registry, now: () => Readings) {
  const tally = (name: string, help: string) => new Tally(registry, { name, help });
  const use = (name: string, what: string, of: (readings: Readings) => Use) => {
    gauge(registry, { name: `slipway_${name}_bytes`, help: `${what}, of all sessions.` }, () => of(now()).sum);
    gauge(
      registry,
      { name: `slipway_${name}_max_bytes`, help: `${what}, of the session with the most.` },
      () => of(now()).most,
    );
  };
  gauge(
    registry,
    { name: 'slipway_host_up', help: 'Whether the Docker host answers and has what sessions are made from.' },
    () => Number(now().host),
  );
  gauges(
    registry,
    { name: 'slipway_engines', help: "Readers' engines by state." },
    'state',
    () => now().census.engines,
  );
  use('session_disk', 'Disk used', ({ census }) => census.disk);
  use('session_memory', 'Memory used', ({ census }) => census.memory);
  use(
    'session_network',
    'Bytes sent and received through the proxy by sessions there are',
    ({ census }) => census.network,
  );
  return {
    hostLosses: tally('slipway_host_losses_total', 'Times the Docker host did not do as it was asked.'),
    engineDeaths: tally('slipway_engine_deaths_total', "Readers' engines that died; they are started again."),
    engineWakes: tally('slipway_engine_wakes_total', 'Engines that were started again by their next use.'),
    egressDenials: tally('slipway_egress_denials_total', 'Requests to the outside that the egress proxy refused.'),
    egressBytes: new Cases(
      registry,
      { name: 'slipway_egress_bytes_total', help: 'Bytes of requests through the egress proxy that are over.' },
      'direction',
      ['sent', 'received'],
    ),
    egressClosings: tally('slipway_egress_closed_total', 'Sessions that had sent and received all they may.'),
    egressLosses: tally('slipway_egress_losses_total', 'Times the egress proxy was not as it should be.'),
    prepared: new Cases(
      registry,
      { name: 'slipway_prepares_total', help: 'Preparations of a workspace that ended, by how.' },
      'state',
      preparedStates,
    ),
    judged: new Cases(
      registry,
      { name: 'slipway_checks_judged_total', help: 'Checks that were judged, by verdict.' },
      'verdict',
      verdicts,
    ),
  };
}
