// Figure 1: ten digits that follow the sliders. Asks for the `digits` job, never for a training.
// @ts-check
import { mountControls } from '../controls.js';
import { mountDigits } from '../charts/digits.js';

/**
 * @param {HTMLElement} node @param {import('../lab.js').Lab} lab
 * @param {import('../settings.js').Settings} settings
 */
export function mountDigitsFigure(node, lab, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const controls = mountControls(find('.controls'), settings, 'dataset');
  const chart = mountDigits(find('.chart'));
  /** @param {string} message shown at its control, or below them if it is about none */
  const complain = (message) => {
    find('.problem').textContent = controls.complain(message) ? '' : message;
  };
  let busy = false;
  let stale = false;
  let drawn = false;

  /** Draw the newest settings; while one answer is on its way, later moves wait as one. */
  async function refresh() {
    stale = true;
    if (busy) return;
    busy = true;
    find('.chart').classList.add('waiting');
    while (stale) {
      stale = false;
      try {
        chart.update(await lab.run('digits', settings.args('dataset')));
        drawn = true;
        find('.chart').classList.remove('waiting');
        complain('');
      } catch (error) {
        complain(/** @type {Error} */ (error).message);
      }
    }
    busy = false;
  }

  /** Until Python is up, show what the build computed for the published settings, if they are set. */
  async function firstPicture() {
    if (!settings.pristine('dataset')) return;
    const response = await fetch(new URL('../../digits.json', import.meta.url));
    if (!response.ok) return;
    const digits = await response.json();
    if (!drawn && settings.pristine('dataset')) {
      chart.update(digits);
      find('.chart').classList.remove('waiting');
    }
  }

  firstPicture().catch(() => {}); // a picture less, nothing more
  settings.addEventListener('change', (event) => {
    if (/** @type {CustomEvent} */ (event).detail.group === 'dataset') refresh();
  });
  refresh();
}
