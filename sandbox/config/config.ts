/** Environment → one frozen, checked Config. Junk is refused by name; nothing is guessed. */
import { environment } from './env.ts';
import { localOrigins } from './origins.ts';

export type Config = Readonly<{
  host: string;
  port: number;
  /** Exactly these origins may open a session. */
  origins: readonly string[];
  /** False when `origins` are only this machine's own names. */
  originsGiven: boolean;
  trustProxy: number;
  /** Undefined: the host room chooses by who is running. */
  state: string | undefined;
  instance: string;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  dockerHost: string | undefined;
  allowRootful: boolean;
  /** The launcher started this process: it ends when its standard input does. */
  supervised: boolean;
  limits: Readonly<{
    sessions: number;
    sessionsPerAddress: number;
    idleSeconds: number;
    lifetimeSeconds: number;
    memoryBytes: number;
    cpus: number;
    pids: number;
    diskBytes: number;
    images: number;
    containers: number;
    outputBytes: number;
    networkBytes: number;
    extendSeconds: number;
    extendMostSeconds: number;
  }>;
  pool: Readonly<{ initial: number; reserve: number; max: number }>;
  /** 0: engines are never put to sleep. */
  engineIdleSeconds: number;
  egress: Readonly<{ mode: 'open' | 'list' | 'none'; allow: readonly string[] }>;
  access: 'local' | 'open';
  /** Limits that strangers are let in without. */
  unenforced: readonly string[];
  /** 0: no metrics are served. */
  metricsPort: number;
  debianMirror: string;
  goProxy: string;
}>;

const MIB = 1024 * 1024;

/** Start is refused: the variable's name, what was read, what is allowed. */
export class ConfigError extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigError';
  }
}

/**
 * Reads and checks the environment.
 * @throws ConfigError naming every variable that cannot be used
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const unknown = Object.keys(set).filter((key) => key.startsWith('SLIPWAY_') && !(key in environment.shape));
  const parsed = environment.safeParse(set);
  const lines = unknown.map((key) => `${key}: no such setting; known are ${known.join(', ')}`);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const key = String(issue.path[0]);
      lines.push(`${key}: read ${JSON.stringify(set[key])}; ${issue.message}`);
    }
  }
  if (!parsed.success || lines.length > 0) throw new ConfigError(lines);
  const e = parsed.data;
  return Object.freeze({
    host: e.HOST,
    port: e.PORT,
    origins: Object.freeze(e.SLIPWAY_ORIGIN ?? localOrigins(e.HOST, e.PORT)),
    originsGiven: e.SLIPWAY_ORIGIN !== undefined,
    trustProxy: e.SLIPWAY_TRUST_PROXY,
    state: e.SLIPWAY_STATE,
    instance: e.SLIPWAY_INSTANCE,
    logLevel: e.SLIPWAY_LOG,
    dockerHost: e.DOCKER_HOST,
    allowRootful: e.SLIPWAY_ALLOW_ROOTFUL,
    supervised: e.SLIPWAY_SUPERVISED,
    limits: Object.freeze({
      sessions: e.SLIPWAY_MAX_SESSIONS,
      sessionsPerAddress: e.SLIPWAY_SESSIONS_PER_ADDRESS,
      idleSeconds: e.SLIPWAY_IDLE_SECONDS,
      lifetimeSeconds: e.SLIPWAY_LIFETIME_SECONDS,
      memoryBytes: e.SLIPWAY_MEMORY_MB * MIB,
      cpus: e.SLIPWAY_CPUS,
      pids: e.SLIPWAY_PIDS,
      diskBytes: e.SLIPWAY_DISK_MB * MIB,
      images: e.SLIPWAY_IMAGES,
      containers: e.SLIPWAY_CONTAINERS,
      outputBytes: e.SLIPWAY_OUTPUT_MB * MIB,
      networkBytes: e.SLIPWAY_EGRESS_MB * MIB,
      extendSeconds: e.SLIPWAY_EXTEND_SECONDS,
      extendMostSeconds: e.SLIPWAY_EXTEND_MOST_SECONDS,
    }),
    pool: Object.freeze({
      initial: e.SLIPWAY_POOL_INITIAL,
      reserve: e.SLIPWAY_POOL_RESERVE,
      max: e.SLIPWAY_POOL_MAX,
    }),
    engineIdleSeconds: e.SLIPWAY_ENGINE_IDLE_SECONDS,
    egress: Object.freeze({ mode: e.SLIPWAY_EGRESS, allow: Object.freeze(e.SLIPWAY_EGRESS_ALLOW) }),
    access: e.SLIPWAY_ACCESS,
    unenforced: Object.freeze(e.SLIPWAY_UNENFORCED),
    metricsPort: e.SLIPWAY_METRICS_PORT,
    debianMirror: e.SLIPWAY_DEBIAN_MIRROR.replace(/\/$/, ''),
    goProxy: e.SLIPWAY_GO_PROXY.replace(/\/$/, ''),
  });
}

const known = Object.keys(environment.shape).filter((key) => key.startsWith('SLIPWAY_'));

/**
 * Reads the environment for a program that starts.
 * @param refuse told in words, once, why it does not start
 * @returns undefined when it was refused
 */
export function configOr(
  env: Readonly<Record<string, string | undefined>>,
  refuse: (words: string) => void,
): Config | undefined {
  try {
    return readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    refuse(`Slipway does not start with these settings:\n${error.message}`);
    return undefined;
  }
}
