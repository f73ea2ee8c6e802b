/** Compares image sizes in a sentence. Pure. */
import { timesText } from '../../course/quantities.ts';

export interface Sized {
  readonly name: string;
  readonly bytes: number;
}

/** How many times as large the largest is as the smallest; empty when there are not two that differ. */
export function comparison(images: readonly Sized[]): string {
  const [smallest, ...larger] = images.filter(({ bytes }) => bytes > 0).toSorted((a, b) => a.bytes - b.bytes);
  const largest = larger.at(-1);
  if (!smallest || !largest || largest.bytes === smallest.bytes) return '';
  return `${largest.name} is ${timesText(largest.bytes / smallest.bytes)} times as large as ${smallest.name}.`;
}
