// Code that came with a link or a file: what it changes in ours, and the question whether to run it. Nothing of it has run
// before the visitor says so. It is loaded when there is some.
// @ts-check
import { element } from '../ui/dom.js';
import { mountDifference } from './code-editor.js';

/** @typedef {import('./edited-texts.js').EditedTexts} EditedTexts */
/** @typedef {import('./edited-texts.js').Edits} Edits */

/**
 * @param {HTMLElement} node is emptied @param {EditedTexts} texts for ours
 * @param {{edits: Edits, from: string, labels: Record<string, string>, onAccept: () => void, onDecided: () => void}} shared `from`: a link or a
 *   file, in words
 */
export function offerShared(node, texts, { edits, from, labels, onAccept, onDecided }) {
  const box = element('section', { className: 'shared-code', tabIndex: -1 });
  box.setAttribute('aria-label', `Code from ${from}`);
  const known = Object.entries(edits).filter(([name]) => texts.names.includes(name));
  const accept = element('button', { className: 'start', type: 'button', textContent: 'I have read this; run it' });
  const discard = element('button', { className: 'plain', type: 'button', textContent: 'Discard it' });
  const close = () => {
    node.replaceChildren();
    onDecided();
  };
  accept.addEventListener('click', () => {
    close();
    onAccept();
  });
  discard.addEventListener('click', close);
  const row = element('div', { className: 'edits' });
  row.append(...(known.length ? [accept] : []), discard);
  box.append(
    element('p', { textContent: known.length ?
      `${from} brings code that somebody else wrote. It has not run. Below is what it changes in ours; it would run in a ` +
      'worker that reaches neither this page nor a network.' :
      `${from} brings code for hooks that this figure does not have (${Object.keys(edits).join(', ')}). It has not run.` }),
    ...known.flatMap(([name, text]) => {
      const host = element('div', { className: 'code-host' });
      mountDifference(host, { label: `${labels[name]}: what differs from ours`, ours: texts.ours(name), theirs: text });
      return [element('h4', { textContent: labels[name] }), host];
    }),
    row,
  );
  node.replaceChildren(box);
  box.focus();
}
