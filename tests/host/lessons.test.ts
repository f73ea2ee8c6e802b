/** The lessons' two images, built by a reader: sizes, and the time against the host's own engine. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builds } from '../../bench/builds.ts';
import { engineClient } from '../../sandbox/engine/client.ts';
import { Gateway } from '../support/gateway.ts';
import { dockerHost, sweep } from '../support/host.ts';
import { Reader } from '../support/reader.ts';

const docker = dockerHost();
let gateway: Gateway;
let reader: Reader;
beforeAll(async () => {
  gateway = await Gateway.start();
  reader = new Reader(gateway.origin);
  await reader.connect();
  await reader.engineReady();
});
afterAll(async () => {
  await reader.end();
  await reader[Symbol.asyncDispose]();
  await gateway[Symbol.asyncDispose]();
  await sweep(docker, gateway.instance);
});

test('both recipes build, both images run, and one is at least 200 times the other', async () => {
  for (const stage of ['single', 'multi']) {
    const build = await reader.run(`docker build -f Dockerfile.${stage}_stage -t goapp:${stage}stage .`, 180_000);
    expect(build.code, build.text.slice(-2_000)).toBe(0);
    const run = await reader.run(`docker run -it goapp:${stage}stage`);
    expect(run.text).toMatch(/The new profile's username is: \S+ and password \(md5\): [0-9a-f]{32}/);
  }
  const size = async (tag: string) =>
    Number(/\d{4,}/.exec((await reader.run(`docker image inspect -f '{{.Size}}' goapp:${tag}`)).text)?.[0]);
  const [single, multi] = [await size('singlestage'), await size('multistage')];
  console.log(
    `single-stage ${(single / 1e6).toFixed(1)} MB, multi-stage ${(multi / 1e6).toFixed(2)} MB, ${(single / multi).toFixed(0)} : 1`,
  );
  expect(multi).toBeLessThanOrEqual(3.7e6);
  expect(single / multi).toBeGreaterThanOrEqual(200);
}, 400_000);

test('the multi-stage build in a session takes at most 1.05 times as long as on the host’s engine', async () => {
  const [container] = await docker.listContainers({ filters: { label: [`slipway.session=${reader.session}`] } });
  using engine = engineClient(docker.getContainer(container?.Id ?? ''));
  const { ours, host, ratio } = await builds(engine.docker, docker, 6);
  const list = (seconds: number[]) => seconds.map((one) => one.toFixed(1)).join(' ');
  console.log(`build: session ${list(ours)} s, host ${list(host)} s, ratio ${ratio.toFixed(2)}`);
  expect(ratio).toBeLessThanOrEqual(1.05);
}, 600_000);
