// `window.lab`: run any job from the page or the console. One worker answers the sliders, so that
// they stay live while a pool of others trains. It draws nothing.
// @ts-check
import { Bridge, abortable } from './bridge.js';
import { Pool, poolSize } from './pool.js';
import { runTrials } from './trials.js';

const WARM = 2; // workers of the pool to start unasked; more start when trials need them

/**
 * @param {(text: string) => void} onStatus what start-up is doing, in words for the visitor
 * @param {object} [options]
 * @param {string} [options.kernels] 'numpy' to compute without the compiled kernels
 * @param {number} [options.workers] of the pool; as many as suit the device if not given
 */
export function createLab(onStatus, { kernels, workers = poolSize(navigator) } = {}) {
  const url = new URL('./worker.js', import.meta.url);
  if (kernels) url.searchParams.set('kernels', kernels);
  const live = new Bridge(url, onStatus);
  const pool = new Pool(url, workers);
  const ready = live.start();
  ready.then(() => pool.warm(WARM)).catch(() => {}); // run() tells of a failure
  return {
    /** Settles when jobs can run; rejects with the reason if Python cannot start. */
    ready,
    /**
     * @param {string} job 'dataset', 'digits', 'train' or 'lottery'
     * @param {object} [args] the fields of the job's spec; what is left out has its default
     * @param {import('./bridge.js').RunOptions} [options]
     * @returns {Promise<any>}
     */
    async run(job, args = {}, options = {}) {
      if (job === 'train') return pool.run(job, args, options);
      if (job !== 'lottery') return live.run(job, args, options);
      // Not live.run's own signal: it would end the worker that the sliders need.
      const plan = await abortable(live.run('plan', args), options.signal);
      return runTrials(plan, (...part) => pool.run(...part), options);
    },
  };
}

/** @typedef {ReturnType<typeof createLab>} Lab */
