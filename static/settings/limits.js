// The range of a setting: one, wherever its value comes from. It is the Python spec's; a slider shows a part of it.
// @ts-check
import { LIMITS } from '../from-python.js';

/** @typedef {import('./table.js').Setting} Setting */
/** @typedef {{low: number, high: number, open: boolean}} Limits `open` leaves the ends themselves out */

/** @param {Setting} setting of numbers @returns {Limits} */
export function limitsOf({ group, name, part, min = -Infinity, max = Infinity }) {
  const groups = /** @type {Record<string, Record<string, {low: number, high: number | null, open: boolean}>>} */ (LIMITS);
  if (part) return { low: 0, high: LIMITS.dataset.template_len.high, open: false }; // of the padding: a length too
  const found = groups[group === 'sweep' ? 'train' : group]?.[name];
  return found ? { ...found, high: found.high ?? Infinity } : { low: min, high: max, open: false };
}

/** @param {Setting} setting @param {number} value @returns {boolean} whether the setting may have it */
export function isWithin(setting, value) {
  const { low, high, open } = limitsOf(setting);
  if (Number.isInteger(setting.step) && !Number.isInteger(value)) return false;
  return open ? low < value && value < high : low <= value && value <= high;
}
