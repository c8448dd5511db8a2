// The panel that makes data of a file that was opened: what is asked, with a preview, and Use it. The file is
// read by Python; what is used is kept in this browser.
// @ts-check
import { SOURCE } from '../settings/settings.js';
import { readSource } from '../settings/own-source.js';
import { element } from '../ui/dom.js';
import { select } from '../ui/inputs.js';
import { latestOnly } from '../ui/latest-only.js';
import { makeRow, makeTable } from '../ui/table.js';
import { mountThumbnail } from '../ui/upright.js';
import { USUAL, describePrepared, prepareArgs } from './own-choices.js';

/** @typedef {import('../lab/lab.js').Lab} Lab */
/** @typedef {import('../settings/settings.js').Settings} Settings */
/** @typedef {import('./own-choices.js').Choices} Choices */
/** @typedef {import('./own-choices.js').Prepared} Prepared */
/** @typedef {import('./own-choices.js').DataFile} DataFile */

const HEIGHT = 0.7; // of the largest number of a preview, as thumbnails take it
let ids = 0;

/** A number with a label. @param {string} label @param {Partial<HTMLInputElement>} properties @param {(value: number) => void} onChange */
function numberInput(label, properties, onChange) {
  const input = element('input', { type: 'number', id: `own-number-${++ids}`, autocomplete: 'off', ...properties });
  const box = element('div', { className: 'control' });
  box.append(element('label', { htmlFor: input.id, textContent: label }), input);
  input.addEventListener('change', () => { if (!Number.isNaN(input.valueAsNumber)) onChange(input.valueAsNumber); });
  return { box, input };
}

/**
 * The questions.
 * @param {HTMLElement} node @param {Choices} choices are changed @param {() => void} onChange
 */
function mountQuestions(node, choices, onChange) {
  /** @template {keyof Choices} K @param {K} name @returns {(value: Choices[K]) => void} */
  const take = (name) => (value) => {
    choices[name] = value;
    onChange();
  };
  const column = select('Label column', take('column'));
  const split = select('Test part', take('split'));
  const share = numberInput('Training share', { min: '0.05', max: '0.95', step: '0.05', value: String(choices.train_share) }, take('train_share'));
  const seed = numberInput('Seed of the split', { min: '0', step: '1', value: String(choices.seed) }, take('seed'));
  const centring = select('Centred and scaled', take('centring'));
  const length = numberInput('Resample to (0: as it is)', { min: '0', max: '1024', step: '1', value: String(choices.length) }, take('length'));
  centring.show([['all', 'all numbers together'], ['each', 'each example by itself'], ['none', 'as they are']], choices.centring);
  node.append(column.box, split.box, share.box, seed.box, centring.box, length.box);
  /** @param {Prepared} prepared */
  return function update({ columns, column: at, has_test: hasTest }) {
    column.box.hidden = at < 0;
    column.show(columns.map((name, i) => [String(i + 1), name]), String(at + 1));
    split.box.hidden = !hasTest;
    split.show([['file', 'as the file has it'], ['random', 'drawn at random']], choices.split);
    share.box.hidden = hasTest && choices.split === 'file';
  };
}

/** The first example of each class, and how many there are. @param {HTMLElement} node @param {Prepared} prepared */
function drawPreview(node, { names, counts, counts_test: tests, examples, shown, length }) {
  const most = examples.reduce((all, value) => Math.max(all, Math.abs(value)), 1e-9);
  const pictures = names.slice(0, shown).map((name, i) => {
    const { root, update } = mountThumbnail();
    update(Array.from(examples.subarray(i * length, (i + 1) * length), (value) => (value * HEIGHT) / most));
    const box = element('div', { className: 'previewed' });
    box.append(root, element('span', { textContent: name }));
    return box;
  });
  const row = element('div', { className: 'previews' });
  row.append(...pictures);
  const { table, body } = makeTable(['class', 'to train on', 'to test'], {
    className: 'compact', caption: 'Examples by class. Above, from top to bottom: the first of each class, as a network gets it.',
  });
  body.append(...names.map((name, i) => makeRow([name, String(counts[i]), String(tests[i])], [])));
  const scroll = element('div', { className: 'scrolled', tabIndex: 0 });
  scroll.setAttribute('role', 'group');
  scroll.setAttribute('aria-label', 'Examples by class');
  scroll.append(table);
  node.replaceChildren(row, scroll);
}

/** @param {() => void} onUse @param {() => void} onClose */
function makeButtons(onUse, onClose) {
  const box = element('div', { className: 'takeaway' });
  const use = element('button', { type: 'button', className: 'start', textContent: 'Use it', disabled: true });
  const close = element('button', { type: 'button', className: 'plain', textContent: 'Cancel' });
  use.addEventListener('click', onUse);
  close.addEventListener('click', onClose);
  box.append(use, close);
  return { box, use };
}

/**
 * Show the panel for files that were opened.
 * @param {HTMLElement} node where the panel goes @param {Lab} lab @param {Settings} settings @param {DataFile[]} files one or two
 * @param {(text: string) => void} tell what was done
 * @returns {Promise<void>} settles with the first preview; rejects if there is nothing to be made of the files
 */
export async function openOwnData(node, lab, settings, files, tell) {
  /** @type {Choices} */ const choices = { ...USUAL };
  /** @returns {Promise<Prepared>} */
  const prepare = () => lab.run('prepare_data', prepareArgs(files, choices));
  /** @type {Prepared | null} */ let prepared = await prepare();
  const panel = element('section', { className: 'own-data' });
  panel.setAttribute('aria-label', 'Your own data');
  const [facts, questions, preview, fault] = [
    element('p'), element('div', { className: 'controls' }), element('div'), element('p', { className: 'problem' }),
  ];
  facts.setAttribute('role', 'status');
  fault.setAttribute('role', 'alert');
  const title = element('h3', { textContent: `Your own data: ${files.map(({ name }) => name).join(' and ')}`, tabIndex: -1 });
  const { box, use } = makeButtons(async () => {
    if (!prepared) return;
    const own = await lab.own();
    await own.keep(prepared.source, prepared);
    settings.set(SOURCE, prepared.source);
    node.replaceChildren();
    tell(`${readSource(prepared.source)?.name} is in force in every chapter. ${own.store.problem || 'It is kept in this browser.'}`);
  }, () => node.replaceChildren());
  const updateQuestions = mountQuestions(questions, choices, () => {
    use.disabled = true;
    latest.request();
  });
  /** @param {Prepared} found */
  const show = (found) => {
    facts.textContent = describePrepared(found);
    updateQuestions(found);
    drawPreview(preview, found);
    use.disabled = false;
    fault.textContent = '';
  };
  const latest = latestOnly(async () => {
    try {
      prepared = null;
      prepared = await prepare();
      show(prepared);
    } catch (error) {
      fault.textContent = /** @type {Error} */ (error).message;
    }
  });
  show(/** @type {Prepared} */ (prepared));
  panel.append(title, facts, questions, preview, fault, box);
  node.replaceChildren(panel);
  title.focus();
}
