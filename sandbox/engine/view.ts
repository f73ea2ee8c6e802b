/**
 * What can be known of a reader's images, containers, builds and files. All of it is the reader's own word, bounded and checked for shape:
 * good for showing it to them and for judging their exercises, not for trusting it.
 */
import type { Build, ImageSummary, Layer } from '../protocol/evidence.ts';

/** What may have changed. */
export type EngineChange = 'images' | 'builds' | 'containers';

export interface ImageDetails extends ImageSummary {
  /** `NAME=value`, as the configuration has them. */
  env: string[];
  /** Oldest first. */
  history: { createdBy: string; bytes: number }[];
  labels: Record<string, string>;
}

export interface ContainerOutcome {
  /** The image as it was named when the container was made. */
  image: string;
  imageId: string;
  running: boolean;
  exitCode?: number;
  /** The last 16 KiB that it wrote; undefined when they cannot be had, as when it is gone (`--rm`). */
  output?: string;
}

/** A name that was found to hold a text: a path in a layer, without a leading slash. */
export type TextFound = { text: string; path: string };

export interface EngineView extends Disposable {
  /** Images with names, newest first, at most IMAGES_MOST. */
  images(): Promise<ImageSummary[]>;
  image(name: string): Promise<ImageDetails | undefined>;
  /** The image's history with what is in each layer, oldest first; undefined when there is no such image. */
  layers(name: string): Promise<Layer[] | undefined>;
  /**
   * Paths of the image's final filesystem that match, without a leading slash, sorted and bounded.
   * @param globs `*` for anything but a slash, `**` for anything
   */
  find(name: string, globs: readonly string[]): Promise<string[]>;
  /** Where any layer's small files hold one of the texts; files that a later layer deletes too. One path for each text. */
  textIn(name: string, texts: readonly string[]): Promise<TextFound[]>;
  /** Containers of an image, newest first; with those gone again that were seen since following began. */
  containers(image: string): Promise<ContainerOutcome[]>;
  /** Newest first, kept up to date while somebody follows; empty before. */
  builds(): readonly Build[];
  /** A workspace file of at most 256 KiB as text; undefined when there is none. */
  readFile(path: string): Promise<string | undefined>;
  /**
   * Calls back on changes, several at once as one call each, by the engine's own streams of events and builds; nothing polls.
   * @param on `images`, `builds` and `containers` come once at the beginning too, as soon as the engine is ready
   * @param lost called with a reason when the engine cannot be followed for now, with undefined when it is followed (again)
   */
  follow(on: (changed: EngineChange) => void, lost: (why: string | undefined) => void): Disposable;
}
