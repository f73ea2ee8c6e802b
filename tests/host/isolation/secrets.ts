/** What only a victim knows. */
import { randomBytes } from 'node:crypto';

/** By where they are kept: an attacker whose output holds one has been there. */
export const SECRETS = [
  ...(['argv', 'environment', 'memory', 'home', 'socket', 'tcp', 'udp', 'abstract'] as const),
  ...(['shm', 'message', 'mq', 'devshm'] as const),
  ...([
    'host-file',
    'host-loopback',
    'host-address',
    'host-abstract',
    'engine-abstract',
    'engine-address',
    'private-address',
  ] as const),
] as const;
export type Secret = (typeof SECRETS)[number];

export type Secrets = Readonly<Record<Secret, string>>;

export const newSecrets = (): Secrets =>
  Object.fromEntries(SECRETS.map((kind) => [kind, `${kind}-${randomBytes(16).toString('hex')}`])) as Secrets;
