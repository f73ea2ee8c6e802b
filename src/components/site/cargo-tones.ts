/** The class of each part of the cargo, in the order of the figures; the last is the program. */
export const tones = ['t1', 't2', 't3', 't4', 'own'] as const;
