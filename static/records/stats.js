// Means of records with their 95 % t-intervals, and Wilson's interval of a share. Draws nothing.
// @ts-check

/** @typedef {import('./types.js').Measurement} Measurement */
/** @typedef {'test_acc' | 'best_test_acc' | 'test_loss'} Quantity */
/** @typedef {{n: number, mean: number, halfWidth: number}} Mean `halfWidth` of the 95 % t-interval; NaN for one value */
/** @typedef {Mean & {arm: string, level: number, sparsity: number}} Summary */

// Student's t at 97.5 %, for 1 to 30 degrees of freedom.
const T = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281,
  2.201, 2.1788, 2.1604, 2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.093, 2.086,
  2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
];
const Z = 1.959964; // of the normal distribution

/** @param {number} freedom degrees of freedom @returns {number} Student's t at 97.5 % */
export const studentT = (freedom) =>
  T[freedom - 1] ?? Z + (Z ** 3 + Z) / (4 * freedom) + (5 * Z ** 5 + 16 * Z ** 3 + 3 * Z) / (96 * freedom ** 2);

/** @param {number[]} values @returns {number} */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {number[]} values @returns {number} standard error of the mean; NaN for a single value */
export function standardError(values) {
  const centre = mean(values);
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}

/** @param {number[]} values @returns {Mean} */
export const interval = (values) => ({
  n: values.length,
  mean: mean(values),
  halfWidth: values.length > 1 ? studentT(values.length - 1) * standardError(values) : NaN,
});

/**
 * Wilson's 95 % interval of a share: it stays within 0 and 100 even for few answers.
 * @param {number} right @param {number} n @returns {[number, number]} in percent; NaN for none
 */
export function wilson(right, n) {
  const share = right / n;
  const centre = share + Z ** 2 / (2 * n);
  const halfWidth = Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  const scale = 100 / (1 + Z ** 2 / n);
  return [Math.max(0, scale * (centre - halfWidth)), Math.min(100, scale * (centre + halfWidth))];
}

/**
 * One quantity of each arm at each level, over trials.
 * @param {Measurement[]} records @param {Quantity} [quantity]
 * @returns {Summary[]} ordered by level within each arm
 */
export function summarize(records, quantity = 'test_acc') {
  const known = records.filter((row) => Number.isFinite(row[quantity]));
  return [...Map.groupBy(known, ({ arm, level }) => `${arm} ${level}`).values()]
    .map((rows) => {
      const { arm, level, sparsity } = rows[0];
      return { arm, level, sparsity, ...interval(rows.map((row) => Number(row[quantity]))) };
    })
    .sort((a, b) => a.level - b.level);
}

/**
 * Each network's value less that of the dense network of its own trial; trials without one are left out.
 * @param {Measurement[]} records @param {Quantity} quantity @param {Measurement[]} [among] where the dense networks are
 * @returns {Measurement[]} the same rows, the difference in place of the value
 */
export function lessDense(records, quantity, among = records) {
  const dense = new Map(among.filter(({ arm }) => arm === 'dense').map((row) => [row.trial, Number(row[quantity])]));
  return records
    .map((row) => ({ ...row, [quantity]: Number(row[quantity]) - (dense.get(row.trial) ?? NaN) }))
    .filter((row) => Number.isFinite(row[quantity]));
}

/**
 * How much an arm at a level differs from the dense network, paired by trial.
 * @param {Measurement[]} records @param {string} arm @param {number} level @param {Quantity} [quantity]
 * @returns {Mean | null} null where no trial has both
 */
export function toDense(records, arm, level, quantity = 'test_acc') {
  const wanted = records.filter((row) => row.arm === arm && row.level === level);
  const differences = lessDense(wanted, quantity, records).map((row) => Number(row[quantity]));
  return differences.length ? interval(differences) : null;
}

/**
 * @param {ArrayLike<number>} values @param {number} [from] @param {number} [to] of a part of them
 * @returns {[number, number]} the least and the largest
 */
export function extent(values, from = 0, to = values.length) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = from; i < to; i += 1) {
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return [low, high];
}
