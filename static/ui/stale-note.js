// Says in a figure that what it shows was made with other settings than those now set, and tones it down.
// What it was made with, the figure says.
// @ts-check
import { describeDifference } from '../settings/made-with.js';
import { element } from './dom.js';

/**
 * @param {HTMLElement} figure
 * @param {import('../settings/settings.js').Settings} settings
 * @param {() => import('../settings/made-with.js').MadeWith | null} made null: nothing is shown
 * @param {(() => void) | null} runAgain with the settings of now; null if this figure cannot
 * @returns {() => void} to be called when something else is shown
 */
export function mountStaleNote(figure, settings, made, runAgain) {
  const text = element('span');
  const note = element('p', { className: 'stale-note', hidden: true });
  note.setAttribute('role', 'status');
  note.append(text);
  if (runAgain) {
    const button = element('button', { type: 'button', className: 'plain small', textContent: 'Run again' });
    button.addEventListener('click', runAgain);
    note.append(' ', button);
  }
  // Below what is drawn, so that this stays where it is when the note comes and goes.
  const below = figure.querySelector(':scope > .finding');
  if (below) below.before(note);
  else figure.prepend(note);
  let asked = false;
  const compare = () => {
    asked = false;
    const shown = made();
    text.textContent = shown ? describeDifference(settings, shown) : '';
    note.hidden = !text.textContent;
    figure.classList.toggle('stale', !note.hidden);
  };
  const ask = () => {
    if (!asked) queueMicrotask(compare); // a preset changes many settings at once
    asked = true;
  };
  settings.addEventListener('change', ask);
  ask();
  return ask;
}

/** Press a figure's start button. @param {HTMLElement} figure @returns {() => void} */
export const startIn = (figure) => () => {
  /** @type {HTMLElement | null} */ (figure.querySelector('.runner button.start'))?.click();
};
