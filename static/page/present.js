// For a lecture hall: large type and strokes, one figure on the screen, arrow keys from one to the next.
// How large, the style sheet says.
// @ts-check
import { element } from '../ui/dom.js';

const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
const OWN_KEYS = 'input, select, textarea, canvas, pre, [role="group"][tabindex], .handle'; // these use the arrow keys themselves

/**
 * @param {HTMLElement} line where the button goes
 * @param {(place: string) => void} goTo the start of a figure
 */
export function mountPresent(line, goTo) {
  const { dataset } = document.documentElement;
  const figures = [...document.querySelectorAll('figure[id]')].map(({ id }) => id);
  let at = 0;
  const button = element('button', { type: 'button', className: 'quiet present', textContent: 'Present' });
  const count = element('span');
  const bar = element('div', { className: 'presenter', hidden: true });
  bar.setAttribute('role', 'group');
  bar.setAttribute('aria-label', 'Presentation');

  /** @param {number} index of a figure */
  const show = (index) => {
    at = Math.max(0, Math.min(figures.length - 1, index));
    count.textContent = `${at + 1} of ${figures.length}`;
    goTo(figures[at]);
  };
  /** @param {string} text @param {string} name @param {() => void} act */
  const part = (text, name, act) => {
    const one = element('button', { type: 'button', className: 'plain small', textContent: text });
    one.setAttribute('aria-label', name);
    one.addEventListener('click', act);
    return one;
  };
  const leave = () => {
    delete dataset.present;
    bar.hidden = true;
    button.focus();
  };
  bar.append(
    part('←', 'Previous figure', () => show(at - 1)), count, part('→', 'Next figure', () => show(at + 1)),
    part('Leave', 'Leave the presentation', leave),
  );
  /** @param {string} [id] of a figure; without it the first one of the chapter that is open */
  const begin = (id = document.querySelector('.chapter:not([hidden]) figure[id]')?.id ?? '') => {
    dataset.present = '';
    bar.hidden = false;
    show(figures.indexOf(id));
  };
  button.addEventListener('click', () => begin());
  line.append(button);
  document.body.append(bar);

  document.addEventListener('keydown', (event) => {
    if (dataset.present === undefined || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
    if (event.key === 'Escape') return leave();
    const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    if (!step || /** @type {Element} */ (event.target).closest?.(OWN_KEYS)) return;
    event.preventDefault();
    show(at + step);
  });
  return { begin };
}
