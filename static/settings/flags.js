// The flags in the query of an address, beside the settings: what they may be. Which figure `embed` shows is
// page/embed.js's.
// @ts-check
import { quoteShort } from './wrong-text.js';

const MOST_WORKERS = 64;

/** @param {URLSearchParams} flags @returns {number | undefined} workers that train, if the address says how many */
export function workersIn(flags) {
  const text = flags.get('workers') ?? '';
  const count = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return count >= 1 && count <= MOST_WORKERS ? count : undefined;
}

/** @param {URLSearchParams} flags @returns {'numpy' | undefined} what computes, if the address says it */
export const kernelsIn = (flags) => (flags.get('kernels') === 'numpy' ? 'numpy' : undefined);

/** @param {URLSearchParams} flags @returns {string[]} what is wrong with them, and what is done about it */
export function flagCorrections(flags) {
  /** @type {[string, boolean, string][]} */
  const checks = [
    ['workers', workersIn(flags) !== undefined, `a whole number from 1 to ${MOST_WORKERS}`],
    ['kernels', kernelsIn(flags) !== undefined, 'numpy'],
  ];
  return checks.filter(([name, fits]) => flags.has(name) && !fits)
    .map(([name, , allowed]) => `${name} must be ${allowed}, got ${quoteShort(String(flags.get(name)))}: it is left out`);
}
