// What an exercise reads from the records of a run. Draws nothing and knows no exercise.
// @ts-check
import { mean, toDense } from '../records/stats.js';

/** @typedef {Record<string, any>} Row */
/** @typedef {import('../records/types.js').Measurement} Measurement */

/**
 * The last measurements of one of the four networks, its inputs in order.
 * @param {Row[]} records of a training @param {string} arm
 * @returns {{train: number, test: number}} accuracies in percent, means over trials
 */
export function finalAccuracy(records, arm) {
  const own = records.filter((row) => row.arm === arm && row.condition === 'plain');
  const last = Math.max(...own.map(({ step }) => step));
  const final = own.filter(({ step }) => step === last);
  return { train: mean(final.map((row) => row.train_acc)), test: mean(final.map((row) => row.test_acc)) };
}

/** @param {Row[]} records of a search @returns {{level: number, sparsity: number}[]} its pruned levels, in order */
export function prunedLevels(records) {
  const tickets = records.filter((row) => row.arm === 'lottery' && row.level > 0);
  return [...Map.groupBy(tickets, ({ level }) => level)].sort(([a], [b]) => a - b)
    .map(([level, rows]) => ({ level, sparsity: mean(rows.map((row) => row.sparsity)) }));
}

/**
 * The first level of a search that is as sparse, and an arm there against the dense network of its own trial.
 * @param {Row[]} records of a search @param {string} arm @param {number} least sparsity
 * @returns {{sparsity: number, gain: number, gains: number[]} | null} in points of test accuracy; null if no level is as sparse
 */
export function gainAt(records, arm, least) {
  const found = prunedLevels(records).find(({ sparsity }) => sparsity >= least);
  if (!found) return null;
  const measured = /** @type {Measurement[]} */ (records);
  const trials = [...new Set(records.map(({ trial }) => trial))];
  const gains = trials.flatMap((trial) => {
    const one = toDense(measured.filter((row) => row.trial === trial), arm, found.level);
    return one ? [one.mean] : [];
  });
  return gains.length ? { sparsity: found.sparsity, gain: mean(gains), gains } : null;
}

/**
 * How often pairs of adjacent inputs survive in the tickets' first layers, as a multiple of what chance would leave.
 * @param {Row[]} records of a search @param {number} least sparsity
 * @returns {number} at the first level that is as sparse, NaN if none is
 */
export function neighbourRatio(records, least) {
  const level = prunedLevels(records).find(({ sparsity }) => sparsity >= least)?.level;
  const rows = records.filter((row) => row.arm === 'lottery' && row.level === level);
  return mean(rows.map((row) => row.p2)) / mean(rows.map((row) => row.null2));
}
