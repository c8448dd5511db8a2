// The line that says, in every chapter, which data are in force when they are the visitor's own; and the way
// back to MNIST-1D. It is loaded when there are such data.
// @ts-check
import { describeOwn, readSource } from '../../settings/own-source.js';
import { SOURCE } from '../../settings/settings.js';
import { element } from '../../ui/dom.js';
import { mountGeneratorNote } from '../../ui/generator-note.js';

/** @param {string} name of a file @returns {(string | Node)[]} */
function missing(name) {
  const link = element('a', { href: '#overview', textContent: 'the chapter of the data' });
  return [`This page is about data of your own that this browser does not have. Open the file ${name} in `, link,
    ', with the same choices, and Use it.'];
}

/** @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {import('../../settings/settings.js').Settings} settings */
export function mountOwnBar(node, lab, settings) {
  const text = element('span');
  const back = element('button', { type: 'button', className: 'plain small', textContent: 'Back to MNIST-1D' });
  back.addEventListener('click', () => settings.set(SOURCE, ''));
  node.setAttribute('role', 'status');
  node.append(text, ' ', back);
  const digits = document.getElementById('digits');
  if (digits) mountGeneratorNote(digits, settings, 'these digits are MNIST-1D’s, as its settings were left.');
  let shown = '';
  async function show() {
    const source = settings.source;
    if (source === shown) return;
    shown = source;
    node.hidden = !source;
    const own = readSource(source);
    if (!own) return;
    text.textContent = `Data in force: ${describeOwn(own)}.`;
    const bytes = await lab.own().then((kept) => kept.bytes(source));
    if (source !== shown) return;
    if (bytes) settings.refresh(); // the names of the classes are known now
    else text.replaceChildren(...missing(own.name));
  }
  settings.addEventListener('change', show);
  return show();
}
