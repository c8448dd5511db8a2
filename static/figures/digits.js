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
  let busy = false;
  let stale = false;
  let drawn = false;

  /** Draw the newest settings; while one answer is on its way, later moves wait as one. */
  async function refresh() {
    stale = true;
    if (busy) return;
    busy = true;
    while (stale) {
      stale = false;
      try {
        chart.update(await lab.run('digits', settings.args('dataset')));
        drawn = true;
        controls.complain('');
      } catch (error) {
        controls.complain(/** @type {Error} */ (error).message);
      }
    }
    busy = false;
  }

  /** Until Python is up, show what the build computed for the published settings. */
  async function firstPicture() {
    const response = await fetch(new URL('../../digits.json', import.meta.url));
    if (response.ok && !drawn) chart.update(await response.json());
  }

  firstPicture().catch(() => {}); // a picture less, nothing more
  settings.addEventListener('change', (event) => {
    if (/** @type {CustomEvent} */ (event).detail.group === 'dataset') refresh();
  });
  refresh();
}
