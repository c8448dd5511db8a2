// Buttons that share one line which says what the last press did. What they do is the caller's.
// @ts-check
import { element } from './dom.js';

/**
 * @returns {{status: HTMLElement, button: (label: string, title: string, act: () => Promise<string>) =>
 *   HTMLButtonElement}} the line, and a maker of buttons, for the caller to place; `act` returns what
 *   the line says then
 */
export function makeStatusButtons() {
  const status = element('span', { className: 'outcome' });
  status.setAttribute('role', 'status');
  /** @param {string} label @param {string} title @param {() => Promise<string>} act */
  const button = (label, title, act) => {
    const made = element('button', { className: 'plain small', type: 'button', textContent: label, title });
    made.setAttribute('aria-label', title);
    made.addEventListener('click', async () => {
      status.classList.remove('problem');
      try {
        status.textContent = await act();
      } catch (error) {
        status.classList.add('problem');
        status.textContent = `${title}: ${/** @type {Error} */ (error).message}`;
      }
    });
    return made;
  };
  return { status, button };
}
