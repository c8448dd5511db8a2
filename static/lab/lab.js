// `window.lab`: run any job from the page or the console. One worker answers the sliders, so that
// they stay live while a pool of others trains. It draws nothing.
// @ts-check
import { SITE } from '../records/site.js';
import { Bridge, abortable } from './bridge.js';
import { Calibration } from './calibration.js';
import { CheckpointStore } from './checkpoints.js';
import { makespan, totalSeconds, trainings } from './estimate.js';
import { OwnResults } from './own-results.js';
import { Pool, poolSize } from './pool.js';
import { engine } from './pyodide-wasm.js';
import { Store } from './store.js';
import { runTrials } from './trials.js';
import { visitor } from './visitor.js';

const WARM = 2; // workers of the pool that start before any job needs them
/** What takes long, or must not be disturbed. */
const POOLED = new Set(['train', 'arm', 'calibrate', 'dataset', 'export', 'read_dataset', 'opened', 'prepare_data']);
for (const job of ['learn_rate', 'rate_landscape', 'contrast', 'probe', 'double_descent']) POOLED.add(job);

/** @typedef {import('./bridge.js').RunOptions & {keep?: boolean}} LabOptions */
/** @typedef {import('./trials.js').Plan} Plan */
/** @typedef {import('../from-python.js').JobArguments} JobArguments */
/**
 * Who is told of the start: what it is doing, in words for the visitor, and how much of what it needs is there.
 * @typedef {{onStatus: (text: string) => void, onArrival: (bytes: number, total: number) => void}} StartListener
 */

/** Add what arrives in the page itself to what arrives in its worker. @param {StartListener['onArrival']} onArrival */
function countArrivals(onArrival) {
  let [own, total] = [0, 0]; // bytes of the worker
  const tell = () => { if (total) onArrival(own + engine.bytes, total); };
  engine.addEventListener('arrived', tell);
  return (/** @type {number} */ bytes, /** @type {number} */ all) => {
    [own, total] = [bytes, all];
    tell();
  };
}

/** Python for the page and for scripts. */
export class Lab {
  /** Settles when jobs can run; rejects with the reason if Python cannot start. @type {Promise<import('./bridge.js').Ready>} */
  ready;
  /** Resolves when somebody is at the page. */ visited = visitor();
  /** Settles when somebody is at the page and the first workers of the pool have started. @type {Promise<void>} */ warm = Promise.resolve();
  /** What the figures' own runs have found. */ results = new OwnResults();
  /** What is kept in this browser of lotteries run with `keep`. */
  kept;
  /** @type {Promise<import('./own-data.js').OwnData> | undefined} */ #own;
  #live;
  #pool;
  #workers;
  #calibration;

  /**
   * @param {StartListener} start
   * @param {object} [options]
   * @param {string} [options.kernels] 'numpy' to compute without the compiled kernels
   * @param {number} [options.workers] of the pool; as many as suit the device if not given
   */
  constructor({ onStatus, onArrival }, { kernels, workers = poolSize(navigator) } = {}) {
    const url = new URL('static/lab/worker/worker.js', SITE);
    if (kernels) url.searchParams.set('kernels', kernels);
    const lend = async (/** @type {string} */ source) => (await this.own()).bytes(source);
    this.#live = new Bridge(url, engine.module, lend, onStatus, countArrivals(onArrival));
    this.#pool = new Pool(url, workers, engine.module, lend);
    this.#workers = workers;
    this.#calibration = new Calibration((args) => this.#pool.run('calibrate', args));
    this.ready = this.#begin(this.#live.start());
    this.kept = new CheckpointStore(new Store('mnist1d-lab'), () => this.ready);
    // A script may take them out of the lab: const { run } = lab.
    this.run = this.run.bind(this);
    this.estimate = this.estimate.bind(this);
    this.retry = this.retry.bind(this);
  }

  /** @param {Promise<import('./bridge.js').Ready>} ready */
  #begin(ready) {
    // What was asked meanwhile comes first: a worker that starts takes a core. run() tells of a failure.
    this.warm = Promise.all([ready.then(() => this.#live.run('presets')), this.visited])
      .then(() => this.#pool.warm(WARM)).catch(() => {});
    return ready;
  }

  /** Start Python anew, in all workers that have nothing to do. @returns {typeof this.ready} */
  retry() {
    for (const bridge of this.#pool.bridges) bridge.restartWhenIdle();
    this.#calibration.forget();
    this.ready = this.#begin(this.#live.restartWhenIdle().then(() => this.#live.start()));
    return this.ready;
  }

  /** Retry failed starts; leave running workers alone. */
  retryFailedStarts() {
    for (const bridge of this.#pool.bridges) bridge.retryFailedStart();
  }

  /** The visitor's own data, as this browser keeps them; loaded when it is first asked for. */
  own() {
    return (this.#own ??= import('./own-data.js').then(({ OwnData }) => new OwnData()).catch((error) => {
      this.#own = undefined; // a part of the page did not arrive: ask again next time
      throw error;
    }));
  }

  /** @param {string} source a name, '' for the generator's data @returns {Promise<import('./messages.js').Lent | undefined>} as a worker takes them */
  async lent(source) {
    const data = source ? await (await this.own()).bytes(source) : null;
    return data ? { source, data } : undefined;
  }

  /** An older name of `retryFailedStarts`, for scripts. */
  revive() {
    this.retryFailedStarts();
  }

  /**
   * @template {keyof JobArguments} J
   * @param {J} job the name of a job: see py/mnist1d_lab/README.md
   * @param {JobArguments[J] | (() => JobArguments[J])} [args] what is left out has its default. Of a
   *   function, what it returns when a worker is free
   * @param {LabOptions} [options] `keep`: a lottery goes on from the levels that are kept in this
   *   browser, and keeps each level it finishes
   * @returns {Promise<any>}
   */
  async run(job, args = {}, options = {}) {
    if (job === 'lottery') return this.#lottery(args, options);
    const { keep, ...plain } = options;
    return POOLED.has(job) ? this.#pool.run(job, args, plain) : this.#live.run(job, args, plain);
  }

  /**
   * How long a lottery would take here, with what is kept of it.
   * @param {object} args @returns {Promise<{seconds: number | undefined, workers: number}>}
   */
  async estimate(args) {
    /** @type {Plan} */
    const plan = await this.#live.run('plan', args);
    const seconds = await this.#calibration.seconds(plan.spec);
    const there = await this.#load(plan);
    const used = Math.min(this.#workers, plan.parts.length);
    if (!seconds) return { seconds, workers: used };
    const trial = trainings(seconds, plan.spec);
    const rest = there.map(({ length }) => totalSeconds(length ? trial.slice(2 * length - 1) : trial));
    return { seconds: makespan(rest, this.#workers), workers: used };
  }

  /** @param {Plan} plan @returns the kept levels of each trial */
  #load({ parts }) {
    return Promise.all(parts.map(({ name, levels }) => this.kept.load(name, levels)));
  }

  /** @param {object} args @param {LabOptions} options */
  async #lottery(args, { keep = false, ...options }) {
    // Not the live worker's own signal: it would end the worker that the sliders need.
    /** @type {Plan} */
    const plan = await abortable(this.#live.run('plan', args), options.signal);
    /** @type {import('./trials.js').Beside} */
    const beside = { workers: this.#workers, seconds: this.#calibration.known(plan.spec) };
    if (keep) {
      beside.save = (name, checkpoint) => this.kept.save(name, checkpoint);
      beside.kept = await abortable(this.#load(plan), options.signal);
    }
    return runTrials(plan, (...part) => this.#pool.run(...part), options, beside);
  }
}
