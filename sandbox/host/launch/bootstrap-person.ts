/** Who Debian is bootstrapped as, with mmdebstrap there to do it. */
import { join } from 'node:path';
import type { Found } from '../find.ts';
import type { Places, Self } from '../places.ts';
import type { Steps } from '../progress/steps.ts';
import { gatewayPerson } from './gateway-person.ts';
import { installPackages } from './packages.ts';
import type { Person } from './person.ts';
import { hasApt, which } from './programs.ts';

const PACKAGES = ['mmdebstrap', 'debian-archive-keyring', 'uidmap'];

/**
 * The gateway's person; as root on Debian or Ubuntu, mmdebstrap is installed if it is missing.
 * @throws Error with the line to run where it cannot be
 */
export async function bootstrapPerson(found: Found, who: Self, places: Places, steps: Steps): Promise<Person> {
  const person = await gatewayPerson(found, who);
  if (which('mmdebstrap', person.path)) return person;
  if (who.uid !== 0 || !hasApt())
    throw new Error(
      `No registry answers, and mmdebstrap is missing. Run: sudo apt-get install -y ${PACKAGES.join(' ')}`,
    );
  steps.note(`System packages are installed: ${PACKAGES.join(', ')}.`);
  await steps.step('System packages', (say) =>
    installPackages(PACKAGES, { log: join(places.logs, 'packages.log'), path: person.path }, say),
  );
  return person;
}
