/** What the page is told of a reader's own images and builds. Every list is bounded, so that a message fits a frame. */
import { z } from 'zod';

/** The most of each that is sent; the newest win. */
export const IMAGES_MOST = 40;
export const BUILDS_MOST = 4;
export const STEPS_MOST = 40;
export const LAYERS_MOST = 48;
export const ENTRIES_MOST = 6;
/** Characters of an instruction, a step's name or a path; longer ones are cut. */
export const NAME_MOST = 160;

const name = z.string().max(NAME_MOST);
const bytes = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
/** Milliseconds; since the epoch where it is a moment. */
const ms = z.number().min(0).max(Number.MAX_SAFE_INTEGER);

export const imageSummary = z.object({
  /** Content address of the image's configuration, `sha256:…`. */
  id: z.string().max(80),
  /** Names with tags; an image without one is not sent. */
  tags: z.array(name).max(8),
  bytes,
  createdAt: ms,
  /** As USER says; empty for root. */
  user: name,
  /** Entrypoint and command, joined. */
  command: z.array(name).max(16),
});
export type ImageSummary = z.infer<typeof imageSummary>;

/** The largest folders and files of a layer: a folder's bytes are those of everything below it. Paths begin without a slash. */
export const layerEntry = z.object({ path: name, bytes, folder: z.boolean() });
export type LayerEntry = z.infer<typeof layerEntry>;

/** One line of an image's history, newest last. */
export const layer = z.object({
  /** The instruction as a Dockerfile has it, as far as it can be told. */
  instruction: name,
  bytes,
  /** Files in the layer; 0 for an instruction that changed none. */
  files: z.number().int().min(0),
  largest: z.array(layerEntry).max(ENTRIES_MOST),
});
export type Layer = z.infer<typeof layer>;

export const buildStep = z.object({
  /** Content address of the step; `inputs` name others of the same build. */
  id: z.string().max(80),
  /** The stage's name or number, where the step belongs to one. */
  stage: name.optional(),
  /** The instruction, or what BuildKit does of its own accord in brackets. */
  name,
  inputs: z.array(z.string().max(80)).max(16),
  state: z.enum(['waiting', 'running', 'done', 'cached', 'failed']),
  ms: ms.optional(),
});
export type BuildStep = z.infer<typeof buildStep>;

export const build = z.object({
  ref: name,
  /** The Dockerfile's path from the workspace, wherever in it the build was started; `isFrom` compares it. */
  file: name,
  target: name.optional(),
  state: z.enum(['running', 'done', 'failed']),
  startedAt: ms,
  ms: ms.optional(),
  /** In the order they began. */
  steps: z.array(buildStep).max(STEPS_MOST),
  error: z.string().max(300).optional(),
});
export type Build = z.infer<typeof build>;

/**
 * Whether a build's Dockerfile is the one given to `docker build -f`, or `Dockerfile` where none was given. A build in a folder of the workspace
 * may be named from there (`Dockerfile.x`) or from the workspace (`cache/Dockerfile.x`).
 */
export function isFrom({ file }: Pick<Build, 'file'>, given: string): boolean {
  const path = given.replace(/^(\.\/)+/, '');
  return file === path || file.endsWith(`/${path}`);
}
