/** The article's own figures, from Ruan Bekker's "Why you should use Multi Stage Docker Builds" (2021): quoted, never measured here. */

/** The name says the unit: MB and GB are decimal, as `docker images` counts. */
export const article = {
  /** `docker images` of both recipes, with the Go of then. */
  singleMB: 896,
  multiMB: 2.75,
  go: '1.16',
  year: '2021',
  /** What an image may save, and what a large one is taken to weigh in the worked example. */
  savedMB: 800,
  imageMB: 800,
  smallMB: 3,
  /** A service behind an auto-scaling group. */
  nodesLow: 10,
  nodesHigh: 100,
  replicasLow: 10,
  replicasHigh: 500,
  /** What all nodes at the peak pull. */
  pulledGB: 80,
  smallPulledMB: 300,
  /** What a node then needs for its pull. */
  nodeSeconds: 'a second or two',
} as const;
export type ArticleFigure = keyof typeof article;

/** The figure as text, with its unit. */
export function articleText(name: ArticleFigure): string {
  const unit = /[MG]B$/.exec(name)?.[0];
  return unit === undefined ? String(article[name]) : `${article[name]} ${unit}`;
}
