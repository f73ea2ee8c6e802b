/** What is known and done for one session while somebody is connected to it. */
import type { Container } from 'dockerode';
import { EngineAnswer, type EngineView } from '../engine/view.ts';
import { holdAwake } from '../engine/wake.ts';
import type { Prepare, ServerMessage } from '../protocol/messages.ts';
import { Feed, type EnginePort, type OnJudged } from './feed.ts';
import { fittedLayers } from './fitted.ts';
import { prepare, type Prepared } from './prepare/prepare.ts';
import type { Watcher } from './watcher.ts';

export type WatchedSession = { readonly id: string; readonly container: Container; readonly engine: EnginePort };
type LayersAnswer = Omit<Extract<ServerMessage, { type: 'layers' }>, 'type' | 'ask'>;

/** Questions about layers that may wait for one another; a page asks for two or three at once. */
const WAITING_MOST = 8;

export class Desk implements Disposable {
  readonly #session: WatchedSession;
  readonly #view: EngineView;
  readonly #judged: OnJudged;
  #feed: Feed | undefined;
  #asking: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #preparing = false;

  constructor(session: WatchedSession, view: EngineView, judged: OnJudged) {
    this.#session = session;
    this.#view = view;
    this.#judged = judged;
  }

  watch(watcher: Watcher): void {
    this.#feed ??= new Feed(this.#view, this.#session.engine, this.#judged);
    this.#feed.watch(watcher);
  }

  leave(watcher: Watcher): void {
    if (this.#feed?.leave(watcher) !== false) return;
    this.#feed[Symbol.dispose]();
    this.#feed = undefined;
  }

  /** What is in an image's layers. One image at a time; never throws. */
  async layers(image: string, signal: AbortSignal): Promise<LayersAnswer> {
    if (this.#waiting >= WAITING_MOST)
      return { image, why: 'Too much is being looked at already. Ask again in a moment.' };
    this.#waiting++;
    const asked = this.#asking.then(() => (signal.aborted ? { image } : this.#layers(image, signal)));
    this.#asking = asked;
    return asked.finally(() => this.#waiting--);
  }

  async #layers(image: string, signal: AbortSignal): Promise<LayersAnswer> {
    const { container, engine } = this.#session;
    const { state } = engine;
    if (state === 'starting' || state === 'stopped')
      return { image, why: `Your Docker engine ${state === 'starting' ? 'is still starting' : 'has stopped'}.` };
    try {
      using held = new DisposableStack();
      held.use(await holdAwake(container, signal));
      const layers = await this.#view.layers(image);
      return layers ? { image, layers: fittedLayers(layers) } : { image, why: `There is no image ${image}.` };
    } catch (error) {
      return {
        image,
        why:
          error instanceof EngineAnswer
            ? `It could not be told: ${error.message}.`
            : 'Your Docker engine did not answer.',
      };
    }
  }

  /** @returns undefined when another is under way: there is one at a time */
  async prepare(message: Prepare, working: (at: Prepared) => void, signal: AbortSignal): Promise<Prepared | undefined> {
    if (this.#preparing) return undefined;
    this.#preparing = true;
    const { container, engine } = this.#session;
    try {
      return await prepare(message, { container, engine, view: this.#view }, working, signal);
    } finally {
      this.#preparing = false;
    }
  }

  [Symbol.dispose](): void {
    this.#feed?.[Symbol.dispose]();
    this.#view[Symbol.dispose]();
  }
}
