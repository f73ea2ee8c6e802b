/** The elements of Terminal.astro's markup that the terminal works on, by their `data-part`. */

export type Parts = Readonly<{
  status: HTMLElement;
  after: HTMLElement;
  now: HTMLButtonElement;
  engine: HTMLElement;
  notice: HTMLElement;
  /** What wants an answer, its countdown and its button. */
  alert: HTMLElement;
  alertText: HTMLElement;
  alertLeft: HTMLElement;
  answer: HTMLButtonElement;
  /** The gauge, and the meters it opens. */
  usage: HTMLElement;
  gauge: HTMLButtonElement;
  gaugeWord: HTMLElement;
  meters: HTMLElement;
  left: HTMLElement;
  stay: HTMLButtonElement;
  save: HTMLButtonElement;
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
  /** The recording's bar, its parts, and its place on the stage. */
  player: HTMLElement;
  label: HTMLElement;
  cut: HTMLElement;
  progress: HTMLProgressElement;
  clock: HTMLElement;
  toggle: HTMLButtonElement;
  skip: HTMLButtonElement;
  speed: HTMLButtonElement;
  film: HTMLElement;
  /** Is read out. */
  said: HTMLElement;
  /** A line below the stage. */
  foot: HTMLElement;
  footText: HTMLElement;
  again: HTMLButtonElement;
  swap: HTMLButtonElement;
}>;

const names = [
  ...['status', 'after', 'now', 'engine', 'notice', 'screen', 'panel', 'end'],
  ...['tools', 'smaller', 'larger', 'enlarge', 'reader', 'afresh', 'confirm', 'confirmed'],
  ...['player', 'label', 'cut', 'progress', 'clock', 'toggle', 'skip', 'speed', 'film'],
  ...['alert', 'alertText', 'alertLeft', 'answer'],
  ...['usage', 'gauge', 'gaugeWord', 'meters', 'left', 'stay', 'save'],
  ...['said', 'foot', 'footText', 'again', 'swap'],
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
