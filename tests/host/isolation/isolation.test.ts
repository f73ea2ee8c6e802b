/**
 * What one reader may try against another, the gateway, the host and the network around, from three places with all their rights; and the
 * same from privileged containers of the same engine, which shows that each attempt would be seen to succeed.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readRecipes } from '../../../sandbox/host/recipes.ts';
import { ROOT } from '../../support/gateway.ts';
import { dockerHost } from '../../support/host.ts';
import { Controls } from './controls.ts';
import type { Scene } from './probe.ts';
import { probes } from './probes.ts';
import { Sessions } from './sessions.ts';
import { applies, siege, type Attacker, type Verdict } from './siege.ts';
import { Surroundings } from './surroundings.ts';
import { table } from './table.ts';

const docker = dockerHost();
const verdicts: Verdict[] = [];
let around: Surroundings | undefined;
let sieges = Promise.resolve();

beforeAll(async () => {
  const { SecurityOptions } = (await docker.info()) as { SecurityOptions: string[] };
  // The controls are privileged: only an engine without root may run them.
  if (!SecurityOptions.some((one) => one.includes('rootless'))) throw new Error('the test host must be rootless');
  const { world } = (await readRecipes(ROOT, process.env)).names;
  around = await Surroundings.around(docker, (process.env['DOCKER_HOST'] ?? '').replace('unix://', ''), world);
  sieges = (async (place: Surroundings) => {
    await besiege(Sessions.open(place));
    // Only then: the controls change what is the engine's, and that must not be taken for a session's doing.
    await besiege(Controls.open(place, world));
  })(around);
  await sieges;
  console.log(table(probes, verdicts));
}, 300_000);
afterAll(async () => {
  // Private addresses are taken away when nobody tries them any more: until then nothing sent to one leaves the machine.
  await sieges.catch(() => undefined);
  await around?.[Symbol.asyncDispose]();
}, 120_000);

/** Tries everything as each attacker of a place in turn. */
async function besiege(place: Promise<AsyncDisposable & { scene: Scene; attackers: Attacker[] }>): Promise<void> {
  await using opened = await place;
  for (const attacker of opened.attackers) verdicts.push(...(await siege(probes, opened.scene, attacker)));
}

const crossedBy = (attacker: string) =>
  verdicts.filter((one) => one.attacker === attacker && one.crossed !== undefined).map(({ probe }) => probe);

test.each(['shell', 'own root', 'container'])('as %s, nothing is crossed', (attacker) => {
  expect(verdicts.filter((one) => one.attacker === attacker)).toHaveLength(probes.filter(applies).length);
  expect(crossedBy(attacker)).toEqual([]);
});

test.each(['beside', 'joined', 'host'])('as the privileged control %s, what must be crossed is', (attacker) => {
  const must = probes.filter((probe) => applies(probe) && probe.control === attacker).map(({ name }) => name);
  expect(crossedBy(attacker)).toEqual(expect.arrayContaining(must));
});
