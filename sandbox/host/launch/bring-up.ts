/** The host: what is running and may be used, else an engine of our own. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { disksRoot, shareDirectory, whyNoDisks } from '../disks/share.ts';
import { engineFacts } from '../docker.ts';
import { inShort, tellTail } from '../failure.ts';
import { findEngine, type Found } from '../find.ts';
import type { Places, Self } from '../places.ts';
import type { Steps } from '../progress/steps.ts';
import { adoptEngine, startEngine, type OwnEngine } from './engine.ts';
import { installPackages } from './packages.ts';
import type { Person } from './person.ts';
import { hasApt, missingPackages, rootlessScript, widePath } from './programs.ts';
import { hasRange, rangeCommand } from './sub-ids.ts';
import { ensureSystemUser, rangesIn } from './system-user.ts';
import { makeTunUsable, TUN, tunUsable } from './tun.ts';

export type Up = { ok: true; found: Found; engine: OwnEngine | undefined } | { ok: false; reasons: string[] };
export type BringUpOptions = { config: Config; places: Places; who: Self; steps: Steps; signal: AbortSignal };

/**
 * Finds a host or brings one up, in the order of the design.
 * @returns the host, with the engine when it is ours to stop, or what is in the way
 */
export async function bringUp(options: BringUpOptions): Promise<Up> {
  const { config, places, who, steps } = options;
  const before = await findEngine(config, places, who);
  if (before.ok) {
    const engine = before.found.kind === 'ours' ? await adoptEngine(places) : undefined;
    return { ok: true, found: before.found, engine };
  }
  if (config.dockerHost !== undefined) return before;
  if (process.platform !== 'linux') return { ok: false, reasons: [...before.reasons, elsewhere] };
  try {
    const person = who.uid === 0 ? await prepareAsRoot(options) : await checkedUser(who);
    const script = rootlessScript(person.path);
    if (!script) throw new Error('dockerd-rootless.sh is not installed');
    const disks = await shareDisks(options, person);
    const engine = await steps.step('Rootless Docker engine', (say) =>
      startEngine({ places, person, script, disks, signal: options.signal }, say),
    );
    const found: Found = { kind: 'ours', address: places.address, facts: await engineFacts(places.address) };
    return { ok: true, found, engine };
  } catch (error) {
    options.signal.throwIfAborted();
    tellTail(error, steps);
    return { ok: false, reasons: [...before.reasons, inShort(error)] };
  }
}

const elsewhere =
  'this system cannot run a rootless engine by itself; SLIPWAY_ALLOW_ROOTFUL=1 allows its Docker, for one reader';

/** @returns where sized disks are to be made; undefined where they cannot be, which the doctor explains */
async function shareDisks({ places, who, steps }: BringUpOptions, person: Person): Promise<string | undefined> {
  if (await whyNoDisks(who.uid, person.path)) return undefined;
  const root = disksRoot(places);
  try {
    await shareDirectory(root, person);
    return root;
  } catch (error) {
    steps.note(`No sized disks: ${inShort(error)}`);
    tellTail(error, steps);
    return undefined;
  }
}

/** As root on Debian or Ubuntu: packages, device and system user, each only where it is missing. */
async function prepareAsRoot({ places, who, steps }: BringUpOptions): Promise<Person> {
  const path = widePath(who.env['PATH']);
  const missing = missingPackages(path);
  if (missing.length > 0) {
    if (!hasApt())
      throw new Error(`not installed: ${missing.join(', ')}; only Debian and Ubuntu are set up by themselves`);
    await mkdir(places.logs, { recursive: true });
    steps.note(`System packages are installed: ${missing.join(', ')}.`);
    await steps.step('System packages', (say) =>
      installPackages(missing, { log: join(places.logs, 'packages.log'), path }, say),
    );
  }
  await makeTunUsable(path);
  return ensureSystemUser(path);
}

/** As a plain user nothing is installed; what is missing is said as the lines to run. */
async function checkedUser(who: Self): Promise<Person> {
  const path = widePath(who.env['PATH']);
  const lines: string[] = [];
  const missing = missingPackages(path).filter((name) => name !== 'fuse-overlayfs');
  if (missing.length > 0) lines.push(`sudo apt-get install -y ${missing.join(' ')}`);
  const [uids, gids] = await Promise.all(['/etc/subuid', '/etc/subgid'].map(rangesIn));
  if (!hasRange(uids ?? [], who) || !hasRange(gids ?? [], who))
    lines.push(`sudo ${rangeCommand([...(uids ?? []), ...(gids ?? [])], who.name).join(' ')}`);
  if (!(await tunUsable())) lines.push(`sudo modprobe tun && sudo chmod 666 ${TUN}`);
  if (lines.length > 0) throw new Error(`to start a rootless engine for ${who.name}, run:\n  ${lines.join('\n  ')}`);
  return { name: who.name, uid: who.uid, gid: who.gid, path };
}
