/** Opens a file of the workspace in the terminal's editor. */

class WorkspaceFile extends HTMLElement {
  connectedCallback(): void {
    const { path } = this.dataset;
    this.querySelector('button')?.addEventListener('click', () => {
      document.dispatchEvent(new CustomEvent('slipway:run', { detail: { command: `nano ~/workspace/${path ?? ''}` } }));
    });
  }
}

customElements.define('slipway-file', WorkspaceFile);
