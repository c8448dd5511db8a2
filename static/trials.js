// A lottery of many trials, one task a trial, put together again as if one worker had run it.
// @ts-check

/** @typedef {import('./protocol.js').Measurement} Measurement */
/** @typedef {import('./protocol.js').Progress} Progress */
/** @typedef {import('./bridge.js').RunOptions} RunOptions */

/** @param {Measurement[]} rows @param {number} trial @returns {Measurement[]} */
const relabel = (rows, trial) => rows.map((row) => ({ ...row, trial }));

/**
 * @param {{spec: object, parts: object[], total: number}} plan what the `plan` job returned
 * @param {(job: string, args: object, options: RunOptions) => Promise<any>} run one trial
 * @param {RunOptions} [options]
 * @returns {Promise<{spec: object, records: Measurement[]}>} records in the order of the trials
 */
export async function runTrials({ spec, parts, total }, run, { signal, onProgress } = {}) {
  /** @type {Progress[]} */
  const progress = parts.map(() => ({ done: 0, total: 0, records: [], current: [] }));
  const report = () => onProgress?.({
    done: progress.reduce((sum, { done }) => sum + done, 0),
    total,
    records: progress.flatMap(({ records }, trial) => relabel(records, trial)),
    current: progress.flatMap(({ current }, trial) => relabel(current, trial)),
  });
  const stop = new AbortController(); // one trial that fails ends the others
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  try {
    const results = await Promise.all(parts.map((part, trial) => run('lottery', part, {
      signal: either,
      onProgress(now) {
        progress[trial] = now;
        report();
      },
    })));
    return { spec, records: results.flatMap(({ records }, trial) => relabel(records, trial)) };
  } catch (error) {
    stop.abort(error);
    throw error;
  }
}
