// Colours of the style sheets as a canvas takes them, and the news that they have changed.
// @ts-check
import { element } from './dom.js';

/** Event of the document: the visitor chose another theme. */
export const THEME = 'lab-theme';

const system = () => matchMedia('(prefers-color-scheme: dark)');

/** @param {() => void} redraw what was painted with colours of the style sheets */
export function onThemeChange(redraw) {
  system().addEventListener('change', redraw);
  document.addEventListener(THEME, redraw);
}

/** @returns {boolean} whether the page is dark now */
export function isDark() {
  const { theme } = document.documentElement.dataset; // see page/theme.js
  return theme ? theme === 'dark' : system().matches;
}

/** @param {string} name of a CSS variable of the page, a colour @returns {string} that colour in this theme */
export function cssColor(name) {
  const probe = element('i', { hidden: true });
  probe.style.color = `var(${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** @param {string} name of a CSS variable of the page, a colour @returns {number[]} red, green and blue, 0 to 255 */
export function cssRgb(name) {
  const context = element('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return [0, 0, 0];
  context.fillStyle = cssColor(name);
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}
