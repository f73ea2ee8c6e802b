/** A reader at work: a session, a terminal to type in, and the questions a page asks of the sandbox. */
import type { Check, CheckResult } from '../sandbox/protocol/checks.ts';
import type { Build, ImageSummary, Layer } from '../sandbox/protocol/evidence.ts';
import type { ServerMessage } from '../sandbox/protocol/messages.ts';
import type { Preparation } from '../src/course/start-state.ts';
import { Reader } from './reader.ts';
import { COLS, ROWS } from './screen.ts';
import { Typist } from './typist.ts';

const ANSWER_MS = 30_000;
/** Milliseconds in which checks must have been judged at first. */
const JUDGED_MS = 10_000;

export class Desk implements AsyncDisposable {
  readonly reader: Reader;
  readonly typist: Typist;
  #asks = 0;

  private constructor(reader: Reader, typist: Typist) {
    this.reader = reader;
    this.typist = typist;
  }

  /** Opens a session of its own and waits until its shell and engine are ready. @param origin of the site */
  static async open(origin: string): Promise<Desk> {
    const reader = new Reader(origin);
    const desk = new Desk(reader, new Typist(reader));
    try {
      await reader.connect({ cols: COLS, rows: ROWS });
      await desk.typist.ready();
      await reader.engineReady(120_000);
      return desk;
    } catch (error) {
      await desk[Symbol.asyncDispose]();
      throw error;
    }
  }

  /**
   * Has the sandbox put files and images in place.
   * @param says told what is being done
   * @throws Error when it fails, or is not done in time
   */
  async prepare({ files, steps }: Preparation, withinMs: number, says: (line: string) => void): Promise<void> {
    if (files.length === 0 && steps.length === 0) return;
    const ask = ++this.#asks;
    this.reader.send({ type: 'prepare', ask, files, steps, overwrite: true });
    const end = await this.reader.until('end of the preparation', withinMs, () => {
      const all = this.#taken('prepared').filter((message) => message.ask === ask);
      for (const { says: line } of all) if (line !== undefined) says(line);
      return all.find(({ state }) => state !== 'working');
    });
    if (end.state !== 'done') throw new Error(`preparation ${end.state}: ${end.says ?? ''}`);
  }

  /** Has checks watched from now on, in place of those before. @returns how they stand at first, once each has been judged or time is up */
  async watch(checks: readonly Check[]): Promise<CheckResult[]> {
    // Once it has told of no check, what it tells of is these.
    for (const list of [[], checks]) {
      this.#watched = list;
      this.#ask();
      await this.reader.until('checks', ANSWER_MS, () => this.#checks()?.length === list.length || undefined);
    }
    return this.results(JUDGED_MS, ({ verdict }) => verdict !== 'unknown');
  }

  /** Asks again, as a page does when a command has ended, and waits until images, builds and checks have been told and no build is under way. */
  async lookAgain(): Promise<void> {
    this.#taken('images');
    this.#taken('builds');
    this.#ask();
    await this.reader.until('news of images, builds and checks', ANSWER_MS, () => {
      const told = this.#told('images') && this.#told('builds') && this.#checks() !== undefined;
      return told || undefined;
    });
    await this.reader.until('the end of all builds', ANSWER_MS, () => {
      this.catchUp();
      return [...this.builds.values()].every(({ state }) => state !== 'running') || undefined;
    });
  }

  /** How the checks stand when all are as wanted, or when time is up. */
  async results(ms: number, wanted: (result: CheckResult) => boolean): Promise<CheckResult[]> {
    const asWanted = () => this.#checks()?.every(wanted) === true || undefined;
    await this.reader.until('checks as wanted', ms, asWanted).catch((error: unknown) => {
      if (this.reader.lost !== undefined) throw error;
    });
    return this.#checks() ?? [];
  }

  /** The reader's images with names, as the sandbox told last. */
  images: readonly ImageSummary[] = [];
  /** All builds it has told of, by ref, in the order they began. */
  readonly builds = new Map<string, Build>();

  /** Takes in what the sandbox has told of images and builds. */
  catchUp(): void {
    this.images = this.#taken('images').at(-1)?.images ?? this.images;
    for (const { builds } of this.#taken('builds'))
      for (const build of builds.toReversed()) this.builds.set(build.ref, build);
  }

  /** @throws Error when there is no such image, or no answer */
  async layers(image: string): Promise<Layer[]> {
    const ask = ++this.#asks;
    this.reader.send({ type: 'layers', ask, image });
    const answer = await this.reader.until(`layers of ${image}`, ANSWER_MS, () =>
      this.#taken('layers').find((message) => message.ask === ask),
    );
    if (!answer.layers) throw new Error(`no layers of ${image}: ${answer.why ?? ''}`);
    return answer.layers;
  }

  /** Gives the session back. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.reader.cookie) await this.reader.end().catch(() => undefined);
    await this.reader[Symbol.asyncDispose]();
  }

  #standing: CheckResult[] | undefined;
  #watched: readonly Check[] = [];

  #ask(): void {
    this.#taken('checks');
    this.#standing = undefined;
    this.reader.send({ type: 'watch', checks: [...this.#watched] });
  }

  #told(type: ServerMessage['type']): boolean {
    return this.reader.messages.some((message) => message.type === type);
  }

  /** How the watched checks stand, as the sandbox told last. */
  #checks(): CheckResult[] | undefined {
    this.#standing = this.#taken('checks').at(-1)?.results ?? this.#standing;
    return this.#standing;
  }

  /** All messages of a type that have not been taken yet. */
  #taken<T extends ServerMessage['type']>(type: T): Extract<ServerMessage, { type: T }>[] {
    const { messages } = this.reader;
    const is = (message: ServerMessage): message is Extract<ServerMessage, { type: T }> => message.type === type;
    const taken = messages.filter(is);
    const rest = messages.filter((message) => !is(message));
    messages.splice(0, messages.length, ...rest);
    return taken;
  }
}
