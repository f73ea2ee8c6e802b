/** The lessons' two images, built by a reader: sizes, and the time against the host's own engine. */
import { expect, test } from 'vitest';
import { proxyArgs } from '../../bench/build-on.ts';
import { builds } from '../../bench/builds.ts';
import { engineClient } from '../../sandbox/engine/client.ts';
import { ownReader } from '../support/own.ts';

const own = ownReader();
const { docker } = own;

test('both recipes build, both images run, and one is at least 200 times the other', async () => {
  for (const stage of ['single', 'multi']) {
    const build = await own.reader.run(`docker build -f Dockerfile.${stage}_stage -t goapp:${stage}stage .`, 180_000);
    expect(build.code, build.text.slice(-2_000)).toBe(0);
    const run = await own.reader.run(`docker run -it goapp:${stage}stage`);
    expect(run.text).toMatch(/The new profile's username is: \S+ and password \(md5\): [0-9a-f]{32}/);
  }
  const size = async (tag: string) =>
    Number(/\d{4,}/.exec((await own.reader.run(`docker image inspect -f '{{.Size}}' goapp:${tag}`)).text)?.[0]);
  const [single, multi] = [await size('singlestage'), await size('multistage')];
  console.log(
    `single-stage ${(single / 1e6).toFixed(1)} MB, multi-stage ${(multi / 1e6).toFixed(2)} MB, ${(single / multi).toFixed(0)} : 1`,
  );
  expect(multi).toBeLessThanOrEqual(3.7e6);
  expect(single / multi).toBeGreaterThanOrEqual(200);
}, 400_000);

test('the multi-stage build in a session takes at most 1.05 times as long as on the host’s engine', async () => {
  const [container] = await docker.listContainers({ filters: { label: [`slipway.session=${own.reader.session}`] } });
  const id = container?.Id ?? '';
  using engine = engineClient(docker.getContainer(id));
  const session = { docker: engine.docker, buildArgs: await proxyArgs(docker, id) };
  const { ours, host, ratio } = await builds(session, docker, 3);
  const list = (seconds: number[]) => seconds.map((one) => one.toFixed(1)).join(' ');
  console.log(`build: session ${list(ours)} s, host ${list(host)} s, ratio ${ratio.toFixed(2)}`);
  expect(ratio).toBeLessThanOrEqual(1.05);
}, 600_000);
