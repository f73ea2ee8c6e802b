/** The rootless engine Slipway starts: a child that stops with its launcher, found again if the launcher was killed. */
import { spawn } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openDocker } from '../docker.ts';
import { Failure, inShort } from '../failure.ts';
import type { Places } from '../places.ts';
import type { Say } from '../progress/steps.ts';
import { makeDirectories } from './directories.ts';
import { engineSettings } from './engine-settings.ts';
import { logFileIn } from './log-file.ts';
import type { Person } from './person.ts';
import { alive, markOf, type ProcessMark } from './process-mark.ts';
import { busWanted, userBus, type Bus } from './user-bus.ts';

const START_WITHIN_MS = 40_000;
const STOP_WITHIN_MS = 25_000;

const mark = z.object({ pid: z.number(), started: z.string() });
/** Who runs the engine and who started it. */
const record = z.object({ engine: mark, launcher: mark });

/** An engine this launcher has to stop. */
export type OwnEngine = {
  stop(): Promise<void>;
  /** How it ended; never for one that was taken over, whose end cannot be heard of. */
  ended: Promise<string>;
};

/**
 * Starts the engine as a person and waits until it answers.
 * @param options disks: where sized disks are made that its sessions can see, if anywhere
 * @throws Failure with the last lines of its log when it ends or does not answer in time
 */
export async function startEngine(
  options: { places: Places; person: Person; script: string; disks: string | undefined; signal: AbortSignal },
  say: Say,
): Promise<OwnEngine> {
  const { places, person, script, disks, signal } = options;
  await stopLeftOver(places);
  await makeDirectories(places, person);
  const bus = busWanted() ? await userBus(person) : undefined;
  await writeFile(places.engineSettings, engineSettings(places, busWanted() && !bus, disks));
  const logFile = await logFileIn(places.logs, 'engine');
  const log = openSync(logFile, 'a');
  const child = spawn(script, ['--config-file', places.engineSettings], {
    ...(process.getuid?.() === person.uid ? {} : { uid: person.uid, gid: person.gid }),
    env: engineEnvironment(places, person, bus),
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, by) => resolve(`it ended with ${code ?? by ?? ''}`));
  });
  const started = child.pid === undefined ? undefined : markOf(child.pid);
  if (!started) throw new Error(`the engine did not start: ${await ended}`);
  child.unref();
  await writeRecord(places, started);
  const own: OwnEngine = {
    ended,
    stop: async () => {
      await stopProcess(started, places);
      await bus?.close();
    },
  };
  try {
    await answering(places.address, ended, signal, say);
  } catch (error) {
    await own.stop();
    const tail = (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-12);
    signal.throwIfAborted();
    throw new Failure(`${inShort(error)}; its log is ${logFile}`, tail, { cause: error });
  }
  return own;
}

/** Takes over an engine whose launcher was killed; undefined when somebody else stops it. */
export async function adoptEngine(places: Places): Promise<OwnEngine | undefined> {
  const left = await readRecord(places);
  if (!left || !alive(left.engine) || alive(left.launcher)) return undefined;
  await writeRecord(places, left.engine);
  return { stop: () => stopProcess(left.engine, places), ended: new Promise<never>(() => undefined) };
}

/** Ends an engine of an earlier launcher that is there and does not answer. */
async function stopLeftOver(places: Places): Promise<void> {
  const left = await readRecord(places);
  if (left && alive(left.engine)) await stopProcess(left.engine, places);
  // Its process number may belong to another process now, which would keep the engine from starting.
  await rm(join(places.runtime, 'docker.pid'), { force: true });
}

async function stopProcess(engine: ProcessMark, places: Places): Promise<void> {
  if (alive(engine)) process.kill(engine.pid, 'SIGTERM');
  const until = Date.now() + STOP_WITHIN_MS;
  while (alive(engine) && Date.now() < until) await sleep(50);
  if (alive(engine)) process.kill(-engine.pid, 'SIGKILL');
  await rm(places.engineRecord, { force: true });
}

async function answering(address: string, ended: Promise<string>, signal: AbortSignal, say: Say): Promise<void> {
  const docker = openDocker(address, 2_000);
  const until = Date.now() + START_WITHIN_MS;
  say('waiting for it to answer');
  while (Date.now() < until) {
    signal.throwIfAborted();
    if (
      await docker.ping().then(
        () => true,
        () => false,
      )
    )
      return;
    const over = await Promise.race([ended, sleep(100, '')]);
    if (over) throw new Error(`the engine did not start: ${over}`);
  }
  throw new Error(`the engine did not answer within ${START_WITHIN_MS / 1000} s`);
}

function engineEnvironment(places: Places, person: Person, bus: Bus | undefined): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(https?_proxy|no_proxy|ssl_cert_(file|dir))$/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: places.home,
    USER: person.name,
    LANG: 'C.UTF-8',
    PATH: person.path,
    XDG_RUNTIME_DIR: places.runtime,
    ...(bus ? { DBUS_SESSION_BUS_ADDRESS: bus.address } : {}),
  };
}

async function readRecord(places: Places): Promise<z.infer<typeof record> | undefined> {
  try {
    return record.parse(JSON.parse(await readFile(places.engineRecord, 'utf8')));
  } catch {
    return undefined;
  }
}

async function writeRecord(places: Places, engine: ProcessMark): Promise<void> {
  await writeFile(places.engineRecord, JSON.stringify({ engine, launcher: markOf(process.pid) }));
}
