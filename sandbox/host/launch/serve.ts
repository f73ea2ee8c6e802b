/** Everything between a start and its end: the host and the site made ready, the gateway kept running, all of it undone. */
import { once } from 'node:events';
import type { Steps } from '../progress/steps.ts';
import { copyApp } from './app-copy.ts';
import { gatewayEnvironment } from './gateway-environment.ts';
import { gatewayPerson } from './gateway-person.ts';
import { runGateway } from './gateway.ts';
import { launchHost, type HostOptions } from './host.ts';
import { logFileIn } from './log-file.ts';
import { buildSite } from './site.ts';

/** `site`: whether the pages are built first. */
export type ServeOptions = HostOptions & { url: string; steps: Steps; site: boolean };

/**
 * Serves until the signal says stop, and returns when nothing of it is left.
 * @throws Error when the site cannot be built or the gateway does not come up
 */
export async function serve(options: ServeOptions): Promise<void> {
  const { config, root, places, who, steps, signal, url } = options;
  const since = performance.now();
  const site = options.site ? buildSite(root, steps, signal) : Promise.resolve();
  site.catch(() => undefined);
  await using host = await launchHost(options);
  await site;
  for (const reason of host.reasons) steps.note(`No sandbox: ${reason}`);

  const person = await gatewayPerson(host.found, who);
  const copied = who.uid === 0 && person.uid !== 0;
  const node = copied
    ? await steps.step(`Copy for user ${person.name}`, () => copyApp(root, places.app, process.execPath))
    : process.execPath;
  signal.throwIfAborted();
  await using gateway = runGateway({
    node,
    root: copied ? places.app : root,
    person,
    env: gatewayEnvironment(who.env, person, places, host.found),
    url,
    log: await logFileIn(places.logs, `gateway-${config.instance}`),
    note: (line) => steps.note(line),
  });
  const mode = await steps.step('Gateway', () => gateway.ready(signal));
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  const kind = mode === 'live' ? 'with a sandbox for every reader' : 'without sandboxes: "npm run doctor" says why';
  steps.note(`Slipway is at ${url}/ (${kind}; ready in ${seconds} s). Ctrl-C stops it.`);
  if (!signal.aborted) await once(signal, 'abort');
}
