// The comparison of pooling: five CNNs on training sets of growing size, with as many steps or as many epochs
// for all sizes. What is planned, what is shown, and how far pooling is ahead. Draws nothing.
// @ts-check
import { POOLING, POOLING_BUDGETS, PUBLISHED_POOLING, SIZES, TESTED } from '../from-python.js';
import { rowsOf } from '../records/rows.js';
import { interval } from '../records/stats.js';
import { checkTrials } from '../settings/trials.js';

/** @typedef {import('../records/stats.js').Mean} Mean */
/** @typedef {'steps' | 'epochs'} Protocol what is equal for all sizes */
/**
 * The last measurement of one network; `value` is the size of its training set.
 * @typedef {{arm: string, protocol: Protocol, value: number, trial: number, steps: number, test_acc: number, train_acc: number}} PoolingRow
 */
/** @typedef {import('../settings/settings.js').JobArgs['pooling'] & {dataset: import('../from-python.js').DatasetSpec}} PoolingSpec */
/** @typedef {{arm: string, value: number} & Mean} Point */

const BATCH = 100; // examples of a step
export const BASE = 'no_pool'; // what the others are compared with
/** How the networks are called. @type {Record<string, string>} */
export const POOLING_NAMES = {
  no_pool: 'no pooling', stride_2: 'stride 2', max_pool: 'max', avg_pool: 'average', l2_pool: 'L2',
};
/** The sizes that a run may go up to. */
export { SIZES };

/** @param {PoolingSpec} spec @returns {number} steps or epochs of each network, as the protocol says */
export const budgetOf = ({ equal, steps, epochs }) => (equal === 'steps' ? steps : epochs);

/** @param {PoolingSpec} spec @param {number} size @returns {number} steps of a training on so many examples */
export const stepsOf = (spec, size) =>
  (spec.equal === 'steps' ? spec.steps : Math.max(1, Math.floor((spec.epochs * size) / BATCH)));

/**
 * The trainings of a run, trial by trial, the small sizes first. Trial t has its own weights and its own data.
 * @param {PoolingSpec} spec
 * @returns {{name: string, args: Partial<import('../from-python.js').TrainSpec>, row: any}[]} `row`: a PoolingRow but for what is measured
 */
export function planPooling(spec) {
  const { equal, trials, seed, largest, dataset } = spec;
  checkTrials(trials);
  const sizes = SIZES.filter((size) => size <= largest);
  return Array.from({ length: trials }, (_, trial) => sizes.flatMap((size) => POOLING.map((model) => {
    const steps = stepsOf(spec, size);
    const examples = size + TESTED;
    const data = { ...dataset, num_samples: examples, train_split: 1 - TESTED / examples, seed: dataset.seed + trial };
    const args = { model, steps, eval_every: steps, seed: seed + trial, dataset: data };
    return { name: JSON.stringify(args), args, row: { arm: model, protocol: equal, value: size, trial, steps } };
  }))).flat();
}

/** @param {{arm: string, value: number, test_acc: number}[]} rows @returns {Point[]} means over trials, by size */
export const meansOf = (rows) => [...Map.groupBy(rows, ({ arm, value }) => `${arm} ${value}`).values()]
  .map((group) => ({ arm: group[0].arm, value: group[0].value, ...interval(group.map(({ test_acc }) => test_acc)) }))
  .sort((a, b) => a.value - b.value);

/** How far each network is ahead of that without pooling, paired by trial. @param {PoolingRow[]} rows @returns {Point[]} */
export function leadsOf(rows) {
  const base = new Map(rows.filter(({ arm }) => arm === BASE).map((row) => [`${row.value} ${row.trial}`, row.test_acc]));
  return meansOf(rows.filter(({ arm, value, trial }) => arm !== BASE && base.has(`${value} ${trial}`))
    .map((row) => ({ ...row, test_acc: row.test_acc - Number(base.get(`${row.value} ${row.trial}`)) })));
}

/** The published accuracies as rows of one trial. @returns {{arm: string, value: number, test_acc: number}[]} */
export const publishedRows = () => Object.entries(PUBLISHED_POOLING).flatMap(([arm, found]) =>
  found.map((/** @type {number} */ test_acc, /** @type {number} */ i) => ({ arm, value: SIZES[i], test_acc })));

/** What the figure shows: by protocol the visitor's run, else what came with the page. */
export class PoolingResults {
  /** @type {{spec: import('../from-python.js').TrainSpec, rows: PoolingRow[]} | null} */ shipped = null;
  /** @type {Partial<Record<Protocol, {spec: PoolingSpec, plan: ReturnType<typeof planPooling>}>>} */ #runs = {};

  /** @param {Pick<import('./sweep-run.js').Sweep, 'found'>} sweep that has what is finished */
  constructor(sweep) {
    this.sweep = sweep;
  }

  /** @param {any} file results/pooling.json */
  setShipped(file) {
    this.shipped = { spec: file.spec, rows: rowsOf(file.records) };
  }

  /** @param {PoolingSpec} spec @returns {ReturnType<typeof planPooling>} */
  begin(spec) {
    const plan = planPooling(spec);
    this.#runs[spec.equal] = { spec, plan };
    return plan;
  }

  /** @param {Protocol} protocol @returns {PoolingRow[]} what came with the page */
  shippedRows(protocol) {
    return this.shipped?.rows.filter((row) => row.protocol === protocol) ?? [];
  }

  /** @param {Protocol} protocol @returns {{rows: PoolingRow[], spec: PoolingSpec | null, own: boolean}} `own`: the visitor's, which alone have a spec */
  shown(protocol) {
    const run = this.#runs[protocol];
    const rows = run ? /** @type {PoolingRow[]} */ (/** @type {unknown} */ (this.sweep.found(run.plan))) : [];
    if (run && rows.length) return { rows, spec: run.spec, own: true };
    return { rows: this.shippedRows(protocol), spec: null, own: false };
  }

  /** @param {Protocol} protocol @returns {any} the spec of what is shown, for files; null if nothing is */
  specOf(protocol) {
    const { spec, rows } = this.shown(protocol);
    return spec ?? (rows.length ? { ...this.shipped?.spec, equal: protocol, [protocol]: POOLING_BUDGETS[protocol] } : null);
  }
}
