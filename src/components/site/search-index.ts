/** The Pagefind index that the build makes beside the pages, behind one narrow interface. */

/** A page, or a section of one, that fits the words. `excerpt` is escaped HTML with its hits in mark elements. */
export interface Found {
  readonly url: string;
  readonly title: string;
  readonly excerpt: string;
}

export interface SearchIndex {
  /** The best `most` hits; undefined when a newer search has overtaken this one. */
  find(words: string, most: number): Promise<Found[] | undefined>;
}

interface PagefindPage extends Found {
  readonly meta: { readonly title: string };
  readonly sub_results: readonly Found[];
}
interface Pagefind {
  debouncedSearch(words: string): Promise<{ results: { data(): Promise<PagefindPage> }[] } | null>;
}

/** Fetches the index. Rejects where there is none, as in `astro dev`. */
export async function loadIndex(): Promise<SearchIndex> {
  const address = '/pagefind/pagefind.js';
  const pagefind = (await import(/* @vite-ignore */ address)) as Pagefind;
  return {
    async find(words, most) {
      const search = await pagefind.debouncedSearch(words);
      if (!search) return undefined;
      const pages = await Promise.all(search.results.slice(0, most).map((result) => result.data()));
      return pages.flatMap(({ url, excerpt, meta, sub_results }) => {
        const section = sub_results.find((sub) => sub.url !== url);
        return section
          ? [{ url: section.url, title: `${meta.title}: ${section.title}`, excerpt: section.excerpt }]
          : [{ url, title: meta.title, excerpt }];
      });
    },
  };
}
