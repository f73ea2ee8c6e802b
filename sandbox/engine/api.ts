/** Docker's API of a reader's engine, asked with bounds: who answers is the reader's own process, and may be any program. */
import { request, type Agent, type IncomingMessage } from 'node:http';
import type { z } from 'zod';
import { parseJson } from './json.ts';

const ANSWER_MS = 10_000;
const ANSWER_MOST = 4 * 1024 * 1024;

/** The engine said something other than was asked for. */
export class EngineAnswer extends Error {}

export class EngineApi implements Disposable {
  readonly #agent: Agent;

  /** @param agent makes the connections, and ends with this object */
  constructor(agent: Agent) {
    this.#agent = agent;
  }

  /**
   * @returns the answer, or undefined when there is no such thing
   * @throws EngineAnswer when it is none of the shape, too long, too late or an error; what a connection throws
   */
  async get<T>(path: string, shape: z.ZodType<T>): Promise<T | undefined> {
    const answer = await this.open(path, AbortSignal.timeout(ANSWER_MS));
    if (!answer) return undefined;
    const pieces: Buffer[] = [];
    let left = ANSWER_MOST;
    for await (const piece of answer as AsyncIterable<Buffer>) {
      if ((left -= piece.length) < 0) throw new EngineAnswer(`the engine's answer is longer than ${ANSWER_MOST} bytes`);
      pieces.push(piece);
    }
    const parsed = shape.safeParse(parseJson(Buffer.concat(pieces).toString()));
    if (!parsed.success) throw new EngineAnswer('the engine answered something else than was asked for');
    return parsed.data;
  }

  /**
   * Opens an answer that is read as it comes.
   * @param signal ends it, at any time
   * @returns undefined when there is no such thing
   * @throws EngineAnswer for any status but 200 and 404; what a connection throws
   */
  async open(path: string, signal: AbortSignal): Promise<IncomingMessage | undefined> {
    const answer = await this.#ask(path, signal);
    if (answer.statusCode === 200) return answer;
    answer.destroy();
    if (answer.statusCode === 404) return undefined;
    throw new EngineAnswer(`the engine answered ${String(answer.statusCode)}`);
  }

  /** A connection that was kept may have ended with the engine it led to; then another is asked. */
  async #ask(path: string, signal: AbortSignal, isAgain = false): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const options = { host: 'engine', path, agent: this.#agent, signal };
    // An answer nobody can use, such as an upgrade, ends a request without an error.
    const ended = () => reject(new EngineAnswer('the engine ended the connection'));
    const asked = request(options, resolve).on('error', reject).on('close', ended);
    asked.end();
    try {
      return await promise;
    } catch (error) {
      if (isAgain || !asked.reusedSocket || signal.aborted) throw error;
      return this.#ask(path, signal, true);
    }
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
