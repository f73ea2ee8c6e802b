/** `npm run bench`: the figures of the README, side by side with their floors, on the host that `npm start` runs. */
import { engineClient } from '../sandbox/engine/client.ts';
import { Gateway } from '../tests/support/gateway.ts';
import { dockerHost } from '../tests/support/host.ts';
import { removeSessions } from '../sandbox/host/launch/clean-up.ts';
import nameHost from '../tests/support/name-host.ts';
import { PROMPT, Reader } from '../verify/reader.ts';
import { builds } from './builds.ts';
import { median, timed } from './figures.ts';
import { RawExec } from './raw-exec.ts';
import { echo, flood } from './terminal.ts';

await nameHost();
const docker = dockerHost();
await using gateway = await Gateway.start();
try {
  const rows: string[][] = [['what', 'Slipway', 'floor', 'ratio']];

  const prompts: number[] = [];
  const engines: number[] = [];
  for (let i = 0; i < 5; i++) {
    await using reader = new Reader(gateway.origin);
    prompts.push(
      await timed(async () => {
        await reader.connect();
        await reader.output.until(PROMPT);
      }),
    );
    engines.push(await timed(() => reader.engineReady()));
    await reader.end();
  }
  rows.push(['session made to prompt, median of 5', `${median(prompts).toFixed(0)} ms`, '', '']);
  rows.push(['prompt to engine ready, median of 5', `${median(engines).toFixed(0)} ms`, '', '']);

  await using reader = new Reader(gateway.origin);
  await reader.connect();
  await reader.engineReady();
  await reader.run('true');
  const [container] = await docker.listContainers({ filters: { label: [`slipway.session=${reader.session}`] } });
  if (!container) throw new Error('the session has no container');
  using raw = await RawExec.open(docker, container.Id);
  await raw.until(PROMPT);
  const keys = await echo(reader, raw, 15);
  rows.push(['keystroke echo, p50', `${keys.ours.toFixed(2)} ms`, `${keys.raw.toFixed(2)} ms`, keys.ratio.toFixed(2)]);
  const out = await flood(reader, raw, 15);
  rows.push([
    '`yes`, Ctrl-C to a parsed prompt',
    `${out.ours.toFixed(1)} ms`,
    `${out.raw.toFixed(1)} ms`,
    out.ratio.toFixed(2),
  ]);
  using engine = engineClient(docker.getContainer(container.Id));
  const { ours, host, ratio } = await builds(engine.docker, docker, 8);
  const seconds = (figures: number[]) => `${median(figures).toFixed(1)} s`;
  rows.push(['multi-stage build, no cache, warm base', seconds(ours), seconds(host), ratio.toFixed(2)]);
  await reader.end();

  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
} finally {
  await gateway.stop('SIGTERM');
  await removeSessions(docker, gateway.instance);
}
