/** The images of a reader's engine. */
import { z } from 'zod';
import { IMAGES_MOST, NAME_MOST, type ImageSummary } from '../protocol/evidence.ts';
import { EngineAnswer, type EngineApi } from './api.ts';
import { listOf, textsByName } from './list-of.ts';
import { shown } from './shown.ts';

export interface ImageDetails extends ImageSummary {
  /** `NAME=value`, as the configuration has them. */
  env: string[];
  /** Oldest first. */
  history: { createdBy: string; bytes: number }[];
  labels: Record<string, string>;
}

/** What an image name may look like; a digest or an id will do. */
const NAME = /^[a-z0-9][a-z0-9._/:@-]{0,255}$/i;

/** Configurations kept: an id names its contents, so one is asked for once. */
const KEPT = 200;
const TAGS_MOST = 8;
const WORDS_MOST = 16;
/** Entries of a list of images, of words and of lines of history that are taken: more than any has. */
const LISTED_MOST = 10_000;
const ENTRIES_MOST = 5_000;
/** Characters of an image's configuration and history: they are kept while somebody watches. */
const DETAILS_MOST = 256 * 1024;

const bytes = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const id = z.string().regex(/^sha256:[0-9a-f]{64}$/);
const strings = listOf(z.string(), ENTRIES_MOST).nullish();

const listed = listOf(
  z.object({
    Id: id,
    RepoTags: strings,
    Size: bytes,
    Created: z
      .number()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER / 1000),
  }),
  LISTED_MOST,
);
const inspected = z.object({
  Id: id,
  RepoTags: strings,
  Size: bytes,
  Created: z.string().nullish(),
  Config: z
    .object({
      User: z.string().nullish(),
      Entrypoint: strings,
      Cmd: strings,
      Env: strings,
      Labels: textsByName.nullish(),
    })
    .nullish(),
});
type Inspected = z.infer<typeof inspected>;
const told = listOf(z.object({ CreatedBy: z.string(), Size: bytes }), ENTRIES_MOST);

export class Images {
  readonly #api: EngineApi;
  /** What is shown of them and no more: the rest is as long as a reader likes. */
  readonly #known = new Map<string, ImageSummary>();

  constructor(api: EngineApi) {
    this.#api = api;
  }

  /** Images with names, newest first, at most IMAGES_MOST. */
  async list(): Promise<ImageSummary[]> {
    const all = (await this.#api.get('/images/json', listed)) ?? [];
    const named = all
      .map((image) => ({ ...image, tags: tagsOf(image.RepoTags) }))
      .filter(({ tags }) => tags.length > 0)
      .sort((a, b) => b.Created - a.Created)
      .slice(0, IMAGES_MOST);
    const found = await Promise.all(
      named.map(async ({ Id, tags }) => {
        const image = await this.#summaryOf(Id);
        return image && { ...image, tags };
      }),
    );
    // One that is gone since it was listed has nothing to show.
    return found.filter((image) => image !== undefined).sort((a, b) => b.createdAt - a.createdAt);
  }

  /** @throws EngineAnswer also when it is longer than can be kept */
  async details(name: string): Promise<ImageDetails | undefined> {
    if (!NAME.test(name)) return undefined;
    const [image, history] = await Promise.all([
      this.#api.get(`/images/${name}/json`, inspected),
      this.#api.get(`/images/${name}/history`, told),
    ]);
    if (!image || !history) return undefined;
    const details = {
      ...summary(image),
      env: [...(image.Config?.Env ?? [])],
      history: history.map(({ CreatedBy, Size }) => ({ createdBy: CreatedBy, bytes: Size })).reverse(),
      labels: { ...image.Config?.Labels },
    };
    if (JSON.stringify(details).length > DETAILS_MOST) throw new EngineAnswer('the image tells more than can be read');
    return details;
  }

  /** The id that a name stands for now; undefined when there is no such image. */
  async idOf(name: string): Promise<string | undefined> {
    return NAME.test(name) ? (await this.#api.get(`/images/${name}/json`, inspected))?.Id : undefined;
  }

  async #summaryOf(of: string): Promise<ImageSummary | undefined> {
    const before = this.#known.get(of);
    if (before) return before;
    const image = await this.#api.get(`/images/${of}/json`, inspected);
    if (!image) return undefined;
    if (this.#known.size >= KEPT) this.#known.clear();
    const known = summary(image);
    this.#known.set(of, known);
    return known;
  }
}

function summary(image: Inspected): ImageSummary {
  const { Entrypoint, Cmd, User } = image.Config ?? {};
  return {
    id: image.Id,
    tags: tagsOf(image.RepoTags),
    bytes: image.Size,
    createdAt: Math.max(0, Date.parse(image.Created ?? '') || 0),
    user: shown(User ?? ''),
    command: [...(Entrypoint ?? []), ...(Cmd ?? [])].slice(0, WORDS_MOST).map((word) => shown(word)),
  };
}

function tagsOf(tags: readonly string[] | null | undefined): string[] {
  return (tags ?? []).filter((tag) => tag.length <= NAME_MOST && NAME.test(tag)).slice(0, TAGS_MOST);
}
