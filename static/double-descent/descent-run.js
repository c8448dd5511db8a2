// Trains networks of many widths. Keeps every finished training, so that a stopped run goes on. Draws nothing.
// @ts-check
import { DESCENT_DATA, DESCENT_WIDTHS } from '../from-python.js';
import { abortable } from '../lab/bridge.js';
import { untilFirstFailure } from '../lab/first-failure.js';
import { abortWhileQueued } from '../lab/queued-task.js';
import { rowsOf } from '../records/rows.js';
import { checkTrials } from '../settings/trials.js';
import { CROSS_ENTROPY, parametersOf } from './curves.js';

/** @typedef {import('./curves.js').Row} Row */
/** @typedef {import('../from-python.js').DescentSpec} DescentSpec */
/** @typedef {import('../settings/settings.js').JobArgs['descent']} Choice */
/** @typedef {Choice & {dataset: import('../from-python.js').DatasetSpec}} RunSpec of all its networks */
/** A training of a run; `work` is in steps of the smallest network, about. @typedef {{name: string, args: Partial<DescentSpec>, work: number}} Part */

const FIXED = 3000; // what a step costs beside its parameters, in parameters

/**
 * The trainings of a run, seed by seed; the widest first, so that two workers end at about the same time.
 * @param {RunSpec} spec @returns {Part[]}
 */
export function planDescent({ largest, trials, seed, dataset, ...same }) {
  checkTrials(trials);
  const widths = DESCENT_WIDTHS.filter((width) => width <= largest).reverse();
  return Array.from({ length: trials }, (_, trial) => widths.map((width) => {
    const args = { ...same, width, seed: seed + trial, dataset: { ...dataset, ...DESCENT_DATA } };
    return { name: JSON.stringify(args), args, work: parametersOf(width) + FIXED };
  })).flat();
}

/** What came with the page. @typedef {{spec: DescentSpec, seeds: number[], rows: Row[], verdict: import('../from-python.js').VerdictRow[]}} Shipped */

/** The visitor's trainings, and those that came with the page. Dispatches `change`. */
export class DescentRun extends EventTarget {
  /** @type {Map<string, {args: Partial<DescentSpec>, rows: Row[]}>} all that are finished */ #kept = new Map();
  /** @type {Map<string, Row[]>} what those have measured that run just now */ #running = new Map();
  /** @type {Part[]} of the last run */ #plan = [];
  /** What was asked for last; null before the first run. @type {RunSpec | null} */ spec = null;
  /** @type {Shipped | null} */ shipped = null;

  /** @param {import('../lab/lab.js').Lab['run']} run of the lab */
  constructor(run) {
    super();
    this.run = run;
  }

  /** @param {any} file results/double-descent.json */
  setShipped({ spec, seeds, records, verdict }) {
    this.shipped = { spec, seeds, rows: rowsOf(records), verdict };
    this.#tell();
  }

  /** @returns {Row[]} of the finished trainings of the last run */
  get rows() {
    return this.#plan.flatMap(({ name }) => this.#kept.get(name)?.rows ?? []);
  }

  /** @returns {Row[]} of those that run just now, too */
  get rowsSoFar() {
    return [...this.rows, ...[...this.#running.values()].flat()];
  }

  /** @returns {Row[]} of all finished trainings like those of the last run, but for width, seed and label noise */
  get comparable() {
    const like = (/** @type {Partial<DescentSpec>} */ { width, seed, label_noise, ...same }) => JSON.stringify(same);
    const [wanted] = this.#plan;
    if (!wanted || wanted.args.loss !== CROSS_ENTROPY) return [];
    return [...this.#kept.values()].filter(({ args }) => like(args) === like(wanted.args)).flatMap(({ rows }) => rows);
  }

  /**
   * What came with the page, of the label noise that is nearest to one.
   * @param {number} noise @param {string} loss @returns {Row[]}
   */
  shippedNear(noise, loss) {
    const rows = this.shipped?.rows.filter((row) => (row.loss ?? CROSS_ENTROPY) === loss) ?? [];
    const far = (/** @type {Row} */ { label_noise }) => Math.abs(label_noise - noise);
    const least = Math.min(...rows.map(far));
    const nearest = rows.find((row) => far(row) === least)?.label_noise;
    return rows.filter(({ label_noise }) => label_noise === nearest);
  }

  /** Begin what the settings ask for, or go on with it. @param {Choice} choice @param {RunSpec['dataset']} dataset */
  begin(choice, dataset) {
    const spec = { ...choice, dataset };
    this.#plan = planDescent(spec);
    this.spec = spec;
    this.#running.clear();
    this.#tell();
  }

  /**
   * Train all networks of the run that are not there yet.
   * @param {{signal: AbortSignal, onProgress: (progress: {done: number, total: number}) => void}} options
   */
  async finish({ signal, onProgress }) {
    const missing = this.#plan.filter(({ name }) => !this.#kept.has(name));
    const total = missing.reduce((sum, { work }) => sum + work, 0);
    const share = new Map(missing.map(({ name }) => [name, 0]));
    const tell = () => {
      onProgress({ done: missing.reduce((sum, { name, work }) => sum + work * Number(share.get(name)), 0), total });
      this.#tell();
    };
    try {
      // After a failure nobody waits for the trainings that run, but their results are kept.
      await untilFirstFailure(missing, (one, failed) => abortable(this.#train(one, { failed, signal }, (now) => {
        share.set(one.name, now);
        if (!failed.aborted) tell();
      }), failed));
    } finally {
      this.#running.clear();
      this.#tell();
    }
  }

  /** @param {Part} part @param {{failed: AbortSignal, signal: AbortSignal}} ends @param {(share: number) => void} tell how much of it is done */
  async #train({ name, args }, { failed, signal }, tell) {
    const task = abortWhileQueued(() => args, failed, signal);
    const { records } = await this.run('double_descent', task.args, {
      signal: task.signal,
      onProgress: ({ done, total, records: found }) => {
        this.#running.set(name, /** @type {Row[]} */ (/** @type {unknown} */ (found)));
        tell(done / total);
      },
    });
    this.#running.delete(name);
    this.#kept.set(name, { args, rows: records });
    tell(1);
  }

  #tell() {
    this.dispatchEvent(new Event('change'));
  }
}
