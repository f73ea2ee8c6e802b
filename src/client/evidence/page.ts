/** The page's side of the sandbox's evidence: blocks hear it and ask for it by events on the document. */
import type { Ask, Evidence } from '../connection/evidence.ts';

type Kind = Evidence['type'];
type Of<K extends Kind> = Extract<Evidence, { type: K }>;

/** Hears one kind of evidence until the signal ends it. */
export function hear<K extends Kind>(kind: K, signal: AbortSignal, told: (evidence: Of<K>) => void): void {
  document.addEventListener(
    'slipway:evidence',
    (event) => {
      const { detail } = event as CustomEvent<Evidence>;
      if (detail.type === kind) told(detail as Of<K>);
    },
    { signal },
  );
}

/** Hears what the connection is: idle, connecting, live, reconnecting, recorded or ended. */
export function hearState(signal: AbortSignal, told: (state: string) => void): void {
  const now = document.querySelector<HTMLElement>('slipway-terminal')?.dataset['state'];
  if (now !== undefined) told(now);
  document.addEventListener(
    'slipway:state',
    (event) => told((event as CustomEvent<{ state?: string } | null>).detail?.state ?? ''),
    { signal },
  );
}

/** Asks the sandbox, as soon as the page's terminal can carry it. On a page without a terminal nobody is asked. */
export function ask(message: Ask): void {
  void customElements.whenDefined('slipway-terminal').then(() => {
    document.dispatchEvent(new CustomEvent('slipway:ask', { detail: message }));
  });
}

let asked = 0;
/** A number that no other question of this page has. */
export function nextAsk(): number {
  asked += 1;
  return asked;
}
