/** Where verify's reader goes: the site at BASE_URL, or one of its own for as long as the run lasts. */
import { freePort } from '../scripts/free-port.ts';
import { Launcher } from '../scripts/launcher.ts';

/** The first start of all makes the base images. */
const START_WITHIN_MS = 15 * 60_000;

export interface Sandbox extends AsyncDisposable {
  readonly origin: string;
}

/**
 * Finds or starts a sandbox.
 * @param root the project's directory
 * @throws Error when none can be had
 */
export async function sandboxFor(root: string, env: NodeJS.ProcessEnv): Promise<Sandbox> {
  const given = env['BASE_URL'];
  if (given) return { origin: new URL(given).origin, [Symbol.asyncDispose]: () => Promise.resolve() };
  const port = await freePort();
  // No page is read: any site will do.
  const launcher = new Launcher(root, { ...env, PORT: String(port), SLIPWAY_INSTANCE: `verify-${process.pid}` }, [
    '--no-site',
  ]);
  if (!(await launcher.live(START_WITHIN_MS))) {
    await launcher.stop();
    throw new Error('no sandbox: the lines above say why, and "npm run doctor" what this machine offers');
  }
  return { origin: launcher.url, [Symbol.asyncDispose]: () => launcher[Symbol.asyncDispose]() };
}
