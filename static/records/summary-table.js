// Records as a table: means over the trials of each row, with their intervals. Draws nothing.
// @ts-check
import { formatMean, formatNumber } from './format.js';
import { interval, mean } from './stats.js';

/** @typedef {Record<string, unknown>} Row */
/** @typedef {import('./types.js').Table} Table */

const NAMES = ['of', 'model', 'variant', 'condition', 'arm', 'field', 'value', 'level', 'step'];
const VALUES = [
  'sparsity', 'test_acc', 'train_acc', 'test_loss', 'train_loss', 'p2', 'null2', 'p3', 'null3', 'p4', 'null4',
];
const TITLES = /** @type {Record<string, string>} */ ({
  of: 'result', field: 'knob',
  sparsity: 'deleted, %', test_acc: 'test accuracy, %', train_acc: 'training accuracy, %',
  test_loss: 'test loss', train_loss: 'training loss', p2: 'pairs kept, %', p3: 'triples kept, %', p4: 'fours kept, %',
  null2: 'pairs by chance, %', null3: 'triples by chance, %', null4: 'fours by chance, %',
});
const SHARES = /^(sparsity|p\d|null\d)$/; // 0 to 1 in a record, shown in percent
const FINE = /loss|^p\d|^null\d/; // columns with three decimals

/** @param {Row[]} rows of one group @param {string} name @returns {string} */
function value(rows, name) {
  const scale = SHARES.test(name) ? 100 : 1;
  const found = rows.map((row) => row[name]).filter((one) => Number.isFinite(one)).map((one) => scale * Number(one));
  if (!found.length) return '–';
  const digits = FINE.test(name) ? 3 : 1;
  return name === 'sparsity' ? formatNumber(mean(found), digits) : formatMean(interval(found), digits);
}

/**
 * All records that a chart is drawn from; each row has the name of its result, if that has one.
 * @param {{name: string, records: Row[]}[]} results @returns {import('./types.js').TextAlternative}
 */
export function describeRecords(results) {
  const rows = results.flatMap(({ name, records }) => (name ? records.map((row) => ({ of: name, ...row })) : records));
  return { tables: [tabulate(rows)] };
}

/** @param {Row[]} records @returns {Table} a row for each set of names, in their order */
export function tabulate(records) {
  const there = (/** @type {string} */ name) => records.some((row) => row[name] !== undefined && row[name] !== null);
  const [names, values] = [NAMES.filter(there), VALUES.filter(there)];
  const groups = Map.groupBy(records, (row) => JSON.stringify(names.map((name) => row[name])));
  return {
    caption: 'Means over the trials of each row, from two on with 95 % t-intervals; n is their number.',
    head: [...[...names, ...values].map((name) => TITLES[name] ?? name), 'n'],
    rows: [...groups.values()].map((rows) => [
      ...names.map((name) => String(rows[0][name] ?? '–')), ...values.map((name) => value(rows, name)), String(rows.length),
    ]),
  };
}
