// What the console shows of what was typed and of what came of it. It runs nothing.
// @ts-check
import { element } from '../../ui/dom.js';
import { makeRow, makeTable } from '../../ui/table.js';

/** @typedef {import('../../lab/sandbox/answers.js').Evaluated} Evaluated */

const MOST = 300; // parts that stay on the page

/** @param {NonNullable<Evaluated['table']>} table */
function tableNode({ columns, rows, left }) {
  const { table, body } = makeTable(columns, { className: 'compact' });
  body.append(...rows.map((row) => makeRow(row, columns)));
  const box = element('div', { className: 'records', tabIndex: 0 });
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', `Table of ${rows.length} records`);
  box.append(table);
  if (left) box.append(element('p', { textContent: `… and ${left} more rows` }));
  return box;
}

/** The lines above the one that is typed. */
export class Output {
  /** @type {{kind: string, node: HTMLElement} | null} */ #last = null;

  /** @param {HTMLElement} node */
  constructor(node) {
    this.node = node;
  }

  /** @param {string} kind of text: typed, stdout, stderr, result, error, note @param {string} text @returns {HTMLElement} what holds it */
  add(kind, text) {
    const goesOn = this.#last?.kind === kind && /^std/.test(kind);
    const part = goesOn && this.#last ? this.#last.node : element('pre', { className: kind });
    if (kind === 'typed') part.append(element('span', { className: 'visually-hidden', textContent: 'Typed: ' }));
    part.append(text);
    if (!goesOn) this.#show(kind, part);
    this.node.scrollTop = this.node.scrollHeight;
    return part;
  }

  /** @param {Evaluated} answer */
  addAnswer({ text, table, error }) {
    if (error) this.add('error', error.traceback);
    else if (table) this.#show('table', tableNode(table));
    else if (text) this.add('result', text);
    this.node.scrollTop = this.node.scrollHeight;
  }

  clear() {
    this.node.replaceChildren();
    this.#last = null;
  }

  /** @param {string} kind @param {HTMLElement} node */
  #show(kind, node) {
    this.#last = { kind, node };
    this.node.append(node);
    while (this.node.children.length > MOST) this.node.firstElementChild?.remove();
  }
}
