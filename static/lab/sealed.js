// What the browser keeps, with a sum over it: what comes back changed or garbled is not believed. Stores nothing.
// @ts-check
import { canonical, shortHash } from '../records/hash.js';

/** @typedef {import('./messages.js').Checkpoint} Checkpoint */

/** @param {any} value @returns {string} */
const sumOf = ({ sum, ...rest }) => shortHash(canonical({ ...rest, next_mask: rest.next_mask ? [...rest.next_mask] : null }));

/** @template {object} T @param {T} value @returns {T & {sum: string}} */
export const seal = (value) => ({ ...value, sum: sumOf(value) });

/** @param {any} record */
const isMeasured = (record) => record !== null && typeof record === 'object'
  && [record.trial, record.level, record.step, record.sparsity, record.test_acc].every(Number.isFinite)
  && record.sparsity >= 0 && record.sparsity <= 1 && record.test_acc >= 0 && record.test_acc <= 100;

/** @param {any} kept @returns {boolean} an older release kept no sum: then its form has to do */
const isUnchanged = (kept) => kept.sum === undefined || kept.sum === sumOf(kept);

/** @param {any} records @returns {records is object[]} */
const areMeasured = (records) => Array.isArray(records) && records.length > 0 && records.every(isMeasured);

/** @param {any} kept @param {number} level @returns {Checkpoint | undefined} the finished level, if it is one */
export function openLevel(kept, level) {
  const isOne = kept?.level === level && areMeasured(kept.records)
    && kept.records.length === (level ? 2 : 3) // level 0: one training, told of three arms
    && kept.records.every((/** @type {any} */ record) => record.level === level)
    && (kept.next_mask === undefined || kept.next_mask === null || kept.next_mask instanceof Uint8Array);
  if (!isOne || !isUnchanged(kept)) return undefined;
  const { records, next_mask } = kept;
  return { level, records, next_mask };
}

/** @param {any} kept @returns {object[] | undefined} the records of a finished arm, if they are that */
export function openArm(kept) {
  if (areMeasured(kept)) return kept; // as an older release kept them
  return areMeasured(kept?.records) && isUnchanged(kept) ? kept.records : undefined;
}
