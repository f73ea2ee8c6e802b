/** All metrics of a gateway. Only events.ts counts, and only what is so now is read from elsewhere: rooms know no metric. */
import { collectDefaultMetrics, Registry } from 'prom-client';
import { edge } from './metrics/edge.ts';
import { host } from './metrics/host.ts';
import { readers } from './metrics/readers.ts';
import { speed } from './metrics/speed.ts';
import { nobody, type Readings } from './readings.ts';

export type Metrics = ReturnType<typeof createMetrics>;

/** Milliseconds between two looks at how late the event loop is. */
const LOOP_EVERY_MS = 20;

/** Makes the metrics, all at 0; nothing is measured of the process yet. */
export function createMetrics() {
  const registry = new Registry();
  let now: Readings = { host: false, most: 0, sockets: 0, census: nobody };
  let read = () => now;
  const current = () => now;
  return {
    ...readers(registry, current),
    ...speed(registry),
    ...host(registry, current),
    ...edge(registry),
    contentType: registry.contentType,
    /** From now on scrapes are told what `source` gives. */
    readFrom(source: () => Readings): void {
      read = source;
    },
    /** Begins to measure this process: its CPU time, memory, files, garbage collection and how late its event loop is. */
    measureProcess(): void {
      collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: LOOP_EVERY_MS });
      // Named as counters, which they are not; the same figures are there by type.
      for (const what of ['handles', 'requests', 'resources'])
        registry.removeSingleMetric(`nodejs_active_${what}_total`);
    },
    /** Everything, in Prometheus' text format; one reading for all of it. */
    text(): Promise<string> {
      now = read();
      return registry.metrics();
    },
  };
}
