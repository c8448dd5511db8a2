// Runs cells of the grid of width and sparsity: plans one, finds its tickets, trains them on fresh data;
// holds the visitor's results beside those that came with the page. Draws nothing.
// @ts-check
import { abortable } from '../lab/bridge.js';
import { rowsOf } from '../records/rows.js';
import { latestOnly } from '../ui/latest-only.js';
import { finishTrainings } from './arm-trainings.js';

/** @typedef {import('./grid-cells.js').Cell} Cell */
/** @typedef {import('./grid-cells.js').GridRow} GridRow */
/** @typedef {import('./arm-trainings.js').Part} Part */
/** @typedef {import('../from-python.js').LotterySpec} LotterySpec */

/**
 * A finished training. `trial` is the seed of its initial weights; a dense network is of all cells of its width.
 * @typedef {Cell & {arm: string, condition: string, trial: number, fresh_seed: number, test_acc: number}} GridRecord
 */
/** @typedef {{cell: Cell, lottery: LotterySpec, level: number, parts: Part[]}} CellPlan of the job `plan_cell` */
/**
 * What came with the page: results/grid.json.
 * @typedef {object} GridFile
 * @property {LotterySpec} spec
 * @property {{steps: number, batch_size: number}} arm
 * @property {number[]} seeds
 * @property {number[]} fresh_seeds
 * @property {GridRow[]} rows
 * @property {import('../from-python.js').GridHolds[]} holds
 * @property {GridRecord[]} records
 */

/** @param {GridRecord} record */
const recordKey = ({ hidden, sparsity, survivors, arm, condition, trial, fresh_seed: fresh }) =>
  [hidden, sparsity, survivors, arm, condition, trial, fresh].join(' ');

/** What is said of a job that takes a search first and then trainings. @typedef {(progress: {done: number, total: number, left?: number}) => void} Tell */

/** Holds both results. Dispatches `change` when there are more. */
export class GridRun extends EventTarget {
  /** @type {GridFile | null} */ shipped = null;
  /** What the visitor's records say. @type {GridRow[]} */ rows = [];
  /** Of the search of the visitor's newest cell. @type {LotterySpec | null} */ spec = null;
  /** @type {Map<string, GridRecord>} */ #records = new Map();
  #judged;

  /** @param {import('../lab/lab.js').Lab} lab */
  constructor(lab) {
    super();
    this.lab = lab;
    this.#judged = latestOnly(async () => {
      const { rows } = await this.lab.run('judge_cells', { records: this.records });
      this.rows = rows;
      this.dispatchEvent(new Event('change'));
    });
  }

  /** The visitor's finished trainings, of all cells that were run. */
  get records() {
    return [...this.#records.values()];
  }

  /** @param {any} file results/grid.json */
  setShipped(file) {
    this.shipped = { ...file, records: rowsOf(file.records) };
    this.dispatchEvent(new Event('change'));
  }

  /**
   * Run what is not kept in this browser of some trials of a cell. More trials of it add to those before.
   * @param {Cell} cell @param {{trials: number, seed: number}} settings
   * @param {{signal: AbortSignal, onProgress: Tell}} options
   */
  async run(cell, { trials, seed }, { signal, onProgress }) {
    // Not the live worker's own signal: it would end the worker that the sliders need.
    /** @type {CellPlan} */
    const plan = await abortable(this.lab.run('plan_cell', { ...cell, trials, seed }), signal);
    const before = this.#records.size;
    this.spec = plan.lottery;
    try {
      const parts = await this.#partsOf(plan, signal, onProgress);
      const { tell, weight } = parts;
      const ended = await finishTrainings(this.lab, parts.all, {
        signal,
        onProgress: ({ done, total, records }) => {
          if (this.#take(plan, records)) this.#judged.request().catch(() => {}); // the last one is waited for
          tell(weight * (total ? done / total : 1));
        },
      });
      this.#take(plan, ended);
    } finally {
      if (this.#records.size > before) await this.#judged.request();
    }
  }

  /**
   * The trainings of a cell, with the tickets that its search finds.
   * @param {CellPlan} plan @param {AbortSignal} signal @param {Tell} onProgress
   * @returns {Promise<{all: Part[], weight: number, tell: (done: number) => void}>} `weight`: seconds that all
   *   of them take, `tell` how many of those are done
   */
  async #partsOf({ cell, lottery, level, parts }, signal, onProgress) {
    const { seconds: search = 0, workers } = await abortable(this.lab.estimate(lottery), signal);
    const weight = parts.reduce((sum, { seconds }) => sum + seconds, 0) / workers;
    const total = search + weight;
    const { masks } = await this.lab.run('lottery', lottery, {
      keep: true,
      signal,
      onProgress: ({ done, total: all, fraction = done / all, left }) =>
        onProgress({ done: search * fraction, total, left: left === undefined ? left : left + weight }),
    });
    const all = parts.map((part) => (part.arm === 'dense' ? part :
      { ...part, args: { ...part.args, mask: masks[part.trial][level] } }));
    const first = lottery.seed; // a trial is called by its seed, so that other trials add to these
    return {
      all: all.map((part) => ({ ...part, trial: first + part.trial })),
      weight,
      tell: (done) => onProgress({ done: search + done, total }),
    };
  }

  /**
   * Take the last records of trainings that have ended.
   * @param {CellPlan} plan @param {import('./arm-differences.js').Row[]} rows @returns {boolean} whether any is new
   */
  #take({ cell, parts }, rows) {
    const before = this.#records.size;
    const last = parts[0]?.args.steps;
    for (const { arm, condition, trial, fresh_seed: fresh = 1, step, test_acc } of rows) {
      if (step !== last) continue;
      const of = arm === 'dense' ? { hidden: cell.hidden, sparsity: 0, survivors: 0 } : cell;
      const record = { ...of, arm, condition, trial, fresh_seed: fresh, test_acc };
      this.#records.set(recordKey(record), record);
    }
    return this.#records.size > before;
  }
}
