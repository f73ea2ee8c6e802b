/** The site: static pages under a policy that allows no inline script, so nothing is inlined. */
import mdx from '@astrojs/mdx';
import expressiveCode from 'astro-expressive-code';
import { defineConfig } from 'astro/config';
import { courseGuard } from './src/course/guard.ts';

export default defineConfig({
  trailingSlash: 'always',
  compressHTML: true,
  build: { inlineStylesheets: 'never' },
  devToolbar: { enabled: false },
  integrations: [courseGuard(), expressiveCode(), mdx()],
  vite: {
    build: { assetsInlineLimit: 0, rolldownOptions: { onLog: withoutAstroDirectives } },
  },
});

/**
 * Keeps one warning out of the log: Astro marks MDX modules with a directive of its own, which the bundler does not know.
 * @param {string} level
 * @param {{ code?: string, message: string }} log
 * @param {(level: string, log: object) => void} pass
 */
function withoutAstroDirectives(level, log, pass) {
  if (log.code === 'MODULE_LEVEL_DIRECTIVE' && log.message.includes('use astro:head-inject')) return;
  pass(level, log);
}
