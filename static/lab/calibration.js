// How long trainings take on this machine: measured by a job, once for all lotteries that differ only in
// their trials. It runs no lottery.
// @ts-check
import { median } from './estimate.js';

const LONG = 20; // seconds: a trial longer than this is measured more than once

/** Seconds of one training at each level, by spec. */
export class Calibration {
  /** @type {Map<string, Promise<number[] | undefined>>} */ #measured = new Map();

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
    const { trials, seed, ...rest } = spec;
    const name = JSON.stringify(rest);
    const known = this.#measured.get(name) ?? this.#measure(spec).catch(() => {
      this.#measured.delete(name); // asked for again next time
      return undefined;
    });
    this.#measured.set(name, known);
    return known;
  }

  forget() {
    this.#measured.clear();
  }

  /** A long run is worth a second and a third measurement. @param {import('./trials.js').LotterySpec} spec */
  async #measure(spec) {
    const look = () => this.measure({ ...spec, trials: 1 });
    const { train_seconds, trial_seconds } = await look();
    if (trial_seconds < LONG) return train_seconds;
    const more = [await look(), await look()];
    return median([train_seconds, ...more.map((one) => one.train_seconds)]);
  }
}
