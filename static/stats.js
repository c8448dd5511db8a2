// Means and standard errors of records, and how numbers are written. Draws nothing.
// @ts-check

/** @typedef {import('./protocol.js').Measurement} Measurement */
/** @typedef {{arm: string, level: number, sparsity: number, n: number, mean: number, se: number}} Summary */

/** @param {number[]} values @returns {number} */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {number[]} values @returns {number} standard error of the mean; NaN for a single value */
export function standardError(values) {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/**
 * Test accuracy of each arm at each level, over trials.
 * @param {Measurement[]} records @returns {Summary[]} ordered by level within each arm
 */
export function summarize(records) {
  const groups = Map.groupBy(records, ({ arm, level }) => `${arm} ${level}`);
  return [...groups.values()]
    .map((rows) => {
      const values = rows.map((row) => row.test_acc);
      const { arm, level, sparsity } = rows[0];
      return { arm, level, sparsity, n: rows.length, mean: mean(values), se: standardError(values) };
    })
    .sort((a, b) => a.level - b.level);
}

/** @param {number} value a percentage @returns {string} with one decimal, kept on one line */
export const percent = (value) => `${value.toFixed(1)}\u00a0%`;

/** @param {Summary} row @returns {string} the mean, with its standard error if there is one */
export const meanWithError = ({ mean, se, n }) =>
  n > 1 ? `${mean.toFixed(1)}\u00a0±\u00a0${se.toFixed(1)}\u00a0%` : percent(mean);

/** @param {number} points @returns {string} a difference in words */
export const compared = (points) =>
  `${Math.abs(points).toFixed(1)} points ${points < 0 ? 'below' : 'above'}`;
