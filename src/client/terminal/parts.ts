/** The elements of Terminal.astro's markup that the terminal works on, by their `data-part`. */

export type Parts = Readonly<{
  status: HTMLElement;
  after: HTMLElement;
  now: HTMLButtonElement;
  engine: HTMLElement;
  notice: HTMLElement;
  screen: HTMLElement;
  panel: HTMLElement;
  end: HTMLElement;
  tools: HTMLElement;
  smaller: HTMLButtonElement;
  larger: HTMLButtonElement;
  enlarge: HTMLButtonElement;
  reader: HTMLButtonElement;
  afresh: HTMLButtonElement;
  confirm: HTMLDialogElement;
  confirmed: HTMLButtonElement;
}>;

const names = [
  ...['status', 'after', 'now', 'engine', 'notice', 'screen', 'panel', 'end'],
  ...['tools', 'smaller', 'larger', 'enlarge', 'reader', 'afresh', 'confirm', 'confirmed'],
];

/** @throws Error naming the part that the markup lacks */
export function findParts(host: HTMLElement): Parts {
  const found = names.map((name) => {
    const element = host.querySelector(`[data-part="${name}"]`);
    if (element === null) throw new Error(`the terminal's markup has no part "${name}"`);
    return [name, element];
  });
  return Object.fromEntries(found) as Parts;
}
