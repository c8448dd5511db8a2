// How much of a lottery's work is done and how long the rest takes. Pure arithmetic, no clock.
// @ts-check

/**
 * The trainings of one trial, in order: one at level 0, two at each level after it.
 * @typedef {{steps: number, seconds: number}[]} Trainings
 */

// A ticket takes longer than the random mask of its size that is measured: more of its units are alive.
// From 1.0 to 1.6 times as long in the quick preset, over its levels.
const ALIVE = 1.25;

/**
 * @param {number[]} seconds of one training at each level, as the job `calibrate` measures them
 * @param {{steps: number, rewind_step?: number}} spec
 * @returns {Trainings}
 */
export function trainings(seconds, { steps, rewind_step: first = 0 }) {
  return seconds.flatMap((full, level) => {
    if (level === 0) return [{ steps, seconds: full }];
    const part = { steps: steps - first, seconds: (full * (steps - first)) / steps };
    return [{ ...part, seconds: ALIVE * part.seconds }, part];
  });
}

/**
 * Several measurements of the same levels as one: the middle one of each, which a machine that was
 * busy with something else for a moment does not move.
 * @param {number[][]} measured each by level @returns {number[]}
 */
export const median = (measured) => measured[0].map((_, level) => {
  const sorted = measured.map((seconds) => seconds[level]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
});

/** @param {Trainings} trial @returns {number} seconds of all of it */
export const totalSeconds = (trial) => trial.reduce((sum, { seconds }) => sum + seconds, 0);

/** @param {Trainings} trial @param {number} done steps @returns {number} seconds of work in them */
export function secondsDone(trial, done) {
  let work = 0;
  let before = 0;
  for (const { steps, seconds } of trial) {
    const share = Math.min(1, Math.max(0, (done - before) / steps));
    work += share * seconds;
    before += steps;
  }
  return work;
}

/**
 * When the last of some tasks is done, if each worker takes the next as soon as it is free.
 * @param {number[]} tasks seconds of each, in the order of the queue: those at work come first
 * @param {number} workers @returns {number} seconds
 */
export function makespan(tasks, workers) {
  const free = Array.from({ length: workers }, () => 0);
  for (const seconds of tasks) {
    const first = free.indexOf(Math.min(...free));
    free[first] += seconds;
  }
  return Math.max(...free);
}

const DOUBT = 1; // after so many seconds of work this run's own speed counts as much as the calibration

/**
 * How much slower this run is than was estimated.
 * @param {number} busy seconds of workers so far, together @param {number} work seconds done in them
 * @param {boolean} measured whether the estimate was measured here; else only this run's own speed counts
 */
export const pace = (busy, work, measured) =>
  measured ? (busy + DOUBT) / (work + DOUBT) : busy / work;
