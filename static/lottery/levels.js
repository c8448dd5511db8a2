// Which level of a search is meant: the one nearest a sparsity, and how sparse one is. Draws nothing.
// @ts-check

/** @typedef {{arm: string, level: number, sparsity: number}} Row */

/** The sparsity that the figures open at and that sentences are about. The same as NEAR in verdict.py. */
export const TARGET_SPARSITY = 0.9;

/** @param {Row[]} records @param {number} level @returns {number | undefined} of the whole network */
export const sparsityAt = (records, level) =>
  records.find((row) => row.level === level && row.arm === (level ? 'lottery' : 'dense'))?.sparsity;

/**
 * @param {Row[]} records @param {number[]} levels to choose from @returns {number} 0 if from none
 */
export function nearest(records, levels) {
  const away = (/** @type {number} */ level) => Math.abs((sparsityAt(records, level) ?? 0) - TARGET_SPARSITY);
  return levels.reduce((best, level) => (away(level) < away(best) ? level : best), levels[0] ?? 0);
}
