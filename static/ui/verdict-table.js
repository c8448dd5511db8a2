// A table of claims with what is said of each: the verdict, its difference and interval. Python judges.
// @ts-check
import { formatSigned } from '../records/format.js';
import { element } from './dom.js';
import { makeRow, makeTable } from './table.js';

/** @typedef {import('../from-python.js').VerdictRow} Verdict */
const SIGNS = /** @type {Record<string, string>} */ ({ supported: '✓', 'not supported': '✗', undecided: '?' });

/** @param {Verdict} row @param {(value: number) => string} format @returns {string} */
function spanOf({ n, mean, low, high, unit }, format) {
  if (!n || mean == null) return 'not measured'; // what Python has no value for is undefined
  const span = low == null || high == null ? '' : ` [${format(low)}, ${format(high)}]`;
  return `${format(mean)}${span} ${unit}, n\u00a0=\u00a0${n}`;
}

/** @param {Verdict} row @param {(value: number) => string} [format] @returns {HTMLElement} */
export function verdictCell(row, format = formatSigned) {
  const cell = element('div', { className: row.verdict.replace(' ', '-') });
  cell.append(
    element('div', { className: 'verdict', textContent: `${SIGNS[row.verdict]} ${row.verdict}` }),
    element('div', { className: 'measured', textContent: spanOf(row, format) }),
  );
  return cell;
}

/**
 * @param {string[]} heads @param {Verdict[]} rows one a claim @param {(row: Verdict, i: number) => (string | Node)[]} cells beside the claim's text
 * @returns {HTMLTableElement}
 */
export function makeVerdictTable(heads, rows, cells) {
  const { table, body } = makeTable(heads, { className: 'verdicts' });
  body.append(...rows.map((row, i) => makeRow([row.text, ...cells(row, i)], heads)));
  return table;
}
