// One setting of the data moved through its range, and the four models trained at each value. Keeps what
// is finished, so that a stopped sweep goes on. Draws nothing.
// @ts-check
import { abortable } from '../lab/bridge.js';
import { untilFirstFailure } from '../lab/first-failure.js';
import { abortWhileQueued } from '../lab/queued-task.js';
import { rowsOf } from '../records/rows.js';
import { interval } from '../records/stats.js';
import { MODELS, SWEEP_VALUES } from '../from-python.js';
import { checkTrials } from '../settings/trials.js';

/** @typedef {import('../records/stats.js').Mean} Mean */
/** @typedef {{arm: string, field: string, value: number, trial: number, test_acc: number, train_acc: number}} Row */
/** @typedef {import('../settings/settings.js').JobArgs['sweep'] & {dataset: import('../from-python.js').DatasetSpec}} SweepSpec */
/** @typedef {{value: number} & Mean} Gap of the CNN to the MLP, paired by trial */

/** The settings that can be swept. @type {Record<string, {label: string, axis: string, values: number[]}>} */
export const SWEEPS = {
  max_translation: { label: 'shift', axis: 'shift, places', values: SWEEP_VALUES.max_translation },
  corr_noise_scale: { label: 'noise', axis: 'noise', values: SWEEP_VALUES.corr_noise_scale },
  final_seq_length: { label: 'resolution', axis: 'resolution, inputs', values: SWEEP_VALUES.final_seq_length },
};

/** @param {Row[]} rows @returns {Gap[]} ordered by value */
export function gapsOf(rows) {
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
   * The trainings of a sweep, trial by trial: so the whole range is there early.
   * @param {string} field @param {{steps: number, trials: number, seed: number}} settings
   * @param {SweepSpec['dataset']} dataset
   * @returns {{name: string, args: Partial<import('../from-python.js').TrainSpec>, row: Omit<Row, 'test_acc' | 'train_acc'>}[]}
   */
  plan(field, { steps, trials, seed }, dataset) {
    checkTrials(trials);
    return Array.from({ length: trials }, (_, trial) => SWEEPS[field].values.flatMap((value) => MODELS.map((model) => {
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
    // After a failure nobody waits for the trainings that run, but their results are kept.
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

/** What the figure shows: of the chosen setting the visitor's sweep, else the one that came with the page. */
export class SweepResults {
  field = Object.keys(SWEEPS)[0]; // the chosen setting
  /** What came with the page; `n` trials. @type {{spec: SweepSpec, rows: Row[], n: number} | null} */ shipped = null;
  /** By setting. @type {Record<string, {spec: SweepSpec, plan: ReturnType<Sweep['plan']>}>} */ #runs = {};

  /** @param {Sweep} sweep */
  constructor(sweep) {
    this.sweep = sweep;
  }

  get about() {
    return SWEEPS[this.field];
  }

  /** @param {any} file results/sweeps.json */
  setShipped(file) {
    this.shipped = { spec: file.spec, rows: rowsOf(file.records), n: file.seeds.length };
  }

  /** Begin a sweep of the chosen setting. @param {SweepSpec} spec @returns {ReturnType<Sweep['plan']>} */
  begin(spec) {
    const plan = this.sweep.plan(this.field, spec, spec.dataset);
    this.#runs[this.field] = { spec, plan };
    return plan;
  }

  /** @returns {{rows: Row[], spec: SweepSpec | undefined, own: boolean}} `own`: the visitor's */
  get shown() {
    const run = this.#runs[this.field];
    const rows = run ? this.sweep.found(run.plan) : [];
    if (rows.length) return { rows, spec: run.spec, own: true };
    const shipped = this.shipped?.rows.filter(({ field }) => field === this.field) ?? [];
    return { rows: shipped, spec: this.shipped?.spec, own: false };
  }

  /** @returns {string} what the results come from; '' if there are none */
  get source() {
    const { spec, own } = this.shown;
    if (!spec) return '';
    const others = Object.entries(SWEEPS).filter(([field]) => field !== this.field)
      .map(([field, { label }]) => `${label} ${spec.dataset[/** @type {keyof SweepSpec['dataset']} */ (field)]}`);
    return `${own ? 'Your sweep' : `Shipped with the page, n = ${this.shipped?.n}`}: ` +
      `${spec.steps} steps per network, first seed ${spec.seed}, ${others.join(', ')}.`;
  }
}
