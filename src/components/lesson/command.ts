/** The buttons of a command: Run hands it to the terminal by the `slipway:run` event, Copy to the clipboard. */

class Command extends HTMLElement {
  connectedCallback(): void {
    const { command, key, cast } = this.dataset;
    if (command === undefined) return;
    this.querySelector('.run')?.addEventListener('click', () => {
      document.dispatchEvent(new CustomEvent('slipway:run', { detail: { command, key, cast } }));
    });
    const label = this.querySelector('.take .label');
    this.querySelector('.take')?.addEventListener('click', () => {
      void copy(command).then((copied) => {
        if (!copied) this.#select();
        if (label) say(label, copied ? 'Copied' : 'Selected');
      });
    });
  }

  /** Where the clipboard is shut off, the command is selected for the reader's own copy key. */
  #select(): void {
    const code = this.querySelector('code');
    if (code) getSelection()?.selectAllChildren(code);
  }
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function say(label: Element, word: string): void {
  label.textContent = word;
  setTimeout(() => (label.textContent = 'Copy'), 2000);
}

customElements.define('slipway-command', Command);
