// Runs that were left unfinished, each with the offer to go on with it. Belongs to the search figure.
// @ts-check
import { element } from '../../ui/dom.js';

/** @typedef {import('../../lab/checkpoints.js').Unfinished} Unfinished */

/**
 * @param {(part: string) => HTMLElement} find within the figure
 * @param {import('../../lab/checkpoints.js').CheckpointStore} kept
 * @param {{describe: (run: Unfinished) => string, goOn: (run: Unfinished) => boolean}} options
 *   `goOn` returns false if another run is in the way
 */
export function mountUnfinishedRuns(find, kept, { describe, goOn }) {
  kept.unfinishedRuns((run) => {
    const box = element('p', { className: 'offer', textContent: describe(run) });
    const go = element('button', { type: 'button', className: 'plain', textContent: 'Go on with it' });
    const forget = element('button', { type: 'button', className: 'plain', textContent: 'Forget it' });
    const busy = element('span', { className: 'problem' });
    busy.setAttribute('role', 'status');
    box.append(go, forget, busy);
    const close = () => {
      if (box.contains(document.activeElement)) find('.runner').focus(); // the place of the keyboard is kept
      box.remove();
    };
    go.addEventListener('click', () => {
      busy.textContent = '';
      if (goOn(run)) {
        close();
        find('.runner').focus();
      } else {
        busy.textContent = ' Another run has not ended: wait for it, or stop it, then go on with this one.';
      }
    });
    forget.addEventListener('click', () => {
      kept.end(run.args);
      close();
    });
    kept.addEventListener('settled', (event) => {
      if (/** @type {CustomEvent<string[]>} */ (event).detail.includes(run.name)) close();
    });
    find('.offers').append(box);
  });
}
