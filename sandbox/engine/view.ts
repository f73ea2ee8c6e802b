/**
 * What can be known of a reader's images, containers, builds and files. All of it is the reader's own word, bounded and checked for shape:
 * good for showing it to them and for judging their exercises, not for trusting it.
 */
import type { Container } from 'dockerode';
import type { Build, ImageSummary, Layer } from '../protocol/evidence.ts';
import { EngineApi } from './api.ts';
import { engineAgent } from './client.ts';
import { Containers, type ContainerOutcome } from './containers.ts';
import { Contents, type TextFound } from './contents.ts';
import { Follower, type EngineChange } from './follow.ts';
import { Images, type ImageDetails } from './images.ts';

export type { ContainerOutcome, EngineChange, ImageDetails, TextFound };
export { EngineAnswer } from './api.ts';

/** Methods throw EngineAnswer, or what a connection throws, when the engine cannot be asked or answers nonsense. */
export interface EngineView extends Disposable {
  /** Images with names, newest first, at most IMAGES_MOST. */
  images(): Promise<ImageSummary[]>;
  image(name: string): Promise<ImageDetails | undefined>;
  /** The image's history with what is in each layer, oldest first; undefined when there is no such image. */
  layers(name: string): Promise<Layer[] | undefined>;
  /**
   * Paths of the image's final filesystem that match, without a leading slash, sorted, at most 40 for each glob. A path through a link at
   * the top of the filesystem is found too: `bin/sh` where `bin` leads to `usr/bin`.
   * @param globs `*` for anything but a slash, `**` for anything
   */
  find(name: string, globs: readonly string[]): Promise<string[]>;
  /**
   * Where a layer's small files (at most 256 KiB) hold one of the texts; files that a later layer deletes too. One path for each text. Layers
   * of the base images that came with the session are left out.
   */
  textIn(name: string, texts: readonly string[]): Promise<TextFound[]>;
  /** Containers of an image, newest first; with those gone again that were seen since following began. */
  containers(image: string): Promise<ContainerOutcome[]>;
  /** Newest first, kept up to date while somebody follows; empty before. */
  builds(): readonly Build[];
  /** A workspace file of at most 256 KiB as text; undefined when there is none. */
  readFile(path: string): Promise<string | undefined>;
  /**
   * Calls back on changes, several at once as one call each, by the engine's own streams of events and builds; nothing polls.
   * @param on `images`, `builds` and `containers` come once at the beginning too, as soon as the engine is followed, and after it restarted
   * @param lost called with a reason when the engine cannot be followed for now, with undefined when it is followed again; not when an
   * engine that was followed falls asleep and is woken: what was told of it holds meanwhile
   */
  follow(on: (changed: EngineChange) => void, lost: (why: string | undefined) => void): Disposable;
}

/**
 * The view of the engine in a session's container. It opens connections when asked or followed, and keeps one until disposal.
 * @param container the session's container on the host
 */
export function engineView(container: Container): EngineView {
  const api = new EngineApi(engineAgent(container));
  const images = new Images(api);
  const containers = new Containers(api, images);
  const contents = new Contents(container);
  const follower = new Follower(container, { api, containers, contents });
  return {
    images: () => images.list(),
    image: (name) => images.details(name),
    layers: async (name) => {
      const id = await images.idOf(name);
      return id === undefined ? undefined : contents.layers(id);
    },
    find: async (name, globs) => {
      const id = await images.idOf(name);
      return id === undefined ? [] : contents.find(id, globs);
    },
    textIn: async (name, texts) => {
      const id = await images.idOf(name);
      return id === undefined ? [] : contents.textIn(id, texts);
    },
    containers: (image) => containers.of(image),
    builds: () => follower.builds(),
    readFile: (path) => contents.readFile(path),
    follow: (on, lost) => follower.follow(on, lost),
    [Symbol.dispose]: () => {
      follower[Symbol.dispose]();
      api[Symbol.dispose]();
    },
  };
}
