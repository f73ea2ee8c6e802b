/** The edge: requests, what is refused at the walls, and what nobody foresaw. */
import { Counter, type Registry } from 'prom-client';
import { problemCodes } from '../../protocol/problems.ts';
import { Cases, Tally } from './instruments.ts';

/** Patterns of the routes there are; `none`: no route took it. */
export const routes = ['/*', '/healthz', '/api/sandbox', '/api/session', '/api/line', '/api/*', 'none'] as const;
const classes = ['1xx', '2xx', '3xx', '4xx', '5xx'] as const;

export function edge(registry: Registry) {
  const requests = new Map<string, number>(
    routes.flatMap((route) => classes.map((status) => [`${route} ${status}`, 0])),
  );
  new Counter({
    name: 'slipway_http_requests_total',
    help: 'HTTP requests answered, by route and class of status.',
    labelNames: ['route', 'status'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [of, sum] of requests) {
        const [route = '', status = ''] = of.split(' ');
        this.inc({ route, status }, sum);
      }
    },
  });
  return {
    /** @param route its pattern; one that is not known counts as `none` */
    request: (route: string, status: number) => {
      const known = routes.some((one) => one === route) ? route : 'none';
      const of = `${known} ${Math.floor(status / 100)}xx`;
      const sum = requests.get(of);
      if (sum !== undefined) requests.set(of, sum + 1);
    },
    refusals: new Cases(
      registry,
      { name: 'slipway_refusals_total', help: 'Requests and connections refused, by problem.' },
      'code',
      problemCodes,
    ),
    failures: new Tally(registry, { name: 'slipway_failures_total', help: 'Errors that nobody foresaw.' }),
  };
}
