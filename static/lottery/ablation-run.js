// Takes a ticket apart: plans the trainings (arms), runs those that are not kept, holds their records
// for the figures. Draws nothing.
// @ts-check
import { untilFirstFailure } from '../lab/first-failure.js';
import { rowsOf } from '../records/rows.js';
import { nearest, sparsityAt } from './levels.js';
import { isWhole } from './masks.js';

/** @typedef {import('./arm-differences.js').Row} Row */
/** @typedef {import('./current-search.js').SearchResult} SearchResult */
/** @typedef {{level: number, steps: number, batch_size: number}} ArmSettings */

/**
 * One training to run: what the job `plan_arms` plans, with its trial and its mask.
 * @typedef {{name: string, args: any, arm: string, condition: string, seconds: number, trial: number}} Part
 */

/**
 * What the figures show of an analysis. `running` holds the curves of trainings that have not ended.
 * @typedef {object} Arms
 * @property {ArmSettings & {hidden: number, lottery: import('../from-python.js').LotterySpec, preset?: string, n?: number}} spec
 * @property {Row[]} records of finished trainings
 * @property {Row[]} running
 * @property {boolean} shipped
 */

const PAUSE = 250; // milliseconds between two reports: each makes the figures draw
const CURVE = 20; // points a curve has at least

/** @param {Row[]} rows @param {number} trial @returns {Row[]} */
const relabel = (rows, trial) => rows.map((row) => ({ ...row, trial }));

/**
 * The same text for searches that differ only in their trials. A preset does not count: it only says
 * where values came from.
 * @param {import('../from-python.js').LotterySpec} spec
 */
const searchName = ({ preset, seed, trials, ...rest }) => JSON.stringify(rest);

/** There is no ticket to work on. Its message is shown beside the button that needs one. */
export class NoTicketError extends Error {
  name = 'NoTicketError';
  message = 'There is no ticket to take apart yet: press “Find lottery tickets” above first.';
}

/** Holds the newest arms. Dispatches `change` when there are more of them, and `level` when another ticket is chosen. */
export class AblationRun extends EventTarget {
  /** @type {Arms | null} */ current = null;
  /** @type {Arms | null} what came with the page */ shipped = null;
  /** @type {Map<string, {rows: import('../from-python.js').VerdictRow[], n: number, apart: number, hidden: number, reduced: string}>} the verdicts that came with it, by preset */ verdicts = new Map();

  /** @type {number | null} the level asked for; null is the one nearest the target */ #level = null;

  /** @param {import('../lab/lab.js').Lab} lab @param {import('./current-search.js').CurrentSearch} currentSearch */
  constructor(lab, currentSearch) {
    super();
    this.lab = lab;
    const take = () => this.#take(currentSearch.current?.file);
    currentSearch.addEventListener('change', take);
    take();
  }

  /** What came with the page beside a search. @param {import('../records/types.js').ShippedSearch} [file] if there is one */
  #take(file) {
    if (!file) return;
    const preset = file.spec.preset;
    const { verdict: rows, seeds, reduced } = file;
    const apart = file.arms?.seeds.length ?? 0;
    this.verdicts.set(preset, { rows, n: seeds.length, apart, hidden: file.spec.hidden, reduced });
    if (file.arms) {
      const { lottery, ...spec } = file.arms.spec;
      const about = { ...spec, lottery, hidden: lottery.hidden, preset, n: file.arms.seeds.length };
      this.shipped = { spec: about, records: rowsOf(file.arms), running: [], shipped: true };
    }
    this.dispatchEvent(new Event('change'));
  }

  /** @param {Arms} next */
  set(next) {
    this.current = next;
    this.dispatchEvent(new Event('change'));
  }

  /**
   * The visitor's arms of a search's tickets.
   * @param {SearchResult | null} result @returns {{arms: Row[], other: boolean}} `other`: all of them are of another search
   */
  armsOf(result) {
    if (!this.current) return { arms: [], other: false };
    const own = !result || searchName(result.spec) === searchName(this.current.spec.lottery);
    return { arms: own ? this.current.records : [], other: !own };
  }

  /**
   * The levels whose ticket can be taken apart (mask and accuracy are known), and the chosen one.
   * @param {SearchResult} result @returns {{levels: number[], level: number}} level 0: none
   */
  levels({ spec, parts, records, mask }) {
    const all = Array.from({ length: spec.levels }, (_, i) => i + 1);
    const levels = all.filter((level) =>
      sparsityAt(records, level) !== undefined && parts.some((_, trial) => isWhole(mask(trial, level), spec)));
    const asked = this.#level !== null && levels.includes(this.#level) ? this.#level : null;
    return { levels, level: asked ?? nearest(records, levels) };
  }

  /** @param {number} level */
  choose(level) {
    this.#level = level;
    this.dispatchEvent(new Event('level'));
  }

  /**
   * All trainings for the tickets at a level, of the trials that have finished it, trial by trial.
   * @param {SearchResult} result @param {ArmSettings} settings @returns {Promise<Part[]>}
   */
  async plan(result, { level, steps, batch_size }) {
    const trials = [...result.parts.keys()].filter((trial) => isWhole(result.mask(trial, level), result.spec));
    const plans = await Promise.all(trials.map(async (trial) => {
      const { args } = result.parts[trial];
      const mask = result.mask(trial, level); // now: a live result may change while Python plans
      const asked = { lottery: args, level, steps, batch_size, eval_every: Math.ceil(steps / CURVE) };
      const { parts } = await this.lab.run('plan_arms', asked);
      return parts.map((/** @type {Part} */ part) => ({ ...part, args: { ...part.args, mask }, trial }));
    }));
    return plans.flat();
  }

  /**
   * Run the parts that are not kept in this browser.
   * @param {Part[]} parts
   * @param {object} options
   * @param {AbortSignal} options.signal
   * @param {(now: {done: number, total: number, records: Row[], running: Row[]}) => void} options.onProgress
   *   done and total are seconds of the plan, of what was not kept
   * @returns {Promise<Row[]>} the records of all parts
   */
  async finish(parts, { signal, onProgress }) {
    const kept = await Promise.all(parts.map(({ name }) => this.lab.kept.loadArm(name)));
    const ended = parts.map(({ trial }, i) => relabel(kept[i] ?? [], trial));
    /** @type {Row[][]} */ const running = parts.map(() => []);
    const share = parts.map(() => 0);
    const work = parts.map(({ seconds }, i) => (kept[i] ? 0 : seconds));
    const total = work.reduce((sum, seconds) => sum + seconds, 0);
    let last = 0;
    const report = (soon = false) => {
      if (!soon && performance.now() - last < PAUSE) return;
      last = performance.now();
      const done = work.reduce((sum, seconds, i) => sum + seconds * share[i], 0);
      onProgress({ done, total, records: ended.flat(), running: running.flat() });
    };
    const missing = [...parts.keys()].filter((i) => !kept[i]);
    await untilFirstFailure(missing, async (i, failed) => {
      const { name, args, trial } = parts[i];
      const { records } = await this.lab.run('arm', args, {
        signal: AbortSignal.any([signal, failed]),
        onProgress: ({ done, total: all, records: rows }) => {
          share[i] = done / all;
          running[i] = relabel(/** @type {Row[]} */ (/** @type {unknown} */ (rows)), trial);
          report();
        },
      });
      await this.lab.kept.saveArm(name, records);
      [share[i], running[i], ended[i]] = [1, [], relabel(records, trial)];
      report(true);
    });
    return ended.flat();
  }
}
