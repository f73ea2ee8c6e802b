/** The collections of the site. A lesson is a folder, NN-slug, with its prose in index.mdx. */
import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { frontmatter } from './course/frontmatter.ts';
import { folderOf } from './course/order.ts';

const lessons = defineCollection({
  loader: glob({
    base: 'src/content/lessons',
    pattern: '*/index.mdx',
    generateId: ({ entry }) => folderOf(entry),
  }),
  schema: frontmatter,
});

export const collections = { lessons };
