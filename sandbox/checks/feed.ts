/**
 * What the connections of one session are told of images, builds and checks. It follows the engine while somebody watches, looks anew at
 * what changed, and never looks twice at the same time. Nothing polls. A file's change is heard of from no stream: checks of files are
 * judged on every change of the engine's and whenever a page sends its `watch` again, which it does when a command has ended.
 * An engine that is asleep holds what it held: what was told and judged stays, and nobody wakes it to look.
 */
import type { EngineView } from '../engine/view.ts';
import type { CheckResult } from '../protocol/checks.ts';
import type { Build, ImageSummary } from '../protocol/evidence.ts';
import type { EngineState } from '../protocol/messages.ts';
import { fittedBuilds, fittedImages } from './fitted.ts';
import { Findings, Glance, type Obstacles } from './glance.ts';
import type { Cause } from './verdict.ts';
import type { Watcher } from './watcher.ts';

/** Hears of checks that were judged, and how many milliseconds after the news or the question they were judged for. */
export type OnJudged = (results: readonly CheckResult[], ms: number) => void;

export type EnginePort = { readonly state: EngineState; onState(listener: () => void): () => void };

/** Milliseconds: changes within `least` are looked at together; a session that keeps us busy waits longer between looks. */
const PAUSE = { least: 30, most: 500 };
/** A first look does not wait longer for the engine's streams. */
const FIRST_MS = 1_500;
const ALL: readonly Cause[] = ['images', 'containers', 'builds', 'files'];

const engineWords = {
  ready: undefined,
  starting: 'Your Docker engine is still starting.',
  asleep: 'Your Docker engine is asleep, because nobody used it. Your next docker command wakes it.',
  stopped: 'Your Docker engine has stopped. It is started again by itself.',
};

export class Feed implements Disposable {
  readonly #view: EngineView;
  readonly #engine: EnginePort;
  readonly #judged: OnJudged;
  readonly #findings = new Findings();
  readonly #watchers = new Set<Watcher>();
  readonly #held = new DisposableStack();
  readonly #due = new Set<Cause>(ALL);
  #state: EngineState;
  /** The engine is asleep, or on its way back from that. */
  #resting: boolean;
  #lost: string | undefined = 'Your builds are being looked up.';
  /** Both streams are followed, or there is a reason not to wait for them. */
  #begun = false;
  #images: ImageSummary[] | undefined;
  #builds: Build[] | undefined;
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #again = false;
  #pause = 0;
  /** Since when something waits to be looked at. */
  #since: number | undefined;

  constructor(view: EngineView, engine: EnginePort, judged: OnJudged) {
    this.#view = view;
    this.#judged = judged;
    this.#engine = engine;
    this.#state = engine.state;
    this.#resting = engine.state === 'asleep';
    const first = setTimeout(() => this.#begin(), FIRST_MS);
    this.#held.defer(() => clearTimeout(first));
    this.#held.defer(() => clearTimeout(this.#timer));
    this.#held.defer(engine.onState(() => this.#turn(engine.state)));
    this.#held.use(
      view.follow(
        (changed) => this.#begin(changed, 'files'),
        (why) => {
          this.#lost = why === undefined ? undefined : `${why} It is followed again as soon as it can be.`;
          if (why !== undefined) this.#begin(...ALL);
        },
      ),
    );
    if (engine.state !== 'ready') this.#begin();
  }

  /** Takes a watcher in, or looks again for one that asked anew. */
  watch(watcher: Watcher): void {
    this.#watchers.add(watcher);
    if (this.#begun) this.#soon();
  }

  /** @returns whether somebody still watches */
  leave(watcher: Watcher): boolean {
    this.#watchers.delete(watcher);
    return this.#watchers.size > 0;
  }

  [Symbol.dispose](): void {
    this.#watchers.clear();
    this.#held.dispose();
  }

  /** Of several states within a moment the last is heard: one that was ready and starts has been asleep. */
  #turn(state: EngineState): void {
    this.#resting = state === 'asleep' || (state === 'starting' && (this.#resting || this.#state === 'ready'));
    this.#state = state;
    this.#begin(...ALL);
  }

  #begin(...due: readonly Cause[]): void {
    this.#begun = true;
    for (const cause of due) this.#due.add(cause);
    this.#soon();
  }

  #soon(): void {
    if (this.#held.disposed) return;
    this.#again = true;
    this.#since ??= performance.now();
    if (this.#looking || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#again = false;
      void this.#look();
    }, this.#pause);
  }

  async #look(): Promise<void> {
    const begun = performance.now();
    const since = this.#since ?? begun;
    this.#since = undefined;
    const due = new Set(this.#due);
    this.#due.clear();
    this.#looking = true;
    const results = await this.#round(due).catch(() => []);
    if (results.length > 0) this.#judged(results, performance.now() - since);
    this.#looking = false;
    this.#pause = Math.min(PAUSE.most, Math.max(PAUSE.least, performance.now() - begun));
    if (this.#again) this.#soon();
  }

  async #round(due: ReadonlySet<Cause>): Promise<readonly CheckResult[]> {
    const obstacles: Obstacles = {
      engine: engineWords[this.#engine.state],
      builds: this.#lost,
      isOver: () => this.#held.disposed,
    };
    const watchers = [...this.#watchers];
    const resting = this.#resting;
    const glance = new Glance(this.#view, this.#findings, obstacles);
    if (obstacles.engine === undefined && due.has('images'))
      this.#images = await glance.images().then(fittedImages, () => this.#images);
    if (obstacles.builds === undefined && due.has('builds')) this.#builds = fittedBuilds(this.#view.builds());
    if (this.#held.disposed) return [];
    for (const watcher of watchers) watcher.show(this.#images, this.#builds);
    const judged = watchers.map((one) => one.judge(due, glance, { resting, isOver: () => !this.#watchers.has(one) }));
    return (await Promise.all(judged)).flat();
  }
}
