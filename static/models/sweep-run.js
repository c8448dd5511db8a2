// One knob of the data turned through its range, and the four models trained at each value. It keeps
// what is finished, so that a stopped sweep goes on. It draws nothing.
// @ts-check
import { abortable } from '../lab/bridge.js';
import { untilFirstFailure } from '../lab/first-failure.js';
import { abortWhileQueued } from '../lab/queued-task.js';
import { interval } from '../records/stats.js';
import { MODELS, checkTrials } from './training-run.js';

/** @typedef {import('../records/stats.js').Mean} Mean */
/** @typedef {{arm: string, field: string, value: number, trial: number, test_acc: number, train_acc: number}} Row */
/** @typedef {{value: number} & Mean} Gap of the CNN to the MLP, paired by trial */

/** @type {Record<string, {label: string, axis: string, values: number[]}>} */
export const KNOBS = {
  max_translation: { label: 'shift', axis: 'shift, places', values: [1, 4, 8, 16, 24, 36, 48, 60] },
  corr_noise_scale: { label: 'noise', axis: 'noise', values: [0, 0.1, 0.25, 0.5, 0.75, 1] },
  final_seq_length: { label: 'resolution', axis: 'resolution, inputs', values: [8, 12, 20, 30, 40, 56, 72] },
};

/** @param {Row[]} rows @returns {Gap[]} by value */
export function gaps(rows) {
  return [...Map.groupBy(rows, ({ value }) => value)].map(([value, all]) => {
    const find = (/** @type {string} */ arm, /** @type {number} */ trial) =>
      all.find((row) => row.arm === arm && row.trial === trial)?.test_acc ?? NaN;
    const trials = [...new Set(all.map(({ trial }) => trial))];
    const pairs = trials.map((trial) => find('cnn', trial) - find('mlp', trial)).filter(Number.isFinite);
    return { value, ...interval(pairs) };
  }).filter(({ n }) => n > 0).sort((a, b) => a.value - b.value);
}

/** Runs sweeps, keeping every finished training under its arguments. */
export class Sweep {
  /** @type {Map<string, Row>} */ #done = new Map();

  /** @param {import('./training-run.js').Run} run of the lab */
  constructor(run) {
    this.run = run;
  }

  /**
   * Trial by trial, so that the whole range is there early and grows surer.
   * @param {string} field @param {{steps: number, trials: number, seed: number}} settings
   * @param {Record<string, any>} dataset
   * @returns {{name: string, args: any, row: Omit<Row, 'test_acc' | 'train_acc'>}[]}
   */
  plan(field, { steps, trials, seed }, dataset) {
    checkTrials(trials);
    return Array.from({ length: trials }, (_, trial) => KNOBS[field].values.flatMap((value) => MODELS.map((model) => {
      const args = { model, steps, eval_every: steps, seed: seed + trial, dataset: { ...dataset, [field]: value } };
      return { name: JSON.stringify(args), args, row: { arm: model, field, value, trial } };
    }))).flat();
  }

  /** @param {{name: string}[]} plan @returns {Row[]} what is finished of it */
  found(plan) {
    return plan.map(({ name }) => this.#done.get(name)).filter((row) => row !== undefined);
  }

  /**
   * @param {ReturnType<Sweep['plan']>} plan
   * @param {{signal: AbortSignal, onProgress: (done: number, total: number) => void}} options
   */
  async finish(plan, { signal, onProgress }) {
    const left = plan.filter(({ name }) => !this.#done.has(name));
    // After a failure nobody waits for the trainings at work, but what they find is kept.
    await untilFirstFailure(left, (one, failed) => abortable(this.#train(one, failed, signal).then(() => {
      if (!failed.aborted) onProgress(this.found(plan).length, plan.length);
    }), failed));
  }

  /** @param {ReturnType<Sweep['plan']>[0]} one @param {AbortSignal} failed @param {AbortSignal} signal */
  async #train({ name, args, row }, failed, signal) {
    const task = abortWhileQueued(() => args, failed, signal);
    const { records } = await this.run('train', task.args, { signal: task.signal });
    const { test_acc, train_acc } = records.at(-1);
    this.#done.set(name, { ...row, test_acc, train_acc });
  }
}
