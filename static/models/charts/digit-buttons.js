// A button for each digit, with its template above it. What a click does is the figure's.
// @ts-check
import { element } from '../../ui/dom.js';
import { mountThumbnail } from '../../ui/upright.js';

const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));

/**
 * Ten buttons, or as many as there are classes.
 * @param {HTMLElement} node @param {(digit: number) => void} onPick
 * @param {(digit: string) => string} [name] of a button for who cannot see it; without it, the digit
 */
export function mountDigitButtons(node, onPick, name) {
  /** @type {ReturnType<typeof mountThumbnail>[]} */ let thumbnails = [];
  /** @type {HTMLButtonElement[]} */ let buttons = [];
  /** @param {string[]} names */
  function build(names) {
    if (buttons.map(({ textContent }) => textContent).join('\n') === names.join('\n')) return;
    thumbnails = names.map(() => mountThumbnail());
    buttons = thumbnails.map(({ root }, digit) => {
      const button = element('button', { type: 'button', className: 'plain digit' });
      button.append(root, element('span', { textContent: names[digit] }));
      if (name) button.setAttribute('aria-label', name(names[digit]));
      button.addEventListener('click', () => onPick(digit));
      return button;
    });
    node.replaceChildren(...buttons);
  }
  build(DIGITS);
  return {
    /** @param {ArrayLike<number>} templates (classes, points), row by row @param {string[]} [names] of the classes */
    update(templates, names = DIGITS) {
      build(names);
      const points = Array.from(templates);
      const count = points.length / names.length;
      // Templates have a height of one; means of signals are as high as they are.
      const scale = names === DIGITS ? 1 : 0.7 / Math.max(1e-9, ...points.map(Math.abs));
      thumbnails.forEach(({ update }, digit) => update(points.slice(digit * count, (digit + 1) * count).map((value) => value * scale)));
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
