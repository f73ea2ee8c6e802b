/** Where the host's things are kept, by who is running and which state directory was chosen. */
import { createHash } from 'node:crypto';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';

/** Who is running, and what of their environment decides where things are. */
export type Self = { uid: number; gid: number; name: string; home: string; env: NodeJS.ProcessEnv };

export type Places = Readonly<{
  state: string;
  /** Downloads that are kept. */
  cache: string;
  logs: string;
  /** The engine's data, its settings, and who started it. */
  engine: string;
  engineSettings: string;
  engineRecord: string;
  /** The home directory the engine runs with. */
  home: string;
  /** The gateway's own copy of the project, when it runs as another user. */
  app: string;
  /** The engine's XDG_RUNTIME_DIR; its address. */
  runtime: string;
  address: string;
}>;

export function self(): Self {
  const { uid, gid, username } = userInfo();
  return { uid, gid, name: username, home: homedir(), env: process.env };
}

/** Where the launcher writes what kept it from bringing a host up, for the gateway to tell. */
export function troubleFile(state: string): string {
  return join(state, 'no-host.txt');
}

/** Two state directories never share a runtime directory. */
export function placesOf(config: Pick<Config, 'state'>, who: Self): Places {
  const root = who.uid === 0;
  const usual = root
    ? '/var/lib/slipway'
    : join(who.env['XDG_STATE_HOME'] ?? join(who.home, '.local/state'), 'slipway');
  const state = config.state ?? usual;
  const name = state === usual ? 'slipway' : `slipway-${createHash('sha256').update(state).digest('hex').slice(0, 8)}`;
  const base = root ? '/run' : (who.env['XDG_RUNTIME_DIR'] ?? `/tmp/slipway-${who.uid}`);
  const runtime = join(base, name);
  return Object.freeze({
    state,
    cache: join(state, 'cache'),
    logs: join(state, 'log'),
    engine: join(state, 'docker'),
    engineSettings: join(state, 'daemon.json'),
    engineRecord: join(state, 'engine.json'),
    home: join(state, 'home'),
    app: join(state, 'app'),
    runtime,
    address: `unix://${runtime}/docker.sock`,
  });
}
