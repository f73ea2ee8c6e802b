/** Containers of an image and how they ended: those there are, and those that removed themselves while somebody followed. */
import { z } from 'zod';
import type { EngineApi } from './api.ts';
import type { EngineEvent } from './events.ts';
import { FrameSplitter } from './frames.ts';
import type { Images } from './images.ts';
import { listOf } from './list-of.ts';

export interface ContainerOutcome {
  /** The image as it was named when the container was made. */
  image: string;
  /** Empty when it cannot be told any more. */
  imageId: string;
  running: boolean;
  exitCode?: number;
  /** The last 16 KiB that it wrote; undefined when they cannot be had, as when it is gone (`--rm`). */
  output?: string;
}

/** The newest containers are looked at, and of an image the newest are given. */
const LISTED_MOST = 60;
const GIVEN_MOST = 8;
const OUTPUT_MOST = 16 * 1024;
const LOGS_MOST = 1024 * 1024;
const LOGS_MS = 5_000;
const REMEMBERED_MOST = 100;

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const listed = listOf(z.object({ Id: hex, Created: z.number() }), LISTED_MOST);
const inspected = z.object({
  Id: hex,
  Image: z.string().max(80),
  State: z.object({ Status: z.string(), Running: z.boolean(), ExitCode: z.number().int(), FinishedAt: z.string() }),
  Config: z.object({ Image: z.string().max(300), Tty: z.boolean().optional() }),
});
type Inspected = z.infer<typeof inspected>;
type Seen = ContainerOutcome & { id: string; at: number };

export class Containers {
  readonly #api: EngineApi;
  readonly #images: Images;
  /** Those whose events were seen, by id. */
  readonly #seen = new Map<string, Seen>();
  /** What ended containers wrote, by id and end. */
  readonly #outputs = new Map<string, string | undefined>();

  constructor(api: EngineApi, images: Images) {
    this.#api = api;
    this.#images = images;
  }

  /** Remembers what a container's event says of it: `start` names its image, `die` its exit code. */
  hear(event: EngineEvent): void {
    const { id, action, at, image, exitCode } = event;
    const known = this.#seen.get(id);
    if (action === 'start' && image !== undefined) {
      const seen: Seen = { id, at, image, imageId: '', running: true };
      this.#seen.delete(id);
      this.#seen.set(id, seen);
      const oldest = this.#seen.keys().next().value;
      if (this.#seen.size > REMEMBERED_MOST && oldest !== undefined) this.#seen.delete(oldest);
      // The event does not say it; by the time it is needed the container may be gone, and the name another image's.
      void this.#images.idOf(image).then(
        (imageId) => (seen.imageId = imageId ?? ''),
        () => undefined,
      );
    } else if (action === 'die' && known) {
      known.running = false;
      if (exitCode !== undefined) known.exitCode = exitCode;
    }
  }

  /** Containers that were started from an image of this name, newest first. */
  async of(image: string): Promise<ContainerOutcome[]> {
    const wanted = withTag(image);
    const list = (await this.#api.get(`/containers/json?all=1&limit=${LISTED_MOST}`, listed)) ?? [];
    const all = await Promise.all(
      list.map(async ({ Id, Created }) => {
        const found = await this.#api.get(`/containers/${Id}/json`, inspected);
        return found && { ...found, at: Created * 1000 };
      }),
    );
    const there = all
      .filter((one) => one !== undefined)
      .filter(({ Config, State }) => withTag(Config.Image) === wanted && State.Status !== 'created')
      .slice(0, GIVEN_MOST);
    const outcomes = await Promise.all(there.map(async (one) => ({ at: one.at, ...(await this.#outcome(one)) })));
    const ids = new Set(all.map((one) => one?.Id));
    const gone = [...this.#seen.values()].filter((one) => !ids.has(one.id) && withTag(one.image) === wanted);
    return [...outcomes, ...gone.map((one) => ({ ...outcomeOf(one), at: one.at }))]
      .sort((a, b) => b.at - a.at)
      .slice(0, GIVEN_MOST)
      .map(outcomeOf);
  }

  async #outcome({ Id, Image, State, Config }: Inspected): Promise<ContainerOutcome> {
    const outcome = { image: Config.Image, imageId: Image, running: State.Running };
    if (State.Running) return outcome;
    const output = await this.#outputOf(Id, State.FinishedAt, Config.Tty ?? false);
    return { ...outcome, exitCode: State.ExitCode, ...(output === undefined ? {} : { output }) };
  }

  async #outputOf(id: string, end: string, terminal: boolean): Promise<string | undefined> {
    const key = `${id} ${end}`;
    if (this.#outputs.has(key)) return this.#outputs.get(key);
    const output = await this.#read(id, terminal);
    if (this.#outputs.size >= REMEMBERED_MOST) this.#outputs.clear();
    this.#outputs.set(key, output);
    return output;
  }

  /** Reads the newest lines of a container's log; undefined when the engine does not give them. */
  async #read(id: string, terminal: boolean): Promise<string | undefined> {
    try {
      const signal = AbortSignal.timeout(LOGS_MS);
      const answer = await this.#api.open(`/containers/${id}/logs?stdout=1&stderr=1&tail=500`, signal);
      if (!answer) return undefined;
      let tail = Buffer.alloc(0);
      const keep = (bytes: Buffer) => (tail = Buffer.concat([tail, bytes]).subarray(-OUTPUT_MOST));
      const frames = new FrameSplitter((_, bytes) => keep(bytes));
      let left = LOGS_MOST;
      for await (const piece of answer as AsyncIterable<Buffer>) {
        if ((left -= piece.length) < 0) break;
        if (terminal) keep(piece);
        else frames.push(piece);
      }
      return tail.toString();
    } catch {
      return undefined;
    }
  }
}

function outcomeOf({ image, imageId, running, exitCode, output }: ContainerOutcome): ContainerOutcome {
  return {
    image,
    imageId,
    running,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(output === undefined ? {} : { output }),
  };
}

/** `name` stands for `name:latest`. */
function withTag(image: string): string {
  const name = image.replace(/^docker\.io\/(library\/)?/, '');
  return /[:@][^/]*$/.test(name) ? name : `${name}:latest`;
}
