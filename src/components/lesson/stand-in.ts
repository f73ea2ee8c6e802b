/** Shows the note on a stand-in image while the reader's session says that it has one. */

class StandIn extends HTMLElement {
  #life: AbortController | undefined;

  connectedCallback(): void {
    this.#life = new AbortController();
    document.addEventListener('slipway:state', (event) => this.#told(event), { signal: this.#life.signal });
  }

  disconnectedCallback(): void {
    this.#life?.abort();
  }

  #told(event: Event): void {
    const { detail } = event as CustomEvent<{ standIn?: boolean } | null>;
    // Undefined while there is no session yet: nothing is claimed, and what was said stands.
    if (detail?.standIn !== undefined) this.hidden = !detail.standIn;
  }
}

customElements.define('slipway-stand-in', StandIn);
