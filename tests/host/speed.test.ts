/** How it feels, as ratios to the floor in the same run: time to a prompt, keystroke echo, throughput, the way out of a flood. */
import { expect, test } from 'vitest';
import { median, timed } from '../../bench/figures.ts';
import { rawExec } from '../../bench/peers/raw-exec.ts';
import { slipway } from '../../bench/peers/slipway.ts';
import { connect, echo, flood, ratio, throughput } from '../../bench/terminal.ts';
import { PROMPT, Reader } from '../../verify/reader.ts';
import { ownGateway } from '../support/own.ts';

const own = ownGateway();
const { docker } = own;

test('a new session’s prompt within 4 s, its engine within 1 s more, median of 5', async () => {
  const prompts: number[] = [];
  const engines: number[] = [];
  for (let i = 0; i < 5; i++) {
    await using reader = new Reader(own.gateway.origin);
    const prompt = async () => {
      await reader.connect();
      await reader.output.until(PROMPT);
    };
    prompts.push(await timed(prompt));
    engines.push(await timed(() => reader.engineReady()));
    await reader.end();
  }
  console.log(`prompt ${median(prompts).toFixed(0)} ms, engine ready ${median(engines).toFixed(0)} ms later`);
  expect(median(prompts)).toBeLessThanOrEqual(4_000);
  expect(median(engines)).toBeLessThanOrEqual(1_000);
});

test('beside a raw exec stream: connects twice as fast, echoes and prints as fast, leaves a flood twice as fast', async () => {
  await using reader = new Reader(own.gateway.origin);
  await reader.connect();
  await reader.engineReady();
  await reader.run('true');
  const [container] = await docker.listContainers({ filters: { label: [`slipway.session=${reader.session}`] } });
  // Another connection to the same shell would have its share.
  reader.socket?.terminate();
  await reader.closed;
  const [mine, floor] = [slipway(own.gateway.origin, reader.cookie), rawExec(docker, container?.Id ?? '')];
  const ways = await connect([mine, floor], 7);
  using ours = await mine.open();
  using raw = await floor.open();
  const lines = [ours, raw];
  await Promise.all(lines.map((line) => line.until(PROMPT)));
  const measured = {
    connect: ways,
    echo: await echo(lines, 15),
    throughput: await throughput(lines, 3),
    flood: await flood(lines, 5),
  };
  for (const [what, rounds] of Object.entries(measured)) {
    const [us = NaN, them = NaN] = rounds.map(median);
    console.log(`${what}: ${us.toFixed(2)}, raw ${them.toFixed(2)}, ratio ${ratio(rounds, 0, 1).toFixed(2)}`);
  }
  const times = Object.fromEntries(Object.entries(measured).map(([what, rounds]) => [what, ratio(rounds, 0, 1)]));
  expect(times['connect']).toBeLessThanOrEqual(0.5);
  expect(times['echo']).toBeLessThanOrEqual(1.3);
  expect(times['throughput']).toBeGreaterThanOrEqual(0.9);
  expect(times['flood']).toBeLessThanOrEqual(0.5);
  expect(ours.lost).toBe(0);
  await reader.end();
});
