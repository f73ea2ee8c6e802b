/** One connection that wants to know: the checks of its page, how they stand, and what it has been told. */
import { CHECKS_MOST, type Check, type CheckResult } from '../protocol/checks.ts';
import type { Build, ImageSummary } from '../protocol/evidence.ts';
import type { ServerMessage } from '../protocol/messages.ts';
import { causeOf, judge, unknown } from './judge.ts';
import type { Cause, Judged } from './verdict.ts';

/** Milliseconds after which the quick answers do not wait for the slow ones. */
const MEANWHILE_MS = 150;

export class Watcher {
  readonly #tell: (message: ServerMessage) => void;
  readonly #told = new Map<ServerMessage['type'], string>();
  #checks: readonly Check[] = [];
  #results = new Map<Check, CheckResult>();
  /** The newest verdict on each check that could be judged. */
  #settled = new Map<Check, CheckResult>();
  /** It asked since it was last told. */
  #asked = true;

  /** @param tell sends a message; a newer one of the same type may take the place of one that has not left yet */
  constructor(tell: (message: ServerMessage) => void) {
    this.#tell = tell;
  }

  /** Its page's checks from now on. The same ones again: look again at what tells nobody that it changed. */
  ask(checks: readonly Check[]): void {
    this.#asked = true;
    if (JSON.stringify(checks) === JSON.stringify(this.#checks)) {
      for (const [check, { verdict }] of this.#results)
        if (verdict === 'unknown' || causeOf(check) === 'files') this.#results.delete(check);
      return;
    }
    this.#checks = checks.slice(0, CHECKS_MOST);
    this.#results = new Map();
    this.#settled = new Map();
  }

  /** Tells what there is, as far as it is news; when it was asked for, in any case. */
  show(images: ImageSummary[] | undefined, builds: Build[] | undefined): void {
    if (this.#asked) this.#told.clear();
    this.#asked = false;
    if (images) this.#say({ type: 'images', images });
    if (builds) this.#say({ type: 'builds', builds });
  }

  /**
   * Judges the checks that `due` may have changed and those that have not been judged, and tells when that is news.
   * @param resting the engine is asleep: it holds what it held, and verdicts from it stay
   * @param isOver whether nobody wants to know any more
   * @returns how those stand that were judged
   */
  async judge(
    due: ReadonlySet<Cause>,
    view: Judged,
    { resting, isOver }: { resting: boolean; isOver: () => boolean },
  ): Promise<readonly CheckResult[]> {
    const checks = this.#checks;
    const open = checks.filter((check) => due.has(causeOf(check)) || !this.#results.has(check));
    const isStale = () => isOver() || checks !== this.#checks;
    const tell = () => {
      // Other checks were asked for meanwhile: they have their own round.
      if (!isStale()) this.#say({ type: 'checks', results: checks.map((check) => this.#resultOf(check)) });
    };
    const meanwhile = setTimeout(tell, MEANWHILE_MS);
    const judged = await Promise.all(
      open.map(async (check) => {
        const stays = resting && causeOf(check) !== 'files' ? this.#settled.get(check) : undefined;
        const result = stays ?? (await judge(check, view));
        if (isStale()) return result;
        this.#results.set(check, result);
        if (result.verdict !== 'unknown') this.#settled.set(check, result);
        return result;
      }),
    );
    clearTimeout(meanwhile);
    tell();
    return judged;
  }

  #resultOf(check: Check): CheckResult {
    return this.#results.get(check) ?? unknown(check, 'This is still being looked into.');
  }

  #say(message: ServerMessage): void {
    const text = JSON.stringify(message);
    if (this.#told.get(message.type) === text) return;
    this.#told.set(message.type, text);
    this.#tell(message);
  }
}
