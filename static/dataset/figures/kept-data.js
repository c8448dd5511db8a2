// The visitor's own data that this browser keeps: each can be used again, or forgotten. It opens no file.
// @ts-check
import { describeOwn, readSource } from '../../settings/own-source.js';
import { SOURCE } from '../../settings/settings.js';
import { element } from '../../ui/dom.js';

/** @param {string} textContent @param {string} label @param {() => void} act */
function button(textContent, label, act) {
  const made = element('button', { type: 'button', className: 'plain small', textContent });
  made.setAttribute('aria-label', label);
  made.addEventListener('click', act);
  return made;
}

/**
 * A list that is empty, and then not seen, where nothing is kept.
 * @param {HTMLElement} before what it stands after
 * @param {import('../../lab/lab.js').Lab} lab @param {import('../../settings/settings.js').Settings} settings
 */
export function mountKeptData(before, lab, settings) {
  const list = element('ul', { className: 'kept-data', hidden: true });
  list.setAttribute('aria-label', 'Your own data in this browser');
  before.after(list);
  async function show() {
    const own = await lab.own();
    const items = (await own.all()).flatMap((source) => {
      const told = readSource(source);
      if (!told) return [];
      const use = button('Use', `Use ${told.name}`, () => settings.set(SOURCE, source));
      use.disabled = source === settings.source;
      const forget = button('Forget', `Forget ${told.name}`, async () => {
        await own.forget(source);
        if (source === settings.source) settings.set(SOURCE, '');
        else show();
      });
      const item = element('li', { textContent: `Kept in this browser: ${describeOwn(told)} ` });
      item.append(use, ' ', forget);
      return [item];
    });
    list.replaceChildren(...items);
    list.hidden = !items.length;
  }
  let shown = settings.source;
  settings.addEventListener('change', () => {
    if (settings.source !== shown) {
      shown = settings.source;
      show().catch(() => {});
    }
  });
  show().catch(() => {}); // without it the list only lacks: see lab/own-data.js
}
