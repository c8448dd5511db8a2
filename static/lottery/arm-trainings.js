// Runs the trainings of a plan that this browser does not keep yet, side by side, and keeps each that ends.
// It plans nothing and draws nothing.
// @ts-check
import { untilFirstFailure } from '../lab/first-failure.js';

/** @typedef {import('./arm-differences.js').Row} Row */

/**
 * One training to run: what the jobs `plan_arms` and `plan_cell` plan, with its trial and its mask.
 * @typedef {{name: string, args: any, arm: string, condition: string, seconds: number, trial: number}} Part
 */

const PAUSE = 250; // milliseconds between two reports: each makes the figures draw

/** @param {Row[]} rows @param {number} trial @returns {Row[]} */
const relabel = (rows, trial) => rows.map((row) => ({ ...row, trial }));

/**
 * Run the parts that are not kept in this browser.
 * @param {import('../lab/lab.js').Lab} lab @param {Part[]} parts
 * @param {object} options
 * @param {AbortSignal} options.signal
 * @param {(now: {done: number, total: number, records: Row[], running: Row[]}) => void} options.onProgress
 *   done and total are seconds of the plan, of what was not kept
 * @returns {Promise<Row[]>} the records of all parts
 */
export async function finishTrainings(lab, parts, { signal, onProgress }) {
  const kept = await Promise.all(parts.map(({ name }) => lab.kept.loadArm(name)));
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
    const { records } = await lab.run('arm', args, {
      signal: AbortSignal.any([signal, failed]),
      onProgress: ({ done, total: all, records: rows }) => {
        share[i] = done / all;
        running[i] = relabel(/** @type {Row[]} */ (/** @type {unknown} */ (rows)), trial);
        report();
      },
    });
    await lab.kept.saveArm(name, records);
    [share[i], running[i], ended[i]] = [1, [], relabel(records, trial)];
    report(true);
  });
  return ended.flat();
}
