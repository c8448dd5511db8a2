// `window.lab`: run any job from the page or the console. One worker answers the sliders, so that
// they stay live while a pool of others trains. It draws nothing.
// @ts-check
import { Bridge, abortable } from './bridge.js';
import { CheckpointStore } from './checkpoints.js';
import { makespan, median, trainings, totalSeconds } from './estimate.js';
import { Pool, poolSize } from './pool.js';
import { engine } from './pyodide-wasm.js';
import { Store } from './store.js';
import { runTrials } from './trials.js';

const WARM = 2; // workers of the pool to start unasked; more start when trials need them
const LONG = 20; // seconds of a trial from which on one look at the machine is not enough
const POOLED = new Set(['train', 'arm', 'calibrate', 'dataset', 'export', 'opened']); // what takes long, or must be undisturbed

/** @typedef {import('./bridge.js').RunOptions & {keep?: boolean}} LabOptions */

/**
 * @param {{onStatus: (text: string) => void, onArrival: (bytes: number, total: number) => void}} starting
 *   what start-up is doing, in words for the visitor, and how much of what it needs is there
 * @param {object} [options]
 * @param {string} [options.kernels] 'numpy' to compute without the compiled kernels
 * @param {number} [options.workers] of the pool; as many as suit the device if not given
 */
export function createLab({ onStatus, onArrival }, { kernels, workers = poolSize(navigator) } = {}) {
  const url = new URL('./worker/worker.js', import.meta.url);
  if (kernels) url.searchParams.set('kernels', kernels);
  let [own, total] = [0, 0]; // bytes of the worker, beside the engine's
  const tellArrival = () => { if (total) onArrival(own + engine.bytes, total); };
  engine.addEventListener('arrived', tellArrival);
  const live = new Bridge(url, engine.module, onStatus, (bytes, all) => {
    [own, total] = [bytes, all];
    tellArrival();
  });
  const pool = new Pool(url, workers, engine.module);
  /** @param {Promise<void>} [free] */
  const begin = (free) => {
    const ready = free ? free.then(() => live.start()) : live.start();
    // What was asked meanwhile comes first: a worker that starts takes a core. run() tells of a failure.
    ready.then(() => live.run('presets')).then(() => pool.warm(WARM)).catch(() => {});
    return ready;
  };
  let ready = begin();
  const kept = new CheckpointStore(new Store('mnist1d-lab'), () => ready);
  /** @type {Map<string, Promise<number[] | undefined>>} */ const measured = new Map();

  /** Measure it; a long run is worth a second and a third look. @param {any} spec */
  async function calibrate(spec) {
    const look = () => pool.run('calibrate', { ...spec, trials: 1 });
    const { train_seconds, trial_seconds } = await look();
    if (trial_seconds < LONG) return train_seconds;
    const more = [await look(), await look()];
    return median([train_seconds, ...more.map((one) => one.train_seconds)]);
  }

  /** Seconds of a training at each level, here; measured once a spec. @param {any} spec */
  function calibrated(spec) {
    const { trials, seed, ...rest } = spec;
    const name = JSON.stringify(rest);
    if (!measured.has(name)) {
      measured.set(name, calibrate(spec).catch(() => {
        measured.delete(name); // without it a run goes as well, it only cannot tell how long it takes
        return undefined;
      }));
    }
    return /** @type {Promise<number[] | undefined>} */ (measured.get(name));
  }

  /** @param {import('./trials.js').Plan} plan */
  const load = ({ parts }) => Promise.all(parts.map(({ name, levels }) => kept.load(name, levels)));

  /** @param {object} args @param {LabOptions} options */
  async function lottery(args, { keep = false, ...options }) {
    // Not live.run's own signal: it would end the worker that the sliders need.
    /** @type {import('./trials.js').Plan} */
    const plan = await abortable(live.run('plan', args), options.signal);
    /** @type {import('./trials.js').Beside} */
    const beside = { workers };
    if (keep) {
      beside.save = (name, checkpoint) => kept.save(name, checkpoint);
      beside.kept = await abortable(load(plan), options.signal);
      const work = plan.parts.some(({ levels }, trial) => (beside.kept?.[trial].length ?? 0) <= levels);
      if (work) beside.seconds = await abortable(calibrated(plan.spec), options.signal);
    }
    return runTrials(plan, (...part) => pool.run(...part), options, beside);
  }

  return {
    /** Settles when jobs can run; rejects with the reason if Python cannot start. */
    get ready() {
      return ready;
    },
    /** Start Python anew, in all workers that have nothing to do. @returns {typeof ready} */
    retry() {
      for (const bridge of pool.bridges) bridge.restartWhenIdle();
      measured.clear();
      ready = begin(live.restartWhenIdle());
      return ready;
    },
    /** Let workers that never started be tried again, beside those that run. */
    retryFailedStarts() {
      for (const bridge of pool.bridges) bridge.retryFailedStart();
    },
    /** What is kept in this browser of lotteries run with `keep`. */
    kept,
    /**
     * @param {string} job the name of a job: see README
     * @param {object | (() => object)} [args] the fields of the job's spec; what is left out has its
     *   default. Of a function, what it returns when a worker is free
     * @param {LabOptions} [options] `keep`: a lottery goes on from the levels that are kept in this
     *   browser, and keeps each level it finishes
     * @returns {Promise<any>}
     */
    async run(job, args = {}, options = {}) {
      if (job === 'lottery') return lottery(args, options);
      const { keep, ...plain } = options;
      return POOLED.has(job) ? pool.run(job, args, plain) : live.run(job, args, plain);
    },
    /**
     * How long a lottery would take here, with what is kept of it.
     * @param {object} args @returns {Promise<{seconds: number | undefined, workers: number}>}
     */
    async estimate(args) {
      /** @type {import('./trials.js').Plan} */
      const plan = await live.run('plan', args);
      const seconds = await calibrated(plan.spec);
      const there = await load(plan);
      const used = Math.min(workers, plan.parts.length);
      if (!seconds) return { seconds, workers: used };
      const trial = trainings(seconds, plan.spec);
      const rest = there.map(({ length }) => totalSeconds(length ? trial.slice(2 * length - 1) : trial));
      return { seconds: makespan(rest, workers), workers: used };
    },
  };
}

/** @typedef {ReturnType<typeof createLab>} Lab */
