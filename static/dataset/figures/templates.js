// Figure 3: draw your own digits. It edits the setting `templates`, which the dataset and all that
// trains on it use, and keeps named drawings in this browser.
// @ts-check
import { TEMPLATES } from '../../from-python.js';
import { element, finderIn } from '../../ui/dom.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { mountThumbnail } from '../../ui/upright.js';
import { describeTemplates, mountTemplateEditorChart } from '../charts/template-editor.js';
import { readTemplates, writeTemplates } from '../../settings/templates-text.js';
import { DrawnTemplates, describeFault, readTyped } from '../drawn-templates.js';
import { TemplateEdits } from '../template-edits.js';

/** @typedef {import('../../settings/templates-text.js').Templates} Templates */
/** @typedef {(text: string) => void} Say */

/** @param {string} textContent @param {() => void} onClick */
function button(textContent, onClick) {
  const made = element('button', { className: 'plain small', type: 'button', textContent });
  made.addEventListener('click', onClick);
  return made;
}

/** The ten digits; the one that is pressed is at hand. @param {HTMLElement} node @param {TemplateEdits} edits @param {() => void} onPick */
function mountThumbnails(node, edits, onPick) {
  const thumbnails = TEMPLATES.map((_, digit) => {
    const choose = element('button', { className: 'thumb', type: 'button' });
    const chart = mountThumbnail();
    choose.setAttribute('aria-label', `Edit digit ${digit}`);
    choose.append(chart.root, element('span', { textContent: String(digit) }));
    choose.addEventListener('click', () => {
      edits.digit = digit;
      onPick();
    });
    return { choose, chart };
  });
  node.append(...thumbnails.map(({ choose }) => choose));
  return function update() {
    const { drawn } = edits;
    thumbnails.forEach(({ choose, chart }, digit) => {
      chart.update(edits.pointsOf(digit));
      choose.setAttribute('aria-pressed', String(digit === edits.digit));
      choose.classList.toggle('drawn', drawn.has(digit));
    });
  };
}

/** The points to type, and the buttons that change them. @param {HTMLElement} node @param {TemplateEdits} edits @param {{say: Say, showError: Say}} tell */
function mountTyping(node, edits, { say, showError }) {
  const input = element('textarea', { id: 'templates-typed', rows: 3, spellcheck: false, autocomplete: 'off' });
  const label = element('label', { htmlFor: input.id });
  input.addEventListener('change', () => {
    const typed = readTyped(input.value);
    const whole = typed ? null : readTemplates(input.value);
    if (!typed && !whole?.size) return showError(describeFault(input.value));
    if (typed) edits.setPoints(typed);
    else edits.replace(writeTemplates(/** @type {Templates} */ (whole)));
    say('');
  });
  const undo = button('Undo', () => {
    edits.undo();
    say('');
  });
  const resetOne = button('Reset this digit', () => edits.resetDigit());
  const resetAll = button('Reset all', () => {
    edits.replace('');
    say('All ten are as published. Undo brings your drawing back.');
  });
  const buttons = element('div', { className: 'edits' });
  buttons.append(undo, resetOne, resetAll);
  node.append(label, input, buttons);
  return {
    input,
    update() {
      label.textContent = `The twelve points of ${edits.digit}, or a whole set`;
      if (document.activeElement !== input) {
        input.value = edits.pointsOf(edits.digit).map((value) => Math.round(1e4 * value) / 1e4).join(', ');
      }
      resetOne.setAttribute('aria-disabled', String(!edits.drawn.has(edits.digit)));
      undo.setAttribute('aria-disabled', String(!edits.canUndo));
    },
  };
}

/** The drawings that are kept by name. @param {HTMLElement} node @param {TemplateEdits} edits @param {Say} say */
function mountSaved(node, edits, say) {
  const shelf = new DrawnTemplates();
  const title = element('input', { id: 'templates-name', type: 'text', maxLength: 40, autocomplete: 'off' });
  const naming = element('label', { htmlFor: title.id, textContent: `Keep it ${shelf.kept ? 'in this browser' : 'until the page is closed'} as` });
  const list = element('ul', { className: 'shelf' });
  list.setAttribute('aria-label', 'saved drawings');
  const save = button('Save', () => {
    const name = title.value.trim();
    if (!name) return say('A name is needed to save it.');
    if (!edits.text) return say('Nothing is drawn yet: all ten are as published.');
    shelf.put(name, edits.text);
    title.value = '';
    say(shelf.kept ? `Saved “${name}”.` : `“${name}” lasts until the page is closed: this browser stores nothing for this page.`);
    update();
  });
  node.append(naming, title, save, list);

  /** @param {{name: string, text: string}} saved */
  function listItem({ name, text }) {
    const open = button(name, () => {
      edits.replace(text);
      say(`“${name}” is in use.`);
    });
    const remove = button('×', () => {
      shelf.remove(name);
      update();
      title.focus(); // the pressed button is gone
    });
    open.title = 'Use this drawing';
    remove.setAttribute('aria-label', `Delete ${name}`);
    const item = element('li');
    item.append(open, remove);
    return item;
  }
  const update = () => list.replaceChildren(...shelf.all.map(listItem));
  update();
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../../settings/settings.js').Settings} settings
 */
export function mountTemplatesFigure(node, lab, settings) {
  const find = finderIn(node);
  const edits = new TemplateEdits(settings);
  const say = (/** @type {string} */ text) => { find('.outcome').textContent = text; };
  const showError = (/** @type {string} */ text) => {
    find('.problem').textContent = text;
    typing.input.setAttribute('aria-invalid', String(text !== ''));
  };
  const editor = mountTemplateEditorChart(find('.pad'), {
    begin: () => edits.begin(),
    move: (index, value) => edits.move(index, value),
  });
  const updateThumbnails = mountThumbnails(find('.thumbs'), edits, () => {
    showError('');
    draw();
  });
  const alternative = mountAlternative(node, () =>
    describeTemplates(TEMPLATES.map((_, digit) => edits.pointsOf(digit)), TEMPLATES));
  const typing = mountTyping(find('.typing'), edits, { say, showError });
  mountSaved(find('.saved'), edits, say);

  function draw() {
    updateThumbnails();
    editor.update(edits.pointsOf(edits.digit), TEMPLATES[edits.digit]);
    alternative.changed();
    typing.update();
  }

  /** Show what Python says of templates that cannot be read. */
  async function check() {
    if (readTemplates(edits.text)) return showError('');
    await lab.run('parts', { templates: edits.text }).then(() => showError(''), ({ message }) => showError(message));
  }

  edits.addEventListener('change', () => {
    check();
    draw();
  });
  check();
  draw();
}
