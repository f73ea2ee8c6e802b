/** One look at a session's state: each thing is asked for once however many checks need it. What is in an image is kept by its id. */
import type { ContainerOutcome, EngineView, ImageDetails, TextFound } from '../engine/view.ts';
import { IMAGES_MOST, type Build, type ImageSummary } from '../protocol/evidence.ts';
import { Unjudgeable, type Judged } from './verdict.ts';

/** Answers kept for a session. */
const KEPT = 64;

/** What was found in images: an id names its contents, so it stays true. */
export class Findings {
  readonly #known = new Map<string, Promise<unknown>>();

  /** Gives what is known under a key, or asks; an answer that failed is not kept. */
  of<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.#known.get(key) as Promise<T> | undefined;
    if (known) return known;
    const oldest = this.#known.keys().next().value;
    if (this.#known.size >= KEPT && oldest !== undefined) this.#known.delete(oldest);
    const asked = ask();
    this.#known.set(key, asked);
    asked.catch(() => this.#known.delete(key));
    return asked;
  }
}

/** What stands in the way of judging, in words for the reader. */
export type Obstacles = {
  engine: string | undefined;
  builds: string | undefined;
  /** Whether nobody asks any more: nothing is opened then. */
  isOver: () => boolean;
};

export class Glance implements Judged {
  readonly #view: EngineView;
  readonly #findings: Findings;
  readonly #obstacles: Obstacles;
  readonly #others = new Map<string, Promise<ImageSummary | undefined>>();
  #list: Promise<ImageSummary[]> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  readonly #containers = new Map<string, Promise<ContainerOutcome[]>>();
  readonly #files = new Map<string, Promise<string | undefined>>();

  constructor(view: EngineView, findings: Findings, obstacles: Obstacles) {
    this.#view = view;
    this.#findings = findings;
    this.#obstacles = obstacles;
  }

  /** Images with names, newest first. */
  async images(): Promise<ImageSummary[]> {
    this.#need(this.#obstacles.engine);
    return (this.#list ??= this.#view.images());
  }

  async image(name: string): Promise<ImageSummary | undefined> {
    const list = await this.images();
    const found = list.find(({ tags }) => tags.includes(withTag(name)));
    if (found || !mayBeLeftOut(name, list)) return found;
    return once(this.#others, name, () => this.#oneByOne(() => this.#view.image(name)));
  }

  async details(name: string): Promise<ImageDetails | undefined> {
    const id = (await this.image(name))?.id;
    return id === undefined ? undefined : this.#findings.of(`details ${id}`, () => this.#view.image(id));
  }

  async find(name: string, globs: readonly string[]): Promise<string[]> {
    const id = (await this.image(name))?.id;
    if (id === undefined) return [];
    return this.#findings.of(JSON.stringify(['find', id, globs]), () => this.#view.find(id, globs));
  }

  async textIn(name: string, texts: readonly string[]): Promise<TextFound[]> {
    const id = (await this.image(name))?.id;
    if (id === undefined) return [];
    return this.#findings.of(JSON.stringify(['text', id, texts]), () => this.#view.textIn(id, texts));
  }

  async containers(image: string): Promise<ContainerOutcome[]> {
    this.#need(this.#obstacles.engine);
    return once(this.#containers, image, () => this.#view.containers(image));
  }

  builds(): readonly Build[] {
    this.#need(this.#obstacles.engine ?? this.#obstacles.builds);
    return this.#view.builds();
  }

  async readFile(path: string): Promise<string | undefined> {
    this.#need(undefined);
    return once(this.#files, path, () => this.#view.readFile(path));
  }

  /** Many questions at once would each open a connection of their own, which costs more than the answer. */
  #oneByOne<T>(ask: () => Promise<T>): Promise<T> {
    const asked = this.#last.then(ask, ask);
    this.#last = asked;
    return asked;
  }

  #need(obstacle: string | undefined): void {
    if (this.#obstacles.isOver()) throw new Unjudgeable('Nobody asks any more.');
    if (obstacle !== undefined) throw new Unjudgeable(obstacle);
  }
}

function once<T>(known: Map<string, Promise<T>>, key: string, ask: () => Promise<T>): Promise<T> {
  const asked = known.get(key) ?? ask();
  known.set(key, asked);
  return asked;
}

/** `name` stands for `name:latest`. */
function withTag(name: string): string {
  return /:[^/]*$/.test(name) ? name : `${name}:latest`;
}

/** Names of an image that the list gives at most. */
const TAGS_MOST = 8;

/** Whether there may be an image of a name that the list does not have: it was cut, or the list names it in a shorter way. */
function mayBeLeftOut(name: string, list: readonly ImageSummary[]): boolean {
  const cut = list.length >= IMAGES_MOST || list.some(({ tags }) => tags.length >= TAGS_MOST);
  return cut || name.startsWith('docker.io/') || name.startsWith('library/');
}
