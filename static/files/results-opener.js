// A figure's place for results files: a button that opens some, what is open of the figure's kind, and what was
// said of it. It reads no file and does not draw the results.
// @ts-check
import { element } from '../ui/dom.js';

/** @typedef {import('./opened-results.js').OpenedResults} OpenedResults */
/** @typedef {import('./opened-results.js').Results} Results */
/** @typedef {import('./results-inbox.js').Arrival} Arrival */
/** @typedef {import('./sort-records.js').Kind} Kind */

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
  const about = describeSpec(spec);
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
  item.append(title, `: ${records.length} records${about && `; ${about}`} `, rename, ' ');
  const remove = element('button', { className: 'plain small', type: 'button', textContent: 'Remove' });
  remove.setAttribute('aria-label', `Remove ${name}`);
  remove.addEventListener('click', onRemove);
  item.append(remove);
  return item;
}

/** @param {Results['records']} records @returns {string} how often the experiment was repeated */
function trialsOf(records) {
  const n = new Set(records.map(({ trial }) => trial)).size;
  return `${n}\u00a0${n === 1 ? 'trial' : 'trials'}`;
}

/**
 * What came, of which kind, and where it is drawn: a link if that is another figure.
 * @param {Arrival} arrival @param {string} here id of the figure that says it
 */
function arrivalParts({ results: { name, records, spec }, kind: { title, place, tell } }, here) {
  const what = `${[`${name}: ${title}`, trialsOf(records), describeSpec(spec)].filter(Boolean).join(', ')}; `;
  const said = tell(records, spec);
  if (place.figure === here) return [`${what}drawn dotted in this figure. ${said ? `It says: ${said}` : ''} `];
  if (document.documentElement.dataset.embed !== undefined) return [`${what}the whole page draws it, below “${place.heading}”. `];
  const link = element('a', { href: `#${place.figure}`, textContent: place.heading });
  link.dataset.place = place.figure;
  return [`${what}drawn dotted below “`, link, '”. '];
}

/** A place of its own. @param {import('./results-inbox.js').ResultsInbox} inbox @param {string} kind @param {string} figure its id */
export function openerOf(inbox, kind, figure) {
  const node = element('div');
  mountOpener(node, inbox, kind, figure);
  return node;
}

/**
 * @param {HTMLElement} node where button, names and sentences go
 * @param {import('./results-inbox.js').ResultsInbox} inbox
 * @param {string} kind of the records that the figure draws
 * @param {string} figure its id
 * @returns {OpenedResults} what is open of that kind
 */
export function mountOpener(node, inbox, kind, figure) {
  const opened = inbox.list(kind);
  const input = element('input', { type: 'file', accept: '.json,.csv,application/json,text/csv', multiple: true, hidden: true });
  const button = element('button', { className: 'plain small', type: 'button', textContent: 'Open a results file' });
  const list = element('ul', { className: 'opened' });
  const came = element('p', { className: 'came' });
  const fault = element('p', { className: 'problem' });
  list.setAttribute('aria-label', 'results beside the newest run');
  came.setAttribute('role', 'status');
  fault.setAttribute('role', 'alert');
  node.classList.add('opener');
  node.append(button, element('span', { className: 'hint', textContent: 'or drop one on the page: JSON or CSV, of this page or of the command mnist1d-lab' }), input, list, came, fault);

  const show = () => {
    list.replaceChildren(...opened.all.map((results) => listItem(results, {
      onRemove() {
        opened.remove(results);
        came.textContent = '';
        button.focus(); // the pressed one is gone
      },
      onRename: (name) => opened.rename(results, name),
    })));
  };
  /** Say what came of that which is drawn here, or all if it was given to this figure. @param {Arrival[]} arrivals @param {string} from the figure whose button was pressed */
  const greet = (arrivals, from) => {
    const told = arrivals.filter((one) => from === figure || one.kind.place.figure === figure);
    if (told.length) came.replaceChildren(...told.flatMap((one) => arrivalParts(one, figure)));
  };
  /** @param {{text: string, figure: string}} now */
  const tell = (now) => { fault.textContent = now.figure === figure ? now.text : ''; };
  opened.addEventListener('change', show);
  inbox.addEventListener('come', (event) => {
    const { arrivals, figure: from } = /** @type {CustomEvent} */ (event).detail;
    greet(arrivals, from);
  });
  inbox.addEventListener('fault', (event) => tell(/** @type {CustomEvent} */ (event).detail));
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', async () => {
    await inbox.open([...input.files ?? []], figure);
    input.value = ''; // the same file may be chosen again
  });
  show(); // files may have come before this figure was mounted
  greet(inbox.arrivals, '');
  tell(inbox.fault);
  return opened;
}
