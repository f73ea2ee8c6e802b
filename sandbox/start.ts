/**
 * The launcher behind `npm start`: sets up what is missing, runs the gateway as an ordinary user, and stops all of it together.
 * With `--no-site` no pages are built: what is in dist/ is served, for one who needs the sandbox alone.
 */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { configOr } from './config/config.ts';
import { inShort, tellTail } from './host/failure.ts';
import { lockState } from './host/launch/lock.ts';
import { portState, urlOf } from './host/launch/port.ts';
import { alreadyRunning, portBusy } from './host/launch/refusals.ts';
import { serve } from './host/launch/serve.ts';
import { placesOf, self } from './host/places.ts';
import { showSteps } from './host/progress/terminal.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

// Directories that are made must be open to the user the gateway runs as.
process.umask(0o022);
process.exit(await main());

async function main(): Promise<number> {
  const config = configOr(process.env, refuse);
  if (!config) return 1;
  const url = urlOf(config.host, config.port);
  const port = await portState(config.host, config.port);
  if (port !== 'free') return refuse(portBusy(port, config, url));
  const who = self();
  const places = placesOf(config, who);
  const locked = await lockState(places.state, config.instance, url);
  if (!locked.ok) return refuse(alreadyRunning(locked.holder.url, locked.holder.pid));
  await using held = new AsyncDisposableStack();
  held.use(locked.lock);

  const stop = new AbortController();
  const steps = showSteps(process.stdout, () => performance.now());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    void once(process, signal).then(() => {
      if (!stop.signal.aborted) steps.note('Stopping: connections are closed, sandboxes are removed.');
      stop.abort();
    });
  try {
    await serve({
      config,
      root: ROOT,
      url,
      site: !process.argv.includes('--no-site'),
      who,
      places,
      steps,
      signal: stop.signal,
    });
    return 0;
  } catch (error) {
    if (stop.signal.aborted) return 0;
    tellTail(error, steps);
    return refuse(inShort(error));
  }
}

function refuse(words: string): number {
  process.stderr.write(`${words}\n`);
  return 1;
}
