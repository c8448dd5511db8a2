// Takes a ticket apart: plans the trainings (arms), runs those that are not kept, holds their records
// for the figures. Draws nothing.
// @ts-check
import { rowsOf } from '../records/rows.js';
import { finishTrainings } from './arm-trainings.js';
import { nearest, sparsityAt } from './levels.js';
import { isWhole } from './masks.js';

/** @typedef {import('./arm-differences.js').Row} Row */
/** @typedef {import('./current-search.js').SearchResult} SearchResult */
/** @typedef {{level: number, steps: number, batch_size: number, datasets?: number}} ArmSettings */
/** @typedef {import('./arm-trainings.js').Part} Part */

/**
 * What the figures show of an analysis. `running` holds the curves of trainings that have not ended.
 * @typedef {object} Arms
 * @property {ArmSettings & {hidden: number, lottery: import('../from-python.js').LotterySpec, preset?: string, n?: number}} spec
 * @property {Row[]} records of finished trainings
 * @property {Row[]} running
 * @property {boolean} shipped
 */

const CURVE = 20; // points a curve has at least

/**
 * The same text for searches that differ only in their trials. A preset does not count: it only says
 * where values came from.
 * @param {import('../from-python.js').LotterySpec} spec
 */
const searchName = ({ preset, seed, trials, ...rest }) => JSON.stringify(rest);

/** What the job `plan_arms` is asked for, beside the search. @param {ArmSettings} settings */
const argsOf = ({ level, steps, batch_size, datasets }) => ({
  level, steps, batch_size, datasets, eval_every: Math.ceil(steps / CURVE),
});

/**
 * The analysis that the settings ask for now, for the program that runs it at the desk.
 * @param {SearchResult} result the search whose tickets are taken apart; of one that came with the page, its first trial
 * @param {ArmSettings} settings @param {string[]} chosen arms and conditions beside dense, lottery and fresh
 * @returns {import('../files/python-figures.js').Wanted}
 */
export function armsCode({ spec, parts, shipped }, settings, chosen) {
  const search = shipped ? { ...parts[0].args, trials: 1 } : spec;
  return { figure: 'arms', source: spec.dataset.source, settings: { search, arms: argsOf(settings), chosen } };
}

/** There is no ticket to work on. Its message is shown beside the button that needs one. */
export class NoTicketError extends Error {
  name = 'NoTicketError';
  message = 'There is no ticket to take apart yet: press “Find lottery tickets” above first.';
}

/** Holds the newest arms. Dispatches `change` when there are more of them, and `level` when another ticket is chosen. */
export class AblationRun extends EventTarget {
  /** @type {Arms | null} */ current = null;
  /** @type {Arms | null} what came with the page */ shipped = null;
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
    if (!file?.arms) return;
    const { lottery, ...spec } = file.arms.spec;
    const about = { ...spec, lottery, hidden: lottery.hidden, preset: file.spec.preset, n: file.arms.seeds.length };
    this.shipped = { spec: about, records: rowsOf(file.arms), running: [], shipped: true };
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
  async plan(result, settings) {
    const { level } = settings;
    const asked = argsOf(settings);
    const trials = [...result.parts.keys()].filter((trial) => isWhole(result.mask(trial, level), result.spec));
    const plans = await Promise.all(trials.map(async (trial) => {
      const { args } = result.parts[trial];
      const mask = result.mask(trial, level); // now: a live result may change while Python plans
      const { parts } = await this.lab.run('plan_arms', { lottery: args, ...asked });
      return parts.map((/** @type {Part} */ part) => ({ ...part, args: { ...part.args, mask }, trial }));
    }));
    return plans.flat();
  }

  /**
   * Run the parts that are not kept in this browser.
   * @param {Part[]} parts @param {Parameters<typeof finishTrainings>[2]} options
   * @returns {Promise<Row[]>} the records of all parts
   */
  finish(parts, options) {
    return finishTrainings(this.lab, parts, options);
  }
}
