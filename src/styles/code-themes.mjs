/** Two Shiki themes from the chart's palette, for Dockerfile, Go and shell. */

const themes = {
  light: {
    background: '#e8eff3',
    ink: '#0b1e30',
    comment: '#53667a',
    keyword: '#0a4f86',
    string: '#1b6440',
    number: '#8a4a00',
    name: '#6a2d8f',
    punctuation: '#43566a',
  },
  dark: {
    background: '#071320',
    ink: '#e4edf4',
    comment: '#8fa5b8',
    keyword: '#7cc4ff',
    string: '#8fd6a4',
    number: '#f3c77b',
    name: '#d3b1f5',
    punctuation: '#a3b6c6',
  },
};

/** @param {'light' | 'dark'} type */
function chart(type) {
  const tone = themes[type];
  const rule = (scope, foreground, fontStyle) => ({ scope, settings: { foreground, ...(fontStyle && { fontStyle }) } });
  return {
    name: `slipway-${type}`,
    type,
    colors: {
      'editor.background': tone.background,
      'editor.foreground': tone.ink,
      'editor.selectionBackground': type === 'light' ? '#b9d6e6' : '#1d4a6b',
    },
    tokenColors: [
      rule(['comment', 'punctuation.definition.comment'], tone.comment, 'italic'),
      rule(['keyword', 'storage', 'keyword.other.special-method', 'keyword.control'], tone.keyword, 'bold'),
      rule(['string', 'punctuation.definition.string', 'string.unquoted.argument.shell'], tone.string),
      rule(
        ['constant.numeric', 'constant.language', 'constant.other', 'constant.character.escape', 'variable.parameter'],
        tone.number,
      ),
      rule(['entity.name.function', 'support.function', 'entity.name.command', 'entity.name.import'], tone.name),
      rule(['punctuation', 'keyword.operator', 'meta.brace'], tone.punctuation),
      rule(['variable', 'entity.name.package', 'entity.name.type'], tone.ink),
    ],
  };
}

export const dayChart = chart('light');
export const nightChart = chart('dark');
