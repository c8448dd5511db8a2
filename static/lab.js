// `window.lab`: run any job from the page or the console. Two workers, so that sliders stay live
// while a network trains. It draws nothing.
// @ts-check
import { Bridge } from './bridge.js';

/** Jobs that take long; each of the others is answered within a drag of a slider. */
const LONG_JOBS = new Set(['train', 'lottery']);

/**
 * @param {(text: string) => void} onStatus what start-up is doing, in words for the visitor
 * @param {string} [kernels] 'numpy' to compute without the compiled kernels
 */
export function createLab(onStatus, kernels) {
  const url = new URL('./worker.js', import.meta.url);
  if (kernels) url.searchParams.set('kernels', kernels);
  const live = new Bridge(url, onStatus);
  const long = new Bridge(url);
  const ready = live.start();
  ready.then(() => long.start()).catch(() => {}); // warm for the first Train; run() tells of failure
  return {
    /** Settles when jobs can run; rejects with the reason if Python cannot start. */
    ready,
    /**
     * @param {string} job 'dataset', 'digits', 'train' or 'lottery'
     * @param {object} [args] the fields of the job's spec; what is left out has its default
     * @param {import('./bridge.js').RunOptions} [options]
     * @returns {Promise<any>}
     */
    run: (job, args, options) => (LONG_JOBS.has(job) ? long : live).run(job, args, options),
  };
}

/** @typedef {ReturnType<typeof createLab>} Lab */
