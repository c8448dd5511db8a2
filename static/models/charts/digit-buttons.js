// A button for each digit, with its template above it. What a click does is the figure's.
// @ts-check
import { element } from '../../ui/dom.js';
import { mountThumbnail } from '../../ui/upright.js';

const POINTS = 12; // of a template

/**
 * @param {HTMLElement} node @param {(digit: number) => void} onPick
 * @param {(digit: number) => string} [name] of a button for who cannot see it; without it, the digit
 */
export function mountDigitButtons(node, onPick, name) {
  const thumbnails = Array.from({ length: 10 }, () => mountThumbnail());
  const buttons = thumbnails.map(({ root }, digit) => {
    const button = element('button', { type: 'button', className: 'plain digit' });
    button.append(root, element('span', { textContent: String(digit) }));
    if (name) button.setAttribute('aria-label', name(digit));
    button.addEventListener('click', () => onPick(digit));
    return button;
  });
  node.append(...buttons);
  return {
    /** @param {ArrayLike<number>} templates (10, 12), row by row */
    update(templates) {
      const points = Array.from(templates);
      thumbnails.forEach(({ update }, digit) => update(points.slice(digit * POINTS, (digit + 1) * POINTS)));
    },
    /** Mark what was asked for and what was answered; null for none. @param {number | null} truth @param {number | null} said */
    mark(truth, said) {
      buttons.forEach((button, digit) => {
        button.classList.toggle('truth', digit === truth);
        button.classList.toggle('mistake', digit === said && digit !== truth);
      });
    },
  };
}
