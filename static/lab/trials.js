// Runs a lottery as one task a trial, and joins the results as if one worker had run them all.
// @ts-check
import { untilFirstFailure } from './first-failure.js';
import { makespan, pace, trainings, secondsDone, totalSeconds } from './estimate.js';

/** @typedef {import('../records/types.js').Measurement} Measurement */
/** @typedef {import('./messages.js').Checkpoint} Checkpoint */
/** @typedef {import('./messages.js').Progress} Progress */
/** @typedef {import('./bridge.js').RunOptions} RunOptions */

/** @typedef {import('../from-python.js').LotterySpec} LotterySpec */

/**
 * What the `plan` job returned: one part a trial.
 * @typedef {object} Plan
 * @property {LotterySpec} spec
 * @property {{name: string, args: LotterySpec, levels: number}[]} parts
 * @property {number} total optimiser steps
 */

/**
 * @typedef {object} Lottery
 * @property {LotterySpec} spec
 * @property {{name: string, args: LotterySpec, levels: number}[]} parts
 * @property {Measurement[]} records in the order of the trials
 * @property {(Uint8Array | null)[][]} masks by trial and level: packed; level 0 has none
 */

/**
 * What is known and kept beside the plan.
 * @typedef {object} Beside
 * @property {Checkpoint[][]} [kept] by trial, the levels that are finished already
 * @property {(name: string, checkpoint: Checkpoint) => Promise<void>} [save] keeps one more
 * @property {number[]} [seconds] of a training at each level, if that was measured
 * @property {number} [workers] on which `run` runs
 */

/** @param {Measurement[]} rows @param {number} trial @returns {Measurement[]} */
const relabel = (rows, trial) => rows.map((row) => ({ ...row, trial }));

/** One trial: the levels it has, and how far the task is that finds the others. */
class Trial {
  #now = { done: 0, total: 0 };
  /** @type {Measurement[]} */ #current = [];
  began = 0; // time of the first progress report, in milliseconds
  ended = 0;

  /**
   * @param {Plan['parts'][0]} part @param {number} index
   * @param {import('./estimate.js').Trainings} shape @param {Checkpoint[]} levels there already
   */
  constructor(part, index, shape, levels) {
    this.part = part;
    this.index = index;
    this.shape = shape;
    this.levels = [...levels];
    this.skipped = this.work; // steps that were finished before this run, as seconds of work
  }

  get complete() {
    return this.levels.length > this.part.levels;
  }

  /** Steps behind it. */
  get done() {
    const steps = (/** @type {number} */ trainings) =>
      this.shape.slice(0, trainings).reduce((sum, one) => sum + one.steps, 0);
    if (this.complete || !this.#now.total) return steps(Math.max(0, 2 * this.levels.length - 1));
    return steps(Infinity) - this.#now.total + this.#now.done;
  }

  /** Seconds of work in those steps. */
  get work() {
    return secondsDone(this.shape, this.done);
  }

  /** The arguments of its task: go on after the last finished level. */
  args() {
    const last = this.levels.at(-1);
    this.#now = { done: 0, total: 0 };
    return last ? { ...this.part.args, checkpoint: { level: last.level, next_mask: last.next_mask } } : this.part.args;
  }

  /** @param {Progress} progress @returns {Checkpoint | null} a level that is finished now */
  tell({ done, total, current, checkpoint }) {
    this.began ||= performance.now();
    this.#now = { done, total };
    this.#current = current;
    if (checkpoint?.level !== this.levels.length) return null; // none, or one that we have
    this.levels.push(checkpoint);
    return checkpoint;
  }

  end() {
    this.ended = performance.now();
    this.#current = [];
  }

  get records() {
    return this.levels.flatMap(({ records }) => relabel(records, this.index));
  }

  get current() {
    return relabel(this.#current, this.index);
  }

  /** By level. @returns {(Uint8Array | null)[]} */
  get masks() {
    const found = this.levels.map(({ next_mask }) => next_mask ?? null);
    return [null, ...found].slice(0, this.part.levels + 1);
  }
}

/** @param {Trial[]} trials @param {number} workers @param {boolean} measured @returns {number | undefined} seconds until all are done */
function secondsLeft(trials, workers, measured) {
  const now = performance.now();
  const started = trials.filter(({ began }) => began);
  const busy = started.reduce((sum, { began, ended }) => sum + ((ended || now) - began) / 1000, 0);
  const work = started.reduce((sum, trial) => sum + trial.work - trial.skipped, 0);
  const rest = trials.map((trial) => totalSeconds(trial.shape) - trial.work).filter((seconds) => seconds > 0);
  return measured || work > 0 ? pace(busy, work, measured) * makespan(rest, workers) : undefined;
}

/**
 * @param {Plan} plan
 * @param {(job: string, args: () => object, options: RunOptions) => Promise<any>} run one trial
 * @param {RunOptions} [options]
 * @param {Beside} [beside]
 * @returns {Promise<Lottery>} does not depend on what was kept or where the trials ran
 */
export async function runTrials(plan, run, { signal, onProgress } = {}, beside = {}) {
  const { spec, parts, total } = plan;
  const { kept = [], save = async () => {}, seconds, workers = 1 } = beside;
  const shape = trainings(seconds ?? new Array(spec.levels + 1).fill(spec.steps), spec);
  const trials = parts.map((part, index) => new Trial(part, index, shape, kept[index] ?? []));
  const whole = totalSeconds(shape) * trials.length;
  /** @returns {Lottery} as far as it is there */
  const found = () => ({
    spec,
    parts,
    records: trials.flatMap(({ records }) => records),
    masks: trials.map(({ masks }) => masks),
  });
  const report = () => onProgress?.({
    done: trials.reduce((sum, { done }) => sum + done, 0),
    total,
    ...found(),
    current: trials.flatMap(({ current }) => current),
    fraction: trials.reduce((sum, { work }) => sum + work, 0) / whole,
    left: secondsLeft(trials, workers, seconds !== undefined),
  });
  const unfinished = trials.filter(({ complete }) => !complete);
  if (unfinished.length && kept.some((levels) => levels.length)) report();
  /** @type {Promise<void>[]} */ const saved = [];
  await untilFirstFailure(unfinished, async (trial, failed) => {
    await run('lottery', () => trial.args(), {
      signal: signal ? AbortSignal.any([signal, failed]) : failed,
      onProgress(progress) {
        const level = trial.tell(progress);
        if (level) saved.push(save(trial.part.name, level));
        report();
      },
    });
    trial.end();
  });
  await Promise.all(saved);
  return found();
}
