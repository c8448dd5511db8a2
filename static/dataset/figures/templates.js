// Figure 3: draw your own digits. Edits the setting `templates`, which the dataset and all that trains
// on it use; keeps named drawings in this browser.
// @ts-check
import { SETTINGS } from '../../settings/table.js';
import { element } from '../../ui/dom.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { mountTemplate, mountThumb, tell } from '../charts/template-editor.js';
import { POINTS, DrawnTemplates, complaint, points, read, write } from '../drawn-templates.js';

/** @typedef {import('../drawn-templates.js').Drawings} Drawings */

const UNDO = 100; // steps back
const ROW = /** @type {import('../../settings/table.js').Setting} */ (SETTINGS.find(({ kind }) => kind === 'drawing'));

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../../settings/settings.js').Settings} settings
 * @param {Promise<{template: ArrayLike<number>}>} usual the published templates are in it
 */
export function mountTemplates(node, lab, settings, usual) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const shelf = new DrawnTemplates();
  /** @type {number[][]} */ let published = Array.from({ length: 10 }, () => Array(POINTS).fill(0));
  /** @type {string[]} */ let past = [];
  let digit = 2;

  const now = () => String(settings.get(ROW));
  let known = now();
  /** @returns {Drawings} */
  const drawings = () => read(now()) ?? new Map();
  const shown = (/** @type {number} */ which) => drawings().get(which) ?? published[which];
  const begin = () => { past = [...past.slice(1 - UNDO), now()]; };
  let own = false; // whether a change is made here
  const put = (/** @type {string} */ text) => {
    own = true;
    settings.set(ROW, text);
    own = false;
  };
  const set = (/** @type {Drawings} */ next) => put(write(next));
  const say = (/** @type {string} */ text) => { find('.outcome').textContent = text; };
  const showError = (/** @type {string} */ text) => {
    find('.problem').textContent = text;
    input.setAttribute('aria-invalid', String(text !== ''));
  };

  const editor = mountTemplate(find('.pad'), {
    begin,
    move(index, value) {
      set(drawings().set(digit, shown(digit).with(index, value)));
    },
  });
  const thumbs = published.map((_, which) => {
    const button = element('button', { className: 'thumb', type: 'button' });
    const thumb = mountThumb();
    button.setAttribute('aria-label', `Edit digit ${which}`);
    button.append(thumb.root, element('span', { textContent: String(which) }));
    button.addEventListener('click', () => {
      digit = which;
      showError('');
      draw();
    });
    return { button, thumb };
  });
  find('.thumbs').append(...thumbs.map(({ button }) => button));
  let arrived = false; // whether the published templates are here
  const told = mountAlternative(node, () => (arrived ? tell(published.map((_, which) => shown(which)), published) : null));

  const input = element('textarea', { id: 'templates-typed', rows: 3, spellcheck: false, autocomplete: 'off' });
  const label = element('label', { htmlFor: input.id });
  /** @param {string} textContent @param {() => void} act */
  const button = (textContent, act) => {
    const made = element('button', { className: 'plain small', type: 'button', textContent });
    made.addEventListener('click', act);
    return made;
  };
  input.addEventListener('change', () => {
    const typed = points(input.value);
    const whole = typed ? null : read(input.value);
    if (!typed && !whole?.size) return showError(complaint(input.value));
    begin();
    set(typed ? drawings().set(digit, typed) : /** @type {Drawings} */ (whole));
    say('');
  });
  const resetOne = button('Reset this digit', () => {
    begin();
    const left = drawings();
    left.delete(digit);
    set(left);
  });
  const resetAll = button('Reset all', () => {
    begin();
    put('');
    say('All ten are as published. Undo brings your drawing back.');
  });
  const undo = button('Undo', () => {
    const before = past.pop();
    if (before !== undefined) put(before);
    say('');
  });
  const edits = element('div', { className: 'edits' });
  edits.append(undo, resetOne, resetAll);
  find('.typing').append(label, input, edits);

  const title = element('input', { id: 'templates-name', type: 'text', maxLength: 40, autocomplete: 'off' });
  const naming = element('label', { htmlFor: title.id, textContent: 'Keep it in this browser as' });
  const keep = button('Save', () => {
    const name = title.value.trim();
    if (!name) return say('A name is needed to save it.');
    if (!now()) return say('Nothing is drawn yet: all ten are as published.');
    shelf.put(name, now());
    title.value = '';
    say(shelf.kept ? `Saved “${name}”.` : `“${name}” lasts until the page is closed: this browser keeps nothing for it.`);
    list();
  });
  const saved = element('ul', { className: 'shelf' });
  saved.setAttribute('aria-label', 'saved drawings');
  find('.saved').append(naming, title, keep, saved);

  function list() {
    saved.replaceChildren(...shelf.all.map(({ name, text }) => {
      const item = element('li');
      const open = button(name, () => {
        begin();
        put(text);
        say(`“${name}” is in use.`);
      });
      const remove = button('×', () => {
        shelf.remove(name);
        list();
        title.focus(); // the pressed one is gone
      });
      open.title = 'Use this drawing';
      remove.setAttribute('aria-label', `Delete ${name}`);
      item.append(open, remove);
      return item;
    }));
  }

  function draw() {
    const drawn = drawings();
    thumbs.forEach(({ button: one, thumb }, which) => {
      thumb.update(shown(which));
      one.setAttribute('aria-pressed', String(which === digit));
      one.classList.toggle('drawn', drawn.has(which));
    });
    editor.update(shown(digit), published[digit]);
    told.changed();
    label.textContent = `The twelve points of ${digit}, or a whole set`;
    if (document.activeElement !== input) input.value = shown(digit).map((value) => Math.round(1e4 * value) / 1e4).join(', ');
    resetOne.setAttribute('aria-disabled', String(!drawn.has(digit)));
    undo.setAttribute('aria-disabled', String(!past.length));
  }

  /** What Python says of templates that cannot be read, at their place. */
  async function check() {
    const text = now();
    if (read(text)) return showError('');
    await lab.run('parts', { templates: text }).then(() => showError(''), ({ message }) => showError(message));
  }

  settings.addEventListener('change', (event) => {
    if (/** @type {CustomEvent} */ (event).detail !== ROW) return;
    if (!own && known !== now()) past = [...past.slice(1 - UNDO), known]; // a file, or all settings were reset
    known = now();
    check();
    draw();
  });
  usual.then(({ template }) => {
    arrived = true;
    published = published.map((_, which) => Array.from({ length: POINTS }, (__, i) => template[which * POINTS + i]));
    draw();
  }, () => {});
  list();
  check();
  draw();
}
