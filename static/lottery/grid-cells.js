// The cells of the grid of width and sparsity, what they and their comparisons are called, and the
// sentence on where each claim holds. Which claims hold is Python's to say. Draws nothing.
// @ts-check
import { CELLS, COMPARISONS } from '../from-python.js';
import { formatCount, formatPercent, formatSigned } from '../records/format.js';

/** @typedef {import('../from-python.js').GridRow} GridRow */
/** @typedef {import('../from-python.js').GridHolds} GridHolds */
/** @typedef {{hidden: number, sparsity: number, survivors: number}} Cell `survivors`: 0 unless it is matched on them */
/** @typedef {{sparsity: number | null, survivors: number}} Line what the cells of a row have in common */

export const WIDTHS = [...new Set(CELLS.map(({ hidden }) => hidden))];

/** Where a cell stands in its width: the sparsity, or the number of survivors. @param {Line} cell */
export const lineKey = ({ sparsity, survivors }) => String(survivors || sparsity);

/** All sparsities, then all numbers of survivors, each once. */
export const LINES = [...new Map(
  CELLS.toSorted((a, b) => a.survivors - b.survivors).map((cell) => [lineKey(cell), cell])).keys()];

/** @param {number} hidden @param {string} line @returns {Cell | undefined} undefined if a network is too narrow for it */
export const cellAt = (hidden, line) => CELLS.find((cell) => cell.hidden === hidden && lineKey(cell) === line);

/** @param {Cell} cell */
export const cellKey = (cell) => `${cell.hidden} ${lineKey(cell)}`;

/** The cell that the page opens with. */
export const FIRST = /** @type {Cell} */ (cellAt(500, '0.9') ?? CELLS[0]);

/** What each difference is called. @type {Record<string, string>} */
const TITLES = {
  fresh: 'Ticket minus dense',
  reinitialized: 'The same, reinitialised',
  places: 'Its places minus permuted places',
};

/** What each claim is called in the sentence. @type {Record<string, string>} */
const CLAIMS = {
  fresh: 'a ticket beats the dense network on fresh data',
  reinitialized: 'reinitialised, it does so',
  places: 'its places beat permuted ones',
};

/** @param {string} comparison @returns {string} */
export const titleOf = (comparison) => TITLES[comparison] ?? comparison;

/** @param {number} share 0 to 1 @returns {string} 90 %, or 95.3 % */
const percent = (share) => formatPercent(100 * share, Number.isInteger(Math.round(1e6 * share) / 1e4) ? 0 : 1);

/** @param {Cell} cell @returns {string} */
export const lineText = ({ sparsity, survivors }) => (survivors ?
  `${formatCount(survivors)} survivors, ${percent(sparsity)} deleted` : `${percent(sparsity)} deleted`);

/** @param {Cell} cell @returns {string} */
export const cellText = (cell) => `${cell.hidden} hidden units, ${lineText(cell)}`;

/** @param {{mean: number, low?: number | null, high?: number | null}} row @returns {string} the mean, and its interval if it has one */
export function spanText({ mean, low, high }) {
  const span = low == null || high == null ? '' : ` [${formatSigned(low)}, ${formatSigned(high)}]`;
  return `${formatSigned(mean)}${span}`;
}

/** Which side of zero the whole interval is on. @param {GridRow} row @returns {'above' | 'below' | 'open'} */
export function sideOf({ low, high }) {
  if (low != null && low > 0) return 'above';
  return high != null && high < 0 ? 'below' : 'open';
}

/** @param {number[]} widths @returns {string} 100, 200 and 300 */
const list = (widths) => widths.join(', ').replace(/, (\d+)$/, ' and $1');

/** @param {GridHolds} found @returns {string} at which widths a claim holds */
export function widthsText({ hidden, widths, of }) {
  const [first, last] = [of[0], of.at(-1)];
  if (of.length === 1) return widths.length ? `at ${first} hidden units` : `not at ${first} hidden units`;
  if (hidden === first) return `at every width, ${first} to ${last} hidden units`;
  if (hidden != null && hidden !== last) {
    const before = widths.filter((width) => width < hidden);
    return `from ${hidden} hidden units on${before.length ? ` (and at ${list(before)})` : ''}`;
  }
  return widths.length ? `only at ${list(widths)} hidden units` : `at no width from ${first} to ${last} hidden units`;
}

/**
 * From which width on each claim holds, at a sparsity or with a number of survivors.
 * @param {GridHolds[]} holds @param {string} line @returns {string} '' if nothing is known
 */
export function holdsSentence(holds, line) {
  const found = COMPARISONS.flatMap(({ name }) =>
    holds.filter((one) => one.comparison === name && lineKey(one) === line));
  if (!found.length) return '';
  const [{ sparsity, survivors }] = found;
  const where = survivors ? `With ${formatCount(survivors)} survivors` : `At ${percent(Number(sparsity))} sparsity`;
  return `${where} ${found.map((one) => `${CLAIMS[one.comparison]} ${widthsText(one)}`).join('; ')}`;
}
