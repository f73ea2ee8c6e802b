/** The gateway's process: puts the rooms together, serves until it is told to stop, and leaves the sessions running. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { HostWatch } from './availability.ts';
import { Evidence } from './checks/evidence.ts';
import { reachable } from './config/build-hosts.ts';
import { configOr, type Config } from './config/config.ts';
import { isEveryAddress } from './config/origins.ts';
import { Egress } from './egress/egress.ts';
import { engineView } from './engine/view.ts';
import { openGateway, type Gateway, type GatewayNeeds } from './gateway/gateway.ts';
import { connectHost, type Host } from './host/connect.ts';
import { whyNotOpen } from './host/limits/enforcement.ts';
import { createEvents, type Events } from './observe/events.ts';
import { createLogger } from './observe/log.ts';
import { createMetrics, type Metrics } from './observe/metrics.ts';
import { serveMetrics, type MetricsServer } from './observe/metrics-server.ts';
import { Problem } from './protocol/problems.ts';
import { Sessions } from './session/sessions.ts';
import { systemClock } from './session/system-clock.ts';
import { Shell } from './terminal/shell.ts';

const SITE = fileURLToPath(new URL('../dist', import.meta.url));
const LOOK_EVERY_MS = 10_000;
/** A host that has not answered by then is not waited for; the site says so until it has. */
const FIRST_LOOK_MS = 5_000;
/** Stopping takes no longer than this, whatever hangs. */
const STOP_WITHIN_MS = 3_000;

process.exitCode = await main();

async function main(): Promise<number> {
  const config = configOr(process.env, (words) => process.stderr.write(`${words}\n`));
  if (!config) return 1;
  const metrics = createMetrics();
  const events = createEvents(createLogger(config.logLevel), { metrics });
  process.on('uncaughtExceptionMonitor', (error) => events.failed({ id: 'process', at: 'process', error }));
  const stopped = stopSignal(config.supervised);

  await using egresses = new AsyncDisposableStack();
  const refused = Promise.withResolvers<string>();
  await using hosts = new HostWatch({
    connect: async () => {
      const connected = await connectHost(config, events);
      const why = connected.ok ? whyNotOpen(config, connected.host.enforcement) : undefined;
      if (why === undefined) return connected;
      refused.resolve(why);
      return { ok: false, problem: new Problem('host-missing'), reasons: [why] };
    },
    openSessions: async (host) => {
      await using opened = new AsyncDisposableStack();
      const egress = opened.use(await openEgress(host, config, events));
      const sessions = await Sessions.open({ ...host, egress }, config, events, systemClock);
      egresses.use(opened.move());
      return sessions;
    },
    events,
    everyMs: LOOK_EVERY_MS,
  });
  const evidence = new Evidence(engineView, events, () => performance.now());
  await using gateway = await listen({
    config,
    site: SITE,
    sandbox: () => hosts.current,
    ready: first(hosts.looked, FIRST_LOOK_MS),
    makeShell: (stream, listener) => new Shell(stream, listener),
    openEvidence: (session, outlet) => evidence.connect(hosts.session(session.id), outlet),
    events,
    now: () => performance.now(),
  });
  if (!gateway) return endSoon(1);
  metrics.readFrom(() => ({
    host: hosts.current.mode === 'live',
    most: config.limits.sessions,
    sockets: gateway.sockets(),
    census: hosts.census,
  }));
  await using measured = await measure(config.metricsPort, metrics, events);
  if (measured) events.metricsServed({ address: measured.address });
  if (!existsSync(SITE)) events.siteMissing({ directory: SITE });
  if (isEveryAddress(config.host) && !config.originsGiven) events.originsLocalOnly({ host: config.host });
  await Promise.race([hosts.looked, stopped]);
  events.listening({ address: config.origins[0] ?? '', mode: hosts.current.mode });

  const end = await Promise.race([stopped.then((signal) => ({ signal })), refused.promise]);
  if (typeof end === 'string') {
    process.stderr.write(`${end}\n`);
    return endSoon(1);
  }
  events.stopping(end);
  return endSoon(0);
}

/** The walls around sessions' networks. A proxy that this process is told to use is the sessions' proxy's, too. */
function openEgress(host: Host, config: Config, log: Events): Promise<Egress> {
  const { HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy } = process.env;
  const parent = [HTTPS_PROXY, https_proxy, HTTP_PROXY, http_proxy].find((url) => url && URL.canParse(url));
  return Egress.open({
    docker: host.docker,
    instance: config.instance,
    image: host.egressImage,
    mode: config.egress.mode,
    reachable: reachable(config),
    limit: config.limits.networkBytes,
    parent: parent ? new URL(parent) : undefined,
    log,
  });
}

/** What is `using` is disposed of now, last first; should something hang in it, the process ends all the same. */
function endSoon(code: number): number {
  setTimeout(() => process.exit(code), STOP_WITHIN_MS).unref();
  return code;
}

/** Opens the gateway; where its address cannot be had, says so in words. */
async function listen(needs: GatewayNeeds): Promise<Gateway | undefined> {
  try {
    return await openGateway(needs);
  } catch (error) {
    const { host, port } = needs.config;
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = {
      EADDRINUSE: `something already listens there, perhaps another Slipway: use that one, stop it, or choose another PORT`,
      EACCES: `this user may not listen on that port: choose a PORT of 1024 or more`,
      EADDRNOTAVAIL: `this machine has no such address: choose another HOST`,
      ENOTFOUND: `no address is known for that name: choose another HOST`,
    }[String(code)];
    if (why === undefined) throw error;
    process.stderr.write(`Slipway cannot listen on ${host} port ${port}: ${why}.\n`);
    return undefined;
  }
}

/** Serves the metrics; where their port cannot be had, says so and does without. @returns undefined where none are served */
async function measure(port: number, metrics: Metrics, events: Events): Promise<MetricsServer | undefined> {
  if (port === 0) return undefined;
  metrics.measureProcess();
  try {
    return await serveMetrics(port, metrics);
  } catch (error) {
    events.metricsNotServed({ address: `127.0.0.1:${port}`, error });
    return undefined;
  }
}

/** Resolves with what told this process to stop. */
function stopSignal(supervised: boolean): Promise<string> {
  const signals = (['SIGTERM', 'SIGINT', 'SIGHUP'] as const).map((signal) => once(process, signal).then(() => signal));
  // The launcher holds the other end of standard input: its death, however sudden, ends this process too.
  const orphaned = supervised ? [once(process.stdin.resume(), 'close').then(() => 'end of supervision')] : [];
  return Promise.race([...signals, ...orphaned]);
}

async function first(what: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([what, late]);
  clearTimeout(timer);
}
