// Tables of the page: a head, and rows whose first cell names them. What is in them is the caller's.
// @ts-check
import { element } from './dom.js';

/** @typedef {string | Node} Content */

/** @param {Content} content @param {string} [head] of its column, shown beside it on narrow screens */
export function makeCell(content, head) {
  const cell = element('td');
  cell.append(content);
  if (head !== undefined) cell.dataset.label = head;
  return cell;
}

/**
 * @param {Content[]} cells @param {string[]} heads of the columns; of mere numbers none
 * @returns {HTMLTableRowElement} its first cell is the row's head
 */
export function makeRow([first, ...rest], heads) {
  const row = element('tr');
  const head = element('th', { scope: 'row' });
  head.append(first);
  row.append(head, ...rest.map((content, i) => makeCell(content, heads[i + 1])));
  return row;
}

/**
 * @param {string[]} heads of the columns @param {{className?: string, caption?: string}} [about]
 * @returns {{table: HTMLTableElement, body: HTMLTableSectionElement}} the table, and where its rows go
 */
export function makeTable(heads, { className = '', caption } = {}) {
  const table = element('table', { className });
  if (caption !== undefined) table.createCaption().textContent = caption;
  table.createTHead().insertRow().append(...heads.map((textContent) => element('th', { scope: 'col', textContent })));
  return { table, body: table.createTBody() };
}
