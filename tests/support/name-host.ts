/** Names the Docker host the tests run on, as DOCKER_HOST: the one given, else the one `npm start` has brought up. */
import { readConfig } from '../../sandbox/config/config.ts';
import { findEngine } from '../../sandbox/host/find.ts';
import { placesOf, self } from '../../sandbox/host/places.ts';

/** Runs before all tests of a run. @throws Error saying what was looked for, when there is no host */
export default async function nameHost(): Promise<void> {
  const config = readConfig(process.env);
  const engine = await findEngine(config, placesOf(config, self()), self());
  if (!engine.ok) throw new Error(`No Docker host; "npm start" brings one up. ${engine.reasons.join('; ')}`);
  process.env['DOCKER_HOST'] = engine.found.address;
}
