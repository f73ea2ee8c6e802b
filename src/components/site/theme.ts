/** The theme switch: flips what is shown, remembers it, and tells the page with a `slipway:theme` event. */

type Theme = 'light' | 'dark';

const KEY = 'slipway-theme';

class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector('button');
    if (!button) return;
    const system = matchMedia('(prefers-color-scheme: dark)');
    const name = () => button.setAttribute('aria-label', `Switch to ${other(shown(system))} theme`);
    button.addEventListener('click', () => {
      choose(other(shown(system)));
      name();
    });
    system.addEventListener('change', name);
    name();
  }
}

function shown(system: MediaQueryList): Theme {
  const chosen = document.documentElement.dataset['theme'];
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return system.matches ? 'dark' : 'light';
}

function other(theme: Theme): Theme {
  return theme === 'dark' ? 'light' : 'dark';
}

function choose(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Storage is shut off: the choice holds for this page.
  }
  document.dispatchEvent(new CustomEvent('slipway:theme', { detail: { theme } }));
}

customElements.define('slipway-theme', ThemeSwitch);
