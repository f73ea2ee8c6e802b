/** What the gateway's process is told of the launcher's environment. */
import type { Found } from '../find.ts';
import type { Places } from '../places.ts';
import type { Person } from './person.ts';

const KEPT = /^(HOST|PORT|TZ|LANG|SLIPWAY_.*|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR))$/i;

/** Settings and certificates go on; of the rest only what a process needs. A rootful engine is for one reader. */
export function gatewayEnvironment(
  env: NodeJS.ProcessEnv,
  person: Person,
  places: Places,
  found: Found | undefined,
): NodeJS.ProcessEnv {
  return {
    ...Object.fromEntries(Object.entries(env).filter(([name]) => KEPT.test(name))),
    PATH: person.path,
    HOME: places.home,
    USER: person.name,
    NODE_ENV: 'production',
    SLIPWAY_STATE: places.state,
    ...(found ? { DOCKER_HOST: found.address } : {}),
    ...(found && !found.facts.rootless ? { SLIPWAY_MAX_SESSIONS: '1' } : {}),
  };
}
