// Colours of the style sheets, as numbers for a canvas.
// @ts-check
import { element } from './dom.js';

/** @param {string} name of a CSS variable of the page, a colour @returns {number[]} red, green and blue, 0 to 255 */
export function cssColor(name) {
  const context = element('canvas').getContext('2d', { willReadFrequently: true });
  if (!context) return [0, 0, 0];
  context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}
