/** What a reader has set for their terminal, kept in this browser. */

export const TEXT = { min: 10, max: 24, usual: 14, narrow: 12 } as const;

export type Preferences = {
  /** Pixels. */
  textSize: number;
  screenReader: boolean;
};

const KEY = 'slipway-terminal';

/**
 * Reads them; anything missing, foreign or out of bounds is as if never set.
 * @param usual the text size of somebody who has set none
 */
export function readPreferences(storage: Pick<Storage, 'getItem'> | undefined, usual: number): Preferences {
  let kept: unknown;
  try {
    kept = JSON.parse(storage?.getItem(KEY) ?? 'null');
  } catch {
    kept = null;
  }
  const { textSize, screenReader } = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  return {
    textSize: typeof textSize === 'number' && Number.isFinite(textSize) ? clampText(textSize) : usual,
    screenReader: screenReader === true,
  };
}

/** Keeps them where the browser allows it. */
export function keepPreferences(storage: Pick<Storage, 'setItem'> | undefined, preferences: Preferences): void {
  try {
    storage?.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Storage is shut off or full: they hold for this page.
  }
}

/** The browser's storage, where it may be used at all. */
export function pageStorage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

export function clampText(size: number): number {
  return Math.min(TEXT.max, Math.max(TEXT.min, Math.round(size)));
}
