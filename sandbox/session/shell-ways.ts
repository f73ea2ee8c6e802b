/** The ways to a session's shell: the holder's call over the shared folder, or an exec of `holder attach` through the engine. */
import type { Container } from 'dockerode';
import type { Duplex } from 'node:stream';
import { execStream } from '../engine/exec.ts';
import { LIB } from '../world/shape.ts';
import { Link } from './link.ts';

const ATTACH = [`${LIB}/holder`, 'attach'];

/** Milliseconds a holder may take to call: the container is starting. */
const CALL_WITHIN_MS = 5_000;

export class ShellWays implements Disposable {
  readonly #container: Container;
  #link: Promise<Link | undefined>;

  /** @param folder the folder shared with the session, if there is one */
  constructor(container: Container, folder: string | undefined, now: () => number) {
    this.#container = container;
    this.#link = folder === undefined ? Promise.resolve(undefined) : Link.open(folder, now).catch(() => undefined);
  }

  /**
   * Opens the holder's protocol as a byte stream. A session that once did not call is reached through the engine from then on.
   * @throws what dockerode throws
   */
  async open(signal: AbortSignal): Promise<Duplex> {
    const link = await this.#link;
    if (link?.open) {
      try {
        return await link.take(AbortSignal.any([signal, AbortSignal.timeout(CALL_WITHIN_MS)]));
      } catch (error) {
        if (signal.aborted) throw error;
        this[Symbol.dispose]();
      }
    }
    return execStream(this.#container, ATTACH, { signal });
  }

  [Symbol.dispose](): void {
    void this.#link.then((link) => link?.[Symbol.dispose]());
    this.#link = Promise.resolve(undefined);
  }
}
