/** What may be set from outside: every variable, its form, its default. Deciding is config.ts's work. */
import { isIP } from 'node:net';
import { z } from 'zod';
import { parseOrigins } from './origins.ts';

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `expected a whole number from ${min} to ${max}`);
const flag = z.enum(['0', '1'], 'expected 0 or 1').transform((v) => v === '1');
const name = z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'expected a name of a-z, 0-9 and -, at most 31 characters');
const listenHost = z
  .string()
  .refine(
    (h) => isIP(h) !== 0 || /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/i.test(h),
    'expected an IP address or a host name',
  );
const originList = z.string().transform((text, context) => {
  const parsed = parseOrigins(text);
  if (!('wrong' in parsed)) return parsed;
  context.addIssue({ code: 'custom', message: parsed.wrong });
  return z.NEVER;
});
const words = (one: RegExp, expected: string) =>
  z
    .string()
    .transform((text) => text.split(/\s+/).filter(Boolean))
    .refine((all) => all.every((word) => one.test(word)), expected);
const hostList = words(
  /^\.?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$/,
  'expected host names in lower case, separated by spaces',
);
const limitList = words(/^(memory|cpus|pids|disk|egress)$/, 'expected some of memory, cpus, pids, disk, egress');
const url = z.url({ protocol: /^https?$/, error: 'expected an http or https address' });

export const environment = z.object({
  /** Address and port the site is served on. */
  HOST: listenHost.default('127.0.0.1'),
  PORT: whole(1, 65_535).default(4321),
  /**
   * Origins readers come from, separated by spaces; left out: localhost and HOST at PORT.
   * A reverse proxy in front must pass the Host header on as the browser sent it.
   */
  SLIPWAY_ORIGIN: originList.optional(),
  /** How many reverse proxies of one's own stand in front; as many entries of X-Forwarded-For are believed. */
  SLIPWAY_TRUST_PROXY: whole(0, 8).default(0),
  /** Where the host's state is kept. */
  SLIPWAY_STATE: z.string().startsWith('/', 'expected an absolute path').optional(),
  /** Tells several installations on one Docker host apart. */
  SLIPWAY_INSTANCE: name.default('slipway'),
  SLIPWAY_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** An engine to use; only the unix scheme and ssh-less tcp of one's own are meaningful. */
  DOCKER_HOST: z
    .string()
    .regex(/^(unix|tcp):\/\/.+/, 'expected unix:///path or tcp://host:port')
    .optional(),
  SLIPWAY_ALLOW_ROOTFUL: flag.default(false),
  /** The site is built with what `npm run verify` has not measured yet marked as such; read by the build itself. */
  SLIPWAY_DRAFT: flag.default(false),
  /** Set by the launcher for the process it watches; not for people. */
  SLIPWAY_SUPERVISED: flag.default(false),
  SLIPWAY_MAX_SESSIONS: whole(1, 500).default(40),
  SLIPWAY_SESSIONS_PER_ADDRESS: whole(1, 500).default(40),
  /** Seconds a session lives with nobody connected, and at most. */
  SLIPWAY_IDLE_SECONDS: whole(1, 86_400).default(1_800),
  SLIPWAY_LIFETIME_SECONDS: whole(10, 604_800).default(28_800),
  /** Per session; enforced where the host has cgroup v2 with delegation. */
  SLIPWAY_MEMORY_MB: whole(256, 262_144).default(2_048),
  SLIPWAY_CPUS: whole(1, 256).default(2),
  SLIPWAY_PIDS: whole(64, 65_536).default(1_024),
  /** Bytes of disk, images and containers a session may have, and bytes its shells may print. */
  SLIPWAY_DISK_MB: whole(64, 1_048_576).default(6_144),
  SLIPWAY_IMAGES: whole(10, 100_000).default(200),
  SLIPWAY_CONTAINERS: whole(5, 100_000).default(50),
  SLIPWAY_OUTPUT_MB: whole(1, 1_048_576).default(32_768),
  /** Seconds that one extension adds to a session's lifetime, and that all of them may. */
  SLIPWAY_EXTEND_SECONDS: whole(60, 86_400).default(3_600),
  SLIPWAY_EXTEND_MOST_SECONDS: whole(0, 604_800).default(14_400),
  /** Sessions kept ready before anybody asks: at the start, always at least, and never more. */
  SLIPWAY_POOL_INITIAL: whole(0, 500).default(2),
  SLIPWAY_POOL_RESERVE: whole(0, 500).default(1),
  SLIPWAY_POOL_MAX: whole(0, 500).default(8),
  /** Seconds after which an engine nobody uses is stopped; the next use wakes it. 0: never. */
  SLIPWAY_ENGINE_IDLE_SECONDS: whole(0, 86_400).default(600),
  /** What sessions reach: everything the machine reaches, the hosts builds need, or nothing. */
  SLIPWAY_EGRESS: z.enum(['open', 'list', 'none'], 'expected open, list or none').default('list'),
  /** Hosts beside the list's own, separated by spaces; one that begins with a dot stands for all below it. */
  SLIPWAY_EGRESS_ALLOW: hostList.default([]),
  SLIPWAY_EGRESS_MB: whole(1, 1_048_576).default(4_096),
  /** `open`: strangers are let in, and what this host cannot enforce keeps Slipway from starting, unless it is named here. */
  SLIPWAY_ACCESS: z.enum(['local', 'open'], 'expected local or open').default('local'),
  SLIPWAY_UNENFORCED: limitList.default([]),
  /** Loopback port of /metrics; 0: none. */
  SLIPWAY_METRICS_PORT: whole(0, 65_535).default(9_464),
  /** Where stand-ins come from when no registry answers. */
  SLIPWAY_DEBIAN_MIRROR: url.default('http://deb.debian.org/debian'),
  SLIPWAY_GO_PROXY: url.default('https://proxy.golang.org'),
});
export type Environment = z.infer<typeof environment>;
