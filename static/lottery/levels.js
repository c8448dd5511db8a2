// Levels of a search: how sparse one is, and which is nearest the target sparsity. Draws nothing.
// @ts-check

/** @typedef {{arm: string, level: number, sparsity: number}} Row */

/** The sparsity that the figures open at and that sentences are about. The same as TARGET_SPARSITY in claims.py. */
export const TARGET_SPARSITY = 0.9;

/** @param {Row[]} records @param {number} level @returns {number | undefined} of the whole network */
export const sparsityAt = (records, level) =>
  records.find((row) => row.level === level && row.arm === (level ? 'lottery' : 'dense'))?.sparsity;

/**
 * The level nearest the target sparsity.
 * @param {Row[]} records @param {number[]} levels to choose from @returns {number} 0 if there are none
 */
export function nearest(records, levels) {
  const away = (/** @type {number} */ level) => Math.abs((sparsityAt(records, level) ?? 0) - TARGET_SPARSITY);
  return levels.reduce((best, level) => (away(level) < away(best) ? level : best), levels[0] ?? 0);
}
