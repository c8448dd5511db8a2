// What the arms of an analysis say against the dense network, paired by trial. Draws nothing.
// @ts-check
import { formatDifference } from '../records/format.js';
import { interval } from '../records/stats.js';

/** @typedef {import('../from-python.js').ArmMeasurement} Row */
/** @typedef {import('../records/stats.js').Mean & {values: number[], arm: string, condition: string}} Delta */

/** What a network and a condition are called, in the order in which to show them. */
export const NAMES = /** @type {[string, string, string][]} */ ([
  ['lottery', 'fresh', 'lottery ticket'],
  ['lottery', 'late', 'lottery, late rewind'],
  ['lottery', 'flipped', 'lottery, inputs flipped'],
  ['lottery', 'reinitialized', 'lottery, reinitialised'],
  ['lottery', 'chunked', 'lottery, four chunks permuted'],
  ['lottery', 'halves', 'lottery, halves swapped'],
  ['lottery', 'shuffled', 'lottery, inputs shuffled'],
  ['lottery', 'search', 'lottery, on the data of its search'],
  ['permuted', 'reinitialized', 'permuted mask, reinitialised'],
  ['permuted', 'fresh', 'permuted mask'],
  ['random', 'fresh', 'random mask'],
]);

/** @param {{arm: string, condition: string}} row @returns {string} */
export function nameOf({ arm, condition }) {
  const known = NAMES.find((name) => name[0] === arm && name[1] === condition);
  return known?.[2] ?? `${arm}, ${condition}`;
}

/** @param {{arm: string, condition: string}} row @returns {number} its place among the others */
export function rank({ arm, condition }) {
  const at = NAMES.findIndex((name) => name[0] === arm && name[1] === condition);
  return at < 0 ? NAMES.length + ['lottery', 'permuted', 'random'].indexOf(arm) : at;
}

/** Which data of a condition a row is of. Rows that are older than `fresh_seed` are of the first. @param {Row} row */
const dataOf = ({ condition, trial, fresh_seed = 1 }) => `${condition} ${trial} ${fresh_seed}`;

/**
 * The last row of each training.
 * @param {Row[]} records of trainings that have ended @returns {Row[]}
 */
export function finals(records) {
  const trainings = Map.groupBy(records, (row) => `${row.arm} ${dataOf(row)}`);
  return [...trainings.values()].map((rows) => rows.reduce((last, row) => (row.step > last.step ? row : last)));
}

/** The mean of each trial, over its fresh datasets. @param {{trial: number, delta: number}[]} pairs @returns {number[]} */
const byTrial = (pairs) => [...Map.groupBy(pairs, ({ trial }) => trial).values()]
  .map((rows) => rows.reduce((sum, { delta }) => sum + delta, 0) / rows.length);

/**
 * Each arm's test accuracy less the dense network's on the same data, where both have ended: a value a
 * trial, the mean over its fresh datasets.
 * @param {Row[]} records @returns {Delta[]}
 */
export function deltas(records) {
  const ended = finals(records);
  const dense = new Map(ended.filter(({ arm }) => arm === 'dense').map((row) => [dataOf(row), row.test_acc]));
  const groups = Map.groupBy(ended.filter(({ arm }) => arm !== 'dense'), ({ arm, condition }) => `${arm} ${condition}`);
  return [...groups.values()].flatMap((rows) => {
    const [{ arm, condition }] = rows;
    const pairs = rows.map((row) => ({ trial: row.trial, delta: row.test_acc - (dense.get(dataOf(row)) ?? NaN) }));
    const values = byTrial(pairs.filter(({ delta }) => Number.isFinite(delta)));
    return values.length ? [{ arm, condition, values, ...interval(values) }] : [];
  }).sort((a, b) => rank(a) - rank(b));
}

/** @param {Delta} found @returns {string} the difference with its interval, and n, on one line */
export const describeDelta = (found) => `${formatDifference(found)}, n\u00a0=\u00a0${found.n}`;
