// A picture in words and numbers, for who cannot or will not see it: a sentence, and tables that are
// filled when they are opened. What they say is the caller's, from what was drawn. It draws nothing.
// @ts-check
import { element } from './dom.js';
import { makeRow, makeTable } from './table.js';

/** @typedef {import('../records/types.js').Table} Table */
/** @typedef {import('../records/types.js').TextAlternative} TextAlternative */

const QUIET = 300; // milliseconds without a change: whoever drags a slider is not slowed down;
const LATE = 1000; // but what changes all the time is written as often as this

/** @param {Table} table */
function build({ caption, head, rows, compact = false }) {
  const { table, body } = makeTable(head, { className: compact ? 'compact' : '', caption });
  body.append(...rows.map((cells) => makeRow(cells, compact ? [] : head)));
  return table;
}

/**
 * @param {HTMLElement} node where to add it @param {() => TextAlternative | null} tell null while nothing is drawn
 * @param {{id?: string, charts?: HTMLElement[]}} [options] `id` of the sentence, for the picture's
 *   `aria-describedby`; `charts` to watch while it is open, for a caller who does not tell of changes
 * @returns {{changed: () => void}} to be called after each change of the picture; cheap
 */
export function mountAlternative(node, tell, { id, charts = [] } = {}) {
  const box = element('details', { className: 'as-table' });
  const place = element('div', { className: 'scroller', tabIndex: 0 });
  const sentence = element('p', { ...(id && { id }) });
  place.setAttribute('role', 'region');
  place.setAttribute('aria-label', 'The chart as a table');
  box.append(element('summary', { textContent: 'As a table' }), sentence, place);
  node.append(box);

  let written = '';
  function write() {
    const told = tell();
    if (sentence.textContent !== (told?.sentence ?? '')) sentence.textContent = told?.sentence ?? '';
    if (!box.open) {
      place.replaceChildren();
      written = '';
      return;
    }
    const tables = told?.tables.filter(({ rows }) => rows.length) ?? [];
    const next = JSON.stringify(tables);
    if (next === written) return; // who reads in it keeps their place
    written = next;
    place.replaceChildren(...(tables.length ? tables.map(build) : ['There is nothing to show yet.']));
  }

  let timer = 0; // none
  let since = 0; // the first change that is not written
  const changed = () => {
    const now = performance.now();
    if (!timer) since = now;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      timer = 0;
      write();
    }, Math.max(0, Math.min(QUIET, since + LATE - now)));
  };
  const watcher = new MutationObserver(changed);
  box.addEventListener('toggle', () => {
    watcher.disconnect();
    if (box.open) for (const chart of charts) watcher.observe(chart, { childList: true, subtree: true });
    write();
  });
  return { changed };
}
