/** The slug of the lesson that a page shows; empty on a page that is no lesson. */
export function slugOf(params: Readonly<Record<string, string | undefined>>): string {
  return params['slug'] ?? '';
}
