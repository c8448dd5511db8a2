// A chart as a table: the means over trials of the same records, for who cannot or will not see it.
// Built when it is opened. It draws no chart.
// @ts-check
import { element } from './controls.js';

/** @typedef {Record<string, any>} Row */

const NAMES = ['model', 'variant', 'condition', 'arm', 'level', 'step'];
const VALUES = ['sparsity', 'test_acc', 'train_acc', 'test_loss', 'train_loss', 'p2', 'p3', 'p4'];
const TITLES = {
  sparsity: 'deleted, %', test_acc: 'test accuracy, %', train_acc: 'training accuracy, %',
  test_loss: 'test loss', train_loss: 'training loss', p2: 'pairs kept, %', p3: 'triples kept, %', p4: 'fours kept, %',
};
const SHARES = ['sparsity', 'p2', 'p3', 'p4']; // 0 to 1 in a record

/** @param {Row[]} records @returns {{head: string[], rows: string[][]}} a row for each set of names, in their order */
export function tabulate(records) {
  const there = (/** @type {string} */ name) => records.some((row) => row[name] !== undefined && row[name] !== null);
  const names = NAMES.filter(there);
  const values = VALUES.filter(there);
  /** @type {Map<string, Row[]>} */ const groups = new Map();
  for (const row of records) {
    const key = JSON.stringify(names.map((name) => row[name]));
    groups.set(key, [...groups.get(key) ?? [], row]);
  }
  /** @param {Row[]} rows @param {string} name */
  const mean = (rows, name) => {
    const found = rows.map((row) => row[name]).filter((value) => typeof value === 'number');
    if (!found.length) return '–';
    const scale = SHARES.includes(name) ? 100 : 1;
    const value = (scale * found.reduce((sum, one) => sum + one, 0)) / found.length;
    return value.toFixed(/loss|^p/.test(name) ? 3 : 1);
  };
  const rows = [...groups.values()].map((group) => [
    ...names.map((name) => String(group[0][name] ?? '–')), ...values.map((name) => mean(group, name)), String(group.length),
  ]);
  return { head: [...names, ...values.map((name) => TITLES[/** @type {'p2'} */ (name)]), 'n'], rows };
}

/** @param {HTMLElement} node @param {() => {records: Row[]} | null} result as it is when the table is opened */
export function mountAlternative(node, result) {
  const box = element('details', { className: 'as-table' });
  const place = element('div', { className: 'scroller', tabIndex: 0 });
  place.setAttribute('role', 'region');
  place.setAttribute('aria-label', 'The chart as a table');
  box.append(element('summary', { textContent: 'As a table' }), place);
  box.addEventListener('toggle', () => {
    const records = result()?.records ?? [];
    if (!box.open) return place.replaceChildren();
    if (!records.length) return place.replaceChildren('There is nothing to show yet.');
    const { head, rows } = tabulate(records);
    const table = element('table');
    table.createCaption().textContent = 'Means over the trials of each row; n is their number.';
    const top = table.createTHead().insertRow();
    top.append(...head.map((textContent) => element('th', { scope: 'col', textContent })));
    const body = table.createTBody();
    for (const [first, ...rest] of rows) {
      const row = body.insertRow();
      row.append(element('th', { scope: 'row', textContent: first }));
      rest.forEach((text, i) => {
        const cell = row.insertCell();
        cell.textContent = text;
        cell.dataset.label = head[i + 1];
      });
    }
    place.replaceChildren(table);
  });
  node.append(box);
}
