// Opens results files, with a button or by dropping them on the page, and lists those that are open. It
// does not draw the results.
// @ts-check
import { element } from '../ui/dom.js';

/** @typedef {import('./opened-results.js').OpenedResults} OpenedResults */
/** @typedef {import('./read-results.js').Results} Results */

const LONGEST = 40; // letters of a field

/** @param {any} spec @returns {string} its main fields in words */
function describeSpec(spec) {
  if (!spec) return 'no spec in it';
  const { dataset, preset, ...fields } = spec;
  const some = ['hidden', 'steps', 'levels', 'trials', 'seed'].filter((name) => Object.hasOwn(fields, name));
  return [String(preset ?? '').slice(0, LONGEST), ...some.map((name) => `${name} ${String(fields[name]).slice(0, LONGEST)}`)].filter(Boolean).join(', ');
}

/**
 * @param {Results} results
 * @param {{onRemove: () => void, onRename: (name: string) => void}} listeners
 */
function listItem({ name, spec, records }, { onRemove, onRename }) {
  const item = element('li');
  const title = element('span', { textContent: name });
  const rename = element('button', { className: 'plain small', type: 'button', textContent: 'Rename' });
  rename.setAttribute('aria-label', `Rename ${name}`);
  rename.addEventListener('click', () => {
    const box = element('input', { value: name });
    box.setAttribute('aria-label', `New name of ${name}`);
    box.addEventListener('change', () => onRename(box.value)); // Enter, or another place
    title.replaceWith(box);
    box.select();
  });
  item.append(title, `: ${records.length} records; ${describeSpec(spec)} `, rename, ' ');
  const remove = element('button', { className: 'plain small', type: 'button', textContent: 'Remove' });
  remove.setAttribute('aria-label', `Remove ${name}`);
  remove.addEventListener('click', onRemove);
  item.append(remove);
  return item;
}

/**
 * Take files that are dropped anywhere on the page: beside the figure they would make the browser leave.
 * @param {HTMLElement} zone shown as the place for files while one is dragged over the page
 * @param {(files: File[]) => void} onDrop
 */
function followDrops(zone, onDrop) {
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
  onFiles('drop', ({ dataTransfer }) => {
    zone.classList.remove('dropping');
    onDrop([...dataTransfer?.files ?? []]);
  });
}

/**
 * @param {HTMLElement} node where button, names and sentences go
 * @param {object} options
 * @param {HTMLElement} options.zone shown as the place for files while one is dragged over the page
 * @param {import('./columns.js').Column[]} options.columns of the files it takes
 * @param {OpenedResults} options.opened gets what is read
 */
export function mountOpener(node, { zone, columns, opened }) {
  const input = element('input', { type: 'file', accept: '.json,.csv,application/json,text/csv', hidden: true });
  const button = element('button', { className: 'plain small', type: 'button', textContent: 'Open a results file' });
  const list = element('ul', { className: 'opened' });
  const fault = element('p', { className: 'problem' });
  list.setAttribute('aria-label', 'results beside the newest run');
  fault.setAttribute('role', 'alert');
  node.classList.add('opener');
  node.append(button, element('span', { className: 'hint', textContent: 'or drop one on the page: JSON or CSV, as saved from this page' }), input, list, fault);

  opened.addEventListener('change', () => {
    list.replaceChildren(...opened.all.map((results) => listItem(results, {
      onRemove() {
        opened.remove(results);
        button.focus(); // the pressed one is gone
      },
      onRename: (name) => opened.rename(results, name),
    })));
  });
  /** @param {Iterable<File> | Promise<Iterable<File>>} files */
  const open = async (files) => {
    try {
      const { readFile } = await import('./read-results.js'); // not needed at the page's start
      for (const file of await files) {
        const read = await readFile(file, columns);
        fault.textContent = 'fault' in read ? read.fault : '';
        if ('results' in read) opened.add(read.results);
      }
    } catch (error) {
      fault.textContent = /** @type {Error} */ (error).message; // a part of the page did not arrive
    }
  };
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', async () => {
    await open([...input.files ?? []]);
    input.value = ''; // the same file may be chosen again
  });
  const asked = new URLSearchParams(location.search).getAll('open');
  if (asked.length) open(import('./addressed-results.js').then(({ filesOf }) => filesOf(asked)));
  followDrops(zone, async (files) => {
    await open(files);
    node.scrollIntoView({ block: 'nearest' });
  });
}
