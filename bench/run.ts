/** `npm run bench`: the figures of the README, side by side with peers and floors, on the host that `npm start` runs. */
import { engineClient } from '../sandbox/engine/client.ts';
import { Gateway } from '../tests/support/gateway.ts';
import { dockerHost } from '../tests/support/host.ts';
import { removeSessions } from '../sandbox/host/launch/clean-up.ts';
import nameHost from '../tests/support/name-host.ts';
import { PROMPT, Reader } from '../verify/reader.ts';
import { proxyArgs } from './build-on.ts';
import { builds } from './builds.ts';
import { median, timed } from './figures.ts';
import { idle } from './idle.ts';
import type { Line } from './line.ts';
import { rawExec } from './peers/raw-exec.ts';
import { relay } from './peers/relay.ts';
import { slipway } from './peers/slipway.ts';
import { ttyd } from './peers/ttyd.ts';
import { Table } from './table.ts';
import { connect, echo, flood, ratio, throughput, type Rounds } from './terminal.ts';

await nameHost();
const docker = dockerHost();
await using gateway = await Gateway.start();
const say = (what: string) => console.error(`… ${what}`);
try {
  const table = new Table([
    'what',
    'Slipway',
    'raw exec stream',
    'ttyd, `docker exec`',
    'bare `ws` relay',
    'must hold',
  ]);

  say('new sessions');
  const prompts: number[] = [];
  const engines: number[] = [];
  for (let i = 0; i < 5; i++) {
    await using reader = new Reader(gateway.origin);
    const prompt = async () => {
      await reader.connect();
      await reader.output.until(PROMPT);
    };
    prompts.push(await timed(prompt));
    engines.push(await timed(() => reader.engineReady()));
    await reader.end();
  }
  table.row('session made to prompt, median of 5', `${median(prompts).toFixed(0)} ms`);
  table.row('prompt to engine ready, median of 5', `${median(engines).toFixed(0)} ms`);

  await using reader = new Reader(gateway.origin);
  await reader.connect();
  await reader.engineReady();
  await reader.run('true');
  const [container] = await docker.listContainers({ filters: { label: [`slipway.session=${reader.session}`] } });
  if (!container) throw new Error('the session has no container');

  // Another connection to the same shell would have its share.
  reader.socket?.terminate();
  await reader.closed;

  const address = process.env['DOCKER_HOST'] ?? '';
  using bare = await relay(address, container.Id);
  using peer = await ttyd(address, container.Id);
  const peers = [slipway(gateway.origin, reader.cookie), rawExec(docker, container.Id), peer, bare];
  const compare = (what: string, unit: string, digits: number, rounds: Rounds, holds: [string, number, number]) => {
    const [than, raw, other] = holds;
    const cells = rounds.map((figures, at) => {
      const times = at === 0 ? '' : ` (${ratio(rounds, 0, at).toFixed(2)} ×)`;
      return `${median(figures).toFixed(digits)} ${unit}${times}`;
    });
    const bound = (most: number, of: number) =>
      than === '≤' ? ratio(rounds, 0, of) <= most : ratio(rounds, 0, of) >= most;
    table.bound([what, ...cells], `${than} ${raw} ×, ${than} ${other} ×`, bound(raw, 1) && bound(other, 2));
  };

  say('connecting');
  compare('connect to prompt, session ready', 'ms', 1, await connect(peers, 15), ['≤', 0.5, 0.35]);
  const lines: Line[] = [];
  try {
    for (const one of peers) lines.push(await one.open());
    await Promise.all(lines.map((line) => line.until(PROMPT)));
    say('typing');
    compare('keystroke echo', 'ms', 2, await echo(lines, 25), ['≤', 1.3, 0.75]);
    say('printing');
    compare('output, program to client', 'MB/s', 0, await throughput(lines, 9), ['≥', 0.9, 1.3]);
    say('flooding');
    const out = await flood(lines, 20);
    const lost = lines[0]?.lost ?? NaN;
    const better = ratio(out, 0, 1);
    const cells = out.map(
      (figures, at) => `${median(figures).toFixed(1)} ms${at ? ` (${ratio(out, 0, at).toFixed(2)} ×)` : ''}`,
    );
    table.bound(
      ['`yes` 1.5 s, Ctrl-C to a parsed prompt, 20 tries', ...cells],
      '≤ 0.5 ×, 0 bytes lost',
      better <= 0.5 && lost === 0,
    );
  } finally {
    for (const line of lines) line[Symbol.dispose]();
  }

  say('building');
  using engine = engineClient(docker.getContainer(container.Id));
  const {
    ours,
    host,
    ratio: times,
  } = await builds({ docker: engine.docker, buildArgs: await proxyArgs(docker, container.Id) }, docker, 8);
  const build = `${median(ours).toFixed(1)} s; the host’s own engine ${median(host).toFixed(1)} s (${times.toFixed(2)} ×)`;
  table.bound(['multi-stage build, no cache, warm base', build, '', '', ''], '≤ 1.05 ×', times <= 1.05);
  await reader.end();

  say('waiting');
  await idle(table, docker);

  table.print();
  process.exitCode = table.broken === 0 ? 0 : 1;
} finally {
  await gateway.stop('SIGTERM');
  await removeSessions(docker, gateway.instance);
}
