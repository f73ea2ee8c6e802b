/** The site: static pages under a policy that allows no inline script, so nothing is inlined. */
import mdx from '@astrojs/mdx';
import expressiveCode from 'astro-expressive-code';
import { defineConfig } from 'astro/config';

export default defineConfig({
  trailingSlash: 'always',
  compressHTML: true,
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  integrations: [expressiveCode(), mdx()],
  vite: { build: { assetsInlineLimit: 0 } },
});
