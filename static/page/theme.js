// The switch between light, dark and what the system has; the choice is kept in this browser. The colours
// are in the style sheets, and before-modules.js puts a kept choice into force before the first paint.
// @ts-check
import { THEME } from '../ui/css-color.js';
import { select } from '../ui/inputs.js';
import { LocalShelf } from '../ui/local-shelf.js';

/** @type {[string, string][]} value and text */
const THEMES = [['system', 'system'], ['light', 'light'], ['dark', 'dark']];

/** Put a theme into force. @param {string} theme one of THEMES */
function apply(theme) {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
  for (const meta of /** @type {NodeListOf<HTMLMetaElement>} */ (document.querySelectorAll('meta[name=theme-color]'))) {
    const { scheme } = meta.dataset; // of which it is the colour
    meta.media = theme === 'system' ? `(prefers-color-scheme: ${scheme})` : theme === scheme ? 'all' : 'not all';
  }
  document.dispatchEvent(new Event(THEME));
}

/** @param {HTMLElement} node for the control */
export function mountTheme(node) {
  const shelf = new LocalShelf('mnist1d-lab theme');
  const control = select('Theme', (theme) => {
    shelf.write(theme);
    apply(theme);
  });
  const theme = document.documentElement.dataset.theme ?? 'system';
  control.show(THEMES, theme);
  node.append(control.box);
  apply(theme);
  window.addEventListener('storage', ({ key }) => { // another tab of this browser chose
    if (key !== shelf.key) return;
    shelf.read((kept) => {
      const chosen = THEMES.find(([value]) => value === kept)?.[0] ?? 'system';
      control.show(THEMES, chosen);
      apply(chosen);
    });
  });
}
