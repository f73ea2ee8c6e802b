/** The lessons' two images, built by a reader: sizes, and the time against the host's own engine. */
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hostBuild } from '../../bench/host-build.ts';
import { timed } from '../../bench/figures.ts';
import { Gateway, ROOT } from '../support/gateway.ts';
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
  const lessons = join(ROOT, 'src/content/lessons');
  const ratios: number[] = [];
  for (let round = 0; round < 2; round++) {
    const ours = await timed(async () => {
      const build = await reader.run('docker build --no-cache -f Dockerfile.multi_stage -t bench .', 180_000);
      expect(build.code).toBe(0);
    });
    const floor = await timed(() => hostBuild(docker, lessons, 'Dockerfile.multi_stage'));
    console.log(`build: session ${(ours / 1000).toFixed(1)} s, host ${(floor / 1000).toFixed(1)} s`);
    ratios.push(ours / floor);
  }
  expect(Math.min(...ratios)).toBeLessThanOrEqual(1.05);
}, 600_000);
