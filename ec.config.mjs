/** How code looks on the page: the chart's two colour themes, and frames drawn with the site's own tokens. */
import { defineEcConfig } from 'astro-expressive-code';
import { dayChart, nightChart } from './src/styles/code-themes.mjs';

export default defineEcConfig({
  themes: [dayChart, nightChart],
  themeCssSelector: (theme) => `[data-theme='${theme.type}']`,
  minSyntaxHighlightingColorContrast: 5,
  defaultProps: {
    wrap: true,
    preserveIndent: true,
    hangingIndent: 2,
    // The terminal is beside the page: a line to type is not drawn as another one.
    overridesByLang: { 'sh,bash': { frame: 'none' } },
  },
  styleOverrides: {
    borderRadius: '3px',
    borderWidth: '1px',
    borderColor: 'var(--line)',
    codeBackground: 'var(--sunk)',
    codeFontFamily: 'var(--mono)',
    codeFontSize: '0.8125rem',
    codeLineHeight: '1.65',
    codePaddingBlock: '0.9rem',
    codePaddingInline: '1rem',
    uiFontFamily: 'var(--sans)',
    uiFontSize: '0.875rem',
    focusBorder: 'var(--signal)',
    frames: {
      shadowColor: 'transparent',
      editorTabBarBackground: 'var(--surface)',
      editorTabBarBorderBottomColor: 'var(--line)',
      editorActiveTabBackground: 'var(--sunk)',
      editorActiveTabForeground: 'var(--ink)',
      editorActiveTabIndicatorTopColor: 'var(--ink)',
      editorActiveTabIndicatorBottomColor: 'transparent',
      editorActiveTabBorderColor: 'var(--line)',
      inlineButtonForeground: 'var(--ink)',
      inlineButtonBorder: 'var(--line-strong)',
      inlineButtonBackground: 'var(--surface)',
      tooltipSuccessBackground: 'var(--ink)',
      tooltipSuccessForeground: 'var(--paper)',
    },
    textMarkers: {
      markBackground: 'var(--mark)',
      markBorderColor: 'var(--signal)',
      inlineMarkerBorderWidth: '0',
    },
  },
});
