/** Sent on the document when the calculator answers; its detail is the calculator's values. */
export const FLEET = 'slipway:fleet';
