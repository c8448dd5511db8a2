// What can be read of a search at each sparsity, in lines of text. Draws nothing.
// @ts-check
import { formatDifference, formatMean, formatPercent } from '../records/format.js';
import { lessDense, summarize, toDense } from '../records/stats.js';

/** @typedef {import('../records/types.js').Measurement} Measurement */
/** @typedef {import('../records/stats.js').Quantity} Quantity */
/** @typedef {import('../records/stats.js').Summary} Summary */

/** @typedef {{sparsity: number, value: number, text: string}} Reading all that is known at a sparsity */
/** @typedef {{name: string, records: Measurement[]}} Result */

/** How values of a quantity are written. @type {Record<Quantity, {digits: number, unit: string, step: string}>} `step`: the unit of differences */
export const UNITS = {
  test_acc: { digits: 1, unit: '%', step: 'points' },
  best_test_acc: { digits: 1, unit: '%', step: 'points' },
  test_loss: { digits: 3, unit: 'nats', step: 'nats' },
};

/** One result at one level. @param {Result} result @param {Summary[]} at @param {Quantity} quantity @returns {string[]} */
function values({ records }, at, quantity) {
  const { digits, unit } = UNITS[quantity];
  const text = (/** @type {Summary} */ row) => `${row.arm} ${formatMean(row, digits)} ${unit}`;
  const lottery = at.find(({ arm }) => arm === 'lottery');
  const delta = lottery?.level ? toDense(records, 'lottery', lottery.level, quantity) : null;
  return [
    ...(lottery?.level ? at.map(text) : at.filter(({ arm }) => arm === 'dense').map(text)),
    ...(delta ? [`lottery to dense ${formatDifference(delta, digits)}`] : []),
  ];
}

/** The same as differences. @param {Summary[]} at @param {Quantity} quantity @returns {string[]} */
function differences(at, quantity) {
  const { digits, step } = UNITS[quantity];
  const pruned = at.filter(({ arm, level }) => arm !== 'dense' && level > 0);
  return pruned.length ? pruned.map((row) => `${row.arm} to dense ${formatDifference(row, digits)} ${step}`) : ['the dense network itself'];
}

/**
 * @param {Result[]} results the foremost first @param {Quantity} quantity @param {boolean} difference to dense, not the values
 * @returns {Reading[]} ordered by sparsity
 */
export function readings(results, quantity, difference) {
  /** @type {Map<string, Reading>} */ const found = new Map();
  for (const result of results) {
    const shown = difference ? lessDense(result.records, quantity) : result.records;
    for (const at of Map.groupBy(summarize(shown, quantity), ({ level }) => level).values()) {
      // Shipped numbers are rounded: what is equal to three digits is the same level.
      const { sparsity, mean } = at.find(({ arm }) => arm === 'lottery') ?? at[0];
      const before = found.get(sparsity.toFixed(3));
      const head = before?.text ?? (at[0].level ? `${formatPercent(100 * sparsity)} deleted` : 'nothing deleted');
      const text = [
        head, `${result.name}, n = ${Math.max(...at.map(({ n }) => n))}`,
        ...(difference ? differences(at, quantity) : values(result, at, quantity)),
      ].join('\n');
      found.set(sparsity.toFixed(3), { sparsity, value: before?.value ?? mean, text });
    }
  }
  return [...found.values()].sort((a, b) => a.sparsity - b.sparsity);
}
