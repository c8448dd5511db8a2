// A picture in words and numbers, for those who cannot or will not see it: a sentence, and tables that
// are filled when they are opened. What they say is the caller's. Draws no picture.
// @ts-check
import { element } from './dom.js';
import { makeRow, makeTable } from './table.js';

/** @typedef {import('../records/types.js').Table} Table */
/** @typedef {import('../records/types.js').TextAlternative} TextAlternative */

const QUIET = 300; // milliseconds without a change before the text is written: dragging stays fast
const LATEST = 1000; // milliseconds after the first change; then it is written even if changes go on

/** @param {Table} table */
function buildTable({ caption, head, rows, compact = false }) {
  const { table, body } = makeTable(head, { className: compact ? 'compact' : '', caption });
  body.append(...rows.map((cells) => makeRow(cells, compact ? [] : head)));
  return table;
}

/** Act after a rest, as QUIET and LATEST say. @param {() => void} act @returns {() => void} requests it */
function afterRest(act) {
  let timer = 0; // 0: none
  let since = 0; // when the first change came that is not written
  return () => {
    const now = performance.now();
    if (!timer) since = now;
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      timer = 0;
      act();
    }, Math.max(0, Math.min(QUIET, since + LATEST - now)));
  };
}

/**
 * @param {HTMLElement} node where to add it @param {() => TextAlternative | null} describe null while nothing is drawn
 * @param {{id?: string, charts?: HTMLElement[]}} [options] `id` of the sentence, for the picture's
 *   `aria-describedby`; `charts` to watch while it is open, for a caller who does not call `changed`
 * @returns {{changed: () => void}} to be called after each change of the picture; cheap
 */
export function mountAlternative(node, describe, { id, charts = [] } = {}) {
  const box = element('details', { className: 'as-table' });
  const place = element('div', { className: 'scroller', tabIndex: 0 });
  const sentence = element('p', { ...(id && { id }) });
  place.setAttribute('role', 'region');
  place.setAttribute('aria-label', 'The chart as a table');
  box.append(element('summary', { textContent: 'As a table' }), sentence, place);
  node.append(box);

  let written = ''; // the tables on the page, as JSON
  function write() {
    const now = describe();
    if (sentence.textContent !== (now?.sentence ?? '')) sentence.textContent = now?.sentence ?? '';
    if (!box.open) {
      place.replaceChildren();
      written = '';
      return;
    }
    const tables = now?.tables.filter(({ rows }) => rows.length) ?? [];
    const next = JSON.stringify(tables);
    if (next === written) return; // a reader keeps the place
    written = next;
    place.replaceChildren(...(tables.length ? tables.map(buildTable) : ['There is nothing to show yet.']));
  }

  const changed = afterRest(write);
  const watcher = new MutationObserver(changed);
  box.addEventListener('toggle', () => {
    watcher.disconnect();
    if (box.open) for (const chart of charts) watcher.observe(chart, { childList: true, subtree: true });
    write();
  });
  return { changed };
}
