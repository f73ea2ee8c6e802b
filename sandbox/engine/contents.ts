/** What is in images and in the workspace, told by a program in the session: its answer is the reader's word. */
import type { Container } from 'dockerode';
import { z } from 'zod';
import { ENTRIES_MOST, LAYERS_MOST, type Layer } from '../protocol/evidence.ts';
import { LIB } from '../world/shape.ts';
import { EngineAnswer } from './api.ts';
import { run } from './exec.ts';
import { instructionOf } from './instruction.ts';
import { parseJson } from './json.ts';
import { listOf } from './list-of.ts';
import { paceOf } from './pace.ts';
import { shown } from './shown.ts';

/** sandbox/world/contents: it ends by itself within 6 s, and says so when that was not enough. */
const PROGRAM = `${LIB}/contents`;
const GIVEN_UP_MS = 10_000;
/** The exit code for: there is no such thing. */
const NONE = 3;
const FILE_MOST = 256 * 1024;
const ANSWER_MOST = 1024 * 1024;
/** Images whose layers are kept: an id names its contents. */
const KEPT = 16;

/** A text that was found, and the path in a layer where: without a leading slash. */
export type TextFound = { text: string; path: string };

/** Where a build's context and Dockerfile were, as absolute paths or addresses. */
export type BuildPlace = { context: string; dockerfile: string };

const bytes = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const layersAnswer = z.object({
  layers: listOf(
    z.object({
      createdBy: z.string(),
      bytes,
      files: z.number().int().min(0),
      largest: listOf(z.object({ path: z.string(), bytes, folder: z.boolean() }), ENTRIES_MOST),
    }),
    1000,
  ).nullable(),
});
const findAnswer = z.object({ paths: listOf(z.string().max(4096), 1000), incomplete: z.boolean() });
const textAnswer = z.object({
  found: listOf(z.object({ text: z.string().max(1000), path: z.string().max(4096) }), 100),
  incomplete: z.boolean(),
});
const placesAnswer = listOf(
  z.object({ ref: z.string().max(100), context: z.string().max(4096), dockerfile: z.string().max(4096) }),
  100,
);

export class Contents {
  readonly #container: Container;
  readonly #layers = new Map<string, Promise<Layer[] | undefined>>();

  /** @param container the session's container on the host */
  constructor(container: Container) {
    this.#container = container;
  }

  /**
   * An image's history with what is in each layer, oldest first.
   * @param id sha256:… of the image
   */
  layers(id: string): Promise<Layer[] | undefined> {
    const known = this.#layers.get(id);
    if (known) return known;
    if (this.#layers.size >= KEPT) this.#layers.clear();
    const asked = this.#askLayers(id);
    this.#layers.set(id, asked);
    const forget = () => this.#layers.delete(id);
    asked.then((layers) => layers ?? forget(), forget);
    return asked;
  }

  /** @throws EngineAnswer when there are too many files to look through */
  async find(id: string, globs: readonly string[]): Promise<string[]> {
    const answer = await this.#ask(['find', id, ...globs], findAnswer);
    if (answer?.incomplete) throw new EngineAnswer('the image has too many files to look through');
    return (answer?.paths ?? []).map((path) => shown(path));
  }

  /** @throws EngineAnswer when there are too many files to look through and the texts were not found in some */
  async textIn(id: string, texts: readonly string[]): Promise<TextFound[]> {
    const answer = await this.#ask(['text', id, ...texts], textAnswer);
    if (answer?.incomplete) throw new EngineAnswer('the image has too many files to look through');
    return (answer?.found ?? [])
      .filter(({ text }) => texts.includes(text))
      .map(({ text, path }) => ({ text, path: shown(path) }));
  }

  /** A workspace file of at most 256 KiB as text; undefined when there is none. */
  async readFile(path: string): Promise<string | undefined> {
    return (await this.#run(['read', path], FILE_MOST))?.toString();
  }

  /** Where the newest builds came from, by their references, as far as buildx has written it down. */
  async buildPlaces(): Promise<Map<string, BuildPlace>> {
    const places = await this.#ask(['builds'], placesAnswer);
    return new Map((places ?? []).map(({ ref, ...place }) => [ref, place]));
  }

  async #askLayers(id: string): Promise<Layer[] | undefined> {
    const answer = await this.#ask(['layers', id], layersAnswer);
    return answer?.layers?.slice(-LAYERS_MOST).map(({ createdBy, largest, ...layer }) => ({
      ...layer,
      instruction: shown(instructionOf(createdBy)),
      largest: largest.slice(0, ENTRIES_MOST).map((entry) => ({ ...entry, path: shown(entry.path) })),
    }));
  }

  async #ask<T>(words: readonly string[], shape: z.ZodType<T>): Promise<T | undefined> {
    const text = await this.#run(words, ANSWER_MOST);
    if (!text) return undefined;
    const parsed = shape.safeParse(parseJson(text.toString()));
    if (!parsed.success) throw new EngineAnswer('what is in the image could not be told');
    return parsed.data;
  }

  async #run(words: readonly string[], limit: number): Promise<Buffer | undefined> {
    const signal = AbortSignal.timeout(GIVEN_UP_MS);
    const { code, stdout, stderr } = await run(this.#container, [PROGRAM, ...words], {
      pace: paceOf(this.#container),
      signal,
      limit,
    });
    if (code === NONE) return undefined;
    if (code !== 0) throw new EngineAnswer(`what is in the session could not be told: ${shown(stderr.trim())}`);
    return stdout;
  }
}
