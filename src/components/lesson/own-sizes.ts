/** The sizes of a reader's own two images, kept in their browser from lesson to lesson. */

export interface OwnSizes {
  readonly singleMB: number;
  readonly multiMB: number;
}

/** Sent on the document when the sandbox has told of both images; its detail is their sizes. */
export const OWN_SIZES = 'slipway:sizes';

const KEY = 'slipway-sizes';

/** Reads what `keepSizes` wrote; undefined when there is nothing, or nothing sensible. */
export function parseSizes(kept: string | null): OwnSizes | undefined {
  const [singleMB = NaN, multiMB = NaN, ...rest] = (kept ?? '').split(' ').map(Number);
  const good = (mb: number) => Number.isFinite(mb) && mb > 0;
  return good(singleMB) && good(multiMB) && rest.length === 0 ? { singleMB, multiMB } : undefined;
}

export function keepSizes({ singleMB, multiMB }: OwnSizes): void {
  try {
    localStorage.setItem(KEY, `${singleMB} ${multiMB}`);
  } catch {
    // Storage is shut off: the sizes hold for this page.
  }
}

export function keptSizes(): OwnSizes | undefined {
  try {
    return parseSizes(localStorage.getItem(KEY));
  } catch {
    return undefined;
  }
}
