/** How it feels, as ratios to the floor in the same run: time to a prompt, keystroke echo, the way out of a flood. */
import { expect, test } from 'vitest';
import { median, timed } from '../../bench/figures.ts';
import { RawExec } from '../../bench/raw-exec.ts';
import { echo, flood } from '../../bench/terminal.ts';
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

test('echo within 2.0 times the raw exec stream’s, out of `yes` within 1.5 times', async () => {
  await using reader = new Reader(own.gateway.origin);
  await reader.connect();
  await reader.engineReady();
  await reader.run('true');
  const [container] = await docker.listContainers({ filters: { label: [`slipway.session=${reader.session}`] } });
  using raw = await RawExec.open(docker, container?.Id ?? '');
  await raw.until(PROMPT);
  const keys = await echo(reader, raw, 9);
  console.log(`echo ${keys.ours.toFixed(2)} ms, raw ${keys.raw.toFixed(2)} ms, ratio ${keys.ratio.toFixed(2)}`);
  expect(keys.ratio).toBeLessThanOrEqual(2.0);
  const out = await flood(reader, raw, 5);
  console.log(`flood ${out.ours.toFixed(1)} ms, raw ${out.raw.toFixed(1)} ms, ratio ${out.ratio.toFixed(2)}`);
  expect(out.ratio).toBeLessThanOrEqual(1.5);
  expect(reader.output).toMatchObject({ missing: 0, repeated: 0 });
  await reader.end();
});
