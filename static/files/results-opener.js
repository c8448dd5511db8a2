// Opens results files: by a button, or by dropping one on the page. What is done with them is the figure's.
// @ts-check
import { element } from '../ui/dom.js';
import { readFile } from './read-results.js';

/** @typedef {import('./read-results.js').Results} Results */

/** @param {any} spec @returns {string} what it says of itself, as far as it does */
function told(spec) {
  if (!spec) return 'no spec in it';
  const { dataset, preset, ...fields } = spec;
  const some = ['hidden', 'steps', 'levels', 'trials', 'seed'].filter((name) => Object.hasOwn(fields, name));
  return [preset, ...some.map((name) => `${name} ${fields[name]}`)].filter(Boolean).join(', ');
}

/**
 * @param {HTMLElement} node where button, names and sentences go
 * @param {object} options
 * @param {HTMLElement} options.zone shown as the place for files while one is dragged over the page
 * @param {import('./columns.js').Column[]} options.columns of the files it takes
 * @param {(opened: Results[]) => void} options.onChange with all that are open now
 */
export function mountOpener(node, { zone, columns, onChange }) {
  /** @type {Results[]} */ let opened = [];
  const input = element('input', { type: 'file', accept: '.json,.csv,application/json,text/csv', hidden: true });
  const button = element('button', { className: 'plain small', type: 'button', textContent: 'Open a results file' });
  const list = element('ul', { className: 'opened' });
  const problem = element('p', { className: 'problem' });
  list.setAttribute('aria-label', 'opened results');
  problem.setAttribute('role', 'alert');
  node.classList.add('opener');
  node.append(button, element('span', { className: 'hint', textContent: 'or drop one on the page: JSON or CSV, as it was taken away' }), input, list, problem);

  /** @param {Results[]} next */
  const show = (next) => {
    opened = next;
    list.replaceChildren(...opened.map((results) => {
      const { name, spec, records } = results;
      const item = element('li', { textContent: `${name}: ${records.length} records; ${told(spec)} ` });
      const remove = element('button', { className: 'plain small', type: 'button', textContent: 'Remove' });
      remove.setAttribute('aria-label', `Remove ${name}`);
      remove.addEventListener('click', () => {
        show(opened.filter((one) => one !== results));
        button.focus(); // the pressed one is gone
      });
      item.append(remove);
      return item;
    }));
    onChange(opened);
  };

  /** @param {File} file */
  const open = async (file) => {
    const outcome = await readFile(file, columns);
    problem.textContent = 'problem' in outcome ? outcome.problem : '';
    if ('results' in outcome) show([...opened.filter(({ name }) => name !== file.name), outcome.results]);
  };

  button.addEventListener('click', () => input.click());
  input.addEventListener('change', async () => {
    for (const file of input.files ?? []) await open(file);
    input.value = ''; // the same file may be chosen again
  });
  // Anywhere on the page: a file dropped beside the figure would make the browser leave the page.
  /** @param {string} type @param {(event: DragEvent) => void} act */
  const onFiles = (type, act) => document.addEventListener(type, (event) => {
    const { dataTransfer } = /** @type {DragEvent} */ (event);
    if (!dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    act(/** @type {DragEvent} */ (event));
  });
  onFiles('dragover', () => zone.classList.add('dropping'));
  onFiles('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) zone.classList.remove('dropping'); // the pointer has left the page
  });
  onFiles('drop', async ({ dataTransfer }) => {
    zone.classList.remove('dropping');
    for (const file of [...dataTransfer?.files ?? []]) await open(file);
    node.scrollIntoView({ block: 'nearest' });
  });
}
