// How long trainings take on this machine: measured by a job, once for all lotteries that differ only in
// their trials. It runs no lottery.
// @ts-check
import { median } from './estimate.js';

const LONG = 20; // seconds: a trial longer than this is measured more than once

/** Its trials do not change how long a training takes. @param {import('./trials.js').LotterySpec} spec @returns {string} */
const nameOf = ({ trials, seed, ...rest }) => JSON.stringify(rest);

/** Seconds of one training at each level, by spec. */
export class Calibration {
  /** @type {Map<string, Promise<number[] | undefined>>} */ #measured = new Map();
  /** What is there of them. @type {Map<string, number[]>} */ #known = new Map();

  /** @param {(args: object) => Promise<{train_seconds: number[], trial_seconds: number}>} measure the job `calibrate` */
  constructor(measure) {
    this.measure = measure;
  }

  /**
   * @param {import('./trials.js').LotterySpec} spec
   * @returns {Promise<number[] | undefined>} undefined if it cannot be measured: a run goes as well
   *   without, it only cannot tell how long it takes
   */
  seconds(spec) {
    const name = nameOf(spec);
    const known = this.#measured.get(name) ?? this.#measure(spec).catch(() => {
      this.#measured.delete(name); // asked for again next time
      return undefined;
    });
    this.#measured.set(name, known);
    return known;
  }

  /**
   * @param {import('./trials.js').LotterySpec} spec
   * @returns {number[] | undefined} what is measured already: a run that starts does not wait for more
   */
  known(spec) {
    return this.#known.get(nameOf(spec));
  }

  forget() {
    this.#measured.clear();
    this.#known.clear();
  }

  /** A long run is worth a second and a third measurement. @param {import('./trials.js').LotterySpec} spec */
  async #measure(spec) {
    const look = () => this.measure({ ...spec, trials: 1 });
    const { train_seconds, trial_seconds } = await look();
    this.#known.set(nameOf(spec), train_seconds);
    if (trial_seconds < LONG) return train_seconds;
    const more = [await look(), await look()];
    const middle = median([train_seconds, ...more.map((one) => one.train_seconds)]);
    this.#known.set(nameOf(spec), middle);
    return middle;
  }
}
