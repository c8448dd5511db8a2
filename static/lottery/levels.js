// Levels of a search: how sparse one is, and which is nearest the target sparsity. Draws nothing.
// @ts-check
import { TARGET_SPARSITY } from '../from-python.js';

/** @typedef {{arm: string, level: number, sparsity: number}} Row */

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
