// The search that the figures are about: its records and its masks. It runs nothing and draws nothing.
// @ts-check
import { rowsOf } from '../records/rows.js';
import { fromBase64 } from './masks.js';

/** @typedef {import('../records/types.js').Measurement} Measurement */

/**
 * What the figures take the ticket from. `mask` gives the packed lottery mask of a trial at a level
 * of at least 1 (little-endian bits, linear1.weight unit by unit first, then the rest), or null
 * where there is none: not trained yet, or not kept. A shipped result has those of trial 0 at most.
 * @typedef {object} SearchResult
 * @property {import('../from-python.js').LotterySpec} spec as the job returned it
 * @property {{name: string, args: import('../from-python.js').LotterySpec}[]} parts one a trial: the arguments of that trial alone
 * @property {Measurement[]} records
 * @property {boolean} complete whether all that was asked for is there
 * @property {boolean} shipped whether it came with the page
 * @property {(trial: number, level: number) => Uint8Array | null} mask
 * @property {import('../records/types.js').ShippedSearch} [file] the results file it was shipped in
 */

/** Holds the search that all figures show. Dispatches `change` when it is another, or has grown. */
export class CurrentSearch extends EventTarget {
  /** @type {SearchResult | null} */ current = null;

  /** @param {SearchResult} next */
  set(next) {
    this.current = next;
    this.dispatchEvent(new Event('change'));
  }
}

/**
 * @param {import('../lab/trials.js').Lottery} lottery as far as it is there @param {boolean} complete
 * @returns {SearchResult}
 */
export function liveResult({ spec, parts, records, masks }, complete) {
  const mask = (/** @type {number} */ trial, /** @type {number} */ level) => masks[trial]?.[level] ?? null;
  return { spec, parts, records, complete, shipped: false, mask };
}

/**
 * @param {import('../records/types.js').ShippedSearch} file
 * @returns {SearchResult} of its search
 */
export function shippedResult(file) {
  const { spec, seeds, records, masks } = file;
  return {
    spec: { ...spec, trials: seeds.length },
    parts: seeds.map((/** @type {number} */ seed) => ({ name: '', args: { ...spec, trials: 1, seed } })),
    records: rowsOf(records),
    complete: true,
    shipped: true,
    mask(trial, level) {
      const packed = trial === 0 ? masks[level - 1] : null;
      return packed ? fromBase64(packed) : null;
    },
    file,
  };
}
