/** The parts that show a preparation: words, newest line, bar, the button that began it, and the dialog that asks. */
import { askOverwrite } from './ask-overwrite.ts';
import { prepare } from './preparation.ts';
import type { Prepared, Wish } from './preparation.ts';
import { progressOf } from './progress-text.ts';

export class Panel {
  readonly #host: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #done: string;
  #busy = false;

  /**
   * @param host holds the markup of PrepareProgress.astro and OverwriteDialog.astro
   * @param button that begins it: it is not to be pressed meanwhile
   * @param done what is said at the end
   */
  constructor(host: HTMLElement, button: HTMLButtonElement, done: string) {
    this.#host = host;
    this.#button = button;
    this.#done = done;
  }

  /**
   * Prepares what `wish` gives, and shows how it goes. Does nothing while another is under way.
   * @param begins what is said until the sandbox answers
   */
  async run(wish: () => Promise<Wish>, begins: string, signal: AbortSignal): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.#button.ariaDisabled = 'true';
    this.#say(begins, '', undefined);
    try {
      const telling = { told: (prepared: Prepared) => this.#told(prepared), mayOverwrite: this.#mayOverwrite };
      await prepare(await wish(), telling, signal);
    } catch {
      this.#say('This site does not answer. Try again.', '', undefined);
    } finally {
      this.#button.ariaDisabled = null;
      this.#busy = false;
    }
  }

  readonly #mayOverwrite = (paths: readonly string[]): Promise<boolean> => {
    const dialog = this.#host.querySelector('dialog');
    return dialog ? askOverwrite(dialog, paths) : Promise.resolve(false);
  };

  #told(prepared: Prepared): void {
    const { says, line, share } = progressOf(prepared, this.#done);
    this.#say(says, line, prepared.state === 'working' ? share : undefined);
  }

  /** Only a step's number is read out, not every line it prints. */
  #say(says: string, line: string, share: number | undefined): void {
    const status = this.#host.querySelector('[role=status]');
    if (status && status.textContent !== says) status.textContent = says;
    const newest = this.#host.querySelector('.line');
    if (newest) newest.textContent = line;
    const bar = this.#host.querySelector('progress');
    if (!bar) return;
    bar.hidden = share === undefined;
    bar.value = share ?? 0;
  }
}
