/** What host tests begin with and leave nothing of: a gateway of their own, and a reader in a session that is ready. */
import { afterAll, beforeAll } from 'vitest';
import { Gateway } from './gateway.ts';
import { dockerHost } from './host.ts';
import { removeSessions } from '../../sandbox/host/launch/clean-up.ts';
import { Reader } from '../../verify/reader.ts';

export class Own {
  readonly docker = dockerHost();
  gateway!: Gateway;
  reader!: Reader;

  /** @param env settings that the tests are about */
  async open(env: Record<string, string> = {}): Promise<void> {
    this.gateway = await Gateway.start(env);
  }

  /** Connects the reader. */
  async enter(): Promise<void> {
    this.reader = new Reader(this.gateway.origin);
    await this.reader.connect();
    await this.reader.engineReady();
  }

  async leave(): Promise<void> {
    await this.reader[Symbol.asyncDispose]();
  }

  async close(): Promise<void> {
    await this.gateway[Symbol.asyncDispose]();
    await removeSessions(this.docker, this.gateway.instance);
  }
}

/** A gateway for the tests of a file. @param env settings that they are about */
export function ownGateway(env: Record<string, string> = {}): Own {
  const own = new Own();
  beforeAll(() => own.open(env));
  afterAll(() => own.close());
  return own;
}

/** A gateway and a reader in a ready session, for the tests of a file. @param env settings that they are about */
export function ownReader(env: Record<string, string> = {}): Own {
  const own = ownGateway(env);
  beforeAll(() => own.enter());
  afterAll(() => own.leave());
  return own;
}
