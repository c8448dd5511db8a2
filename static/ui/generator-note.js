// Says in a figure that is about MNIST-1D's generator alone that it does not follow data of one's own.
// @ts-check
import { element } from './dom.js';

/**
 * @param {HTMLElement} figure @param {import('../settings/settings.js').Settings} settings
 * @param {string} why a sentence
 */
export function mountGeneratorNote(figure, settings, why) {
  const note = element('p', { className: 'stale-note of-generator', hidden: true, textContent: `Not with your own data: ${why}` });
  figure.prepend(note);
  const show = () => { note.hidden = !settings.source; };
  settings.addEventListener('change', show);
  show();
}
