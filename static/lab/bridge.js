// One worker as promises: starts it, queues jobs, reports progress, aborts. It knows no job.
// @ts-check
import './arrivals.js';
import { EndedError, StartError, startError } from './faults.js';
import { underLock } from './locks.js';
import { ALIVE, ARRIVED, BROKEN, ENGINE, ERROR, PROGRESS, READY, RESULT, RUN, STATUS } from './messages.js';
import { refuseDeep } from './nesting.js';

/** @typedef {import('./messages.js').Progress} Progress */
/** @typedef {import('./messages.js').WorkerMessage} WorkerMessage */
/** @typedef {{kernels: string, note: string, version: string}} Ready what computes in a worker, and why */

/**
 * @typedef {object} RunOptions
 * @property {AbortSignal} [signal] aborting it rejects the promise at once, with AbortError
 * @property {(progress: Progress) => void} [onProgress]
 */

/**
 * @typedef {object} Task
 * @property {number} id
 * @property {string} job
 * @property {object | (() => object)} args a function is asked anew for every start
 * @property {boolean} sent whether the worker has it
 * @property {number} attemptsLeft how often it may still be started
 * @property {(progress: Progress) => void} onProgress
 * @property {(value: any) => void} resolve
 * @property {(error: unknown) => void} reject
 */

/** @param {import('./messages.js').ErrorParts} parts */
function errorFromParts({ name, message, stack, field }) {
  return Object.assign(new Error(message), { name, stack }, field === undefined ? {} : { field });
}

/** Gives the bytes of data of one's own by their name; null if nobody has them. @typedef {(source: string) => Promise<Uint8Array | null>} Lend */

/** @param {any} args of a job @returns {string} the name of the data of one's own that it needs; '' for none */
const sourceOf = (args) => String(args?.dataset?.source ?? args?.lottery?.dataset?.source ?? args?.source ?? '');

const FORESEEN = 'ValueError'; // of bad arguments
const ATTEMPTS = 3; // starts of one task before giving up

const abortError = () => new DOMException('The run was stopped.', 'AbortError');

/**
 * A promise that is given up, with AbortError, as soon as the signal aborts.
 * @template T
 * @param {Promise<T>} promise @param {AbortSignal} [signal] @returns {Promise<T>}
 */
export function abortable(promise, signal) {
  if (!signal) return promise;
  const settled = new AbortController();
  const aborted = new Promise((_, reject) => {
    const give = () => reject(abortError());
    if (signal.aborted) give();
    signal.addEventListener('abort', give, { signal: settled.signal });
  });
  return Promise.race([promise, aborted]).finally(() => settled.abort());
}

/** A worker that runs one job at a time. A job that is stopped takes its worker with it. */
export class Bridge {
  /** @type {Worker | null} */ #worker = null;
  /** @type {Promise<Ready> | null} */ #ready = null;
  /** @type {Task[]} */ #queue = [];
  /** @type {Task | null} */ #running = null;
  #ids = 0;
  #everReady = false; // whether a worker has ever been ready
  #startFailed = false;
  #lent = ''; // the name of the data that this worker was given last
  /** Called when the next worker will be a fresh one. @type {(() => void)[]} */ #onRestart = [];

  /**
   * @param {URL} url of the worker module
   * @param {Promise<WebAssembly.Module | null>} engine for the worker: see messages.js
   * @param {Lend} [lend] data of one's own, for jobs that name them
   * @param {(text: string) => void} [onStatus]
   * @param {(bytes: number, total: number) => void} [onArrival] of what start-up needs
   */
  constructor(url, engine, lend = async () => null, onStatus = () => {}, onArrival = () => {}) {
    this.url = url;
    this.engine = engine;
    this.lend = lend;
    this.onStatus = onStatus;
    this.onArrival = onArrival;
  }

  /**
   * Forget a start that failed, or a worker as soon as it has nothing to do: the next is a fresh one.
   * @returns {Promise<void>} settles when that is so
   */
  restartWhenIdle() {
    return new Promise((resolve) => {
      this.#onRestart.push(resolve);
      if (!this.#running) this.#restart();
    });
  }

  /** Retry a failed start with the next request; a worker that runs is left alone. */
  retryFailedStart() {
    if (this.#startFailed) this.#restart();
  }

  #restart() {
    this.#stopWorker();
    this.#startFailed = false;
    for (const resolve of this.#onRestart.splice(0)) resolve();
  }

  /** Start the worker if there is none. @returns {Promise<Ready>} settles when it can run jobs */
  start() {
    if (this.#ready && (this.#worker || this.#startFailed)) return this.#ready;
    // The worker holds a lock of this name for as long as it lives: see #watch.
    const name = `lab-worker-${performance.timeOrigin}-${Math.random()}`;
    let worker;
    try {
      worker = new Worker(this.url, { type: 'module', name });
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      const cause = Object.assign(new Error(message), { name: 'WorkersBlockedError' });
      this.#startFailed = true;
      return (this.#ready = Promise.reject(new StartError(cause)));
    }
    return this.#follow(worker, name);
  }

  /** @param {Worker} worker @param {string} name @returns {Promise<Ready>} */
  #follow(worker, name) {
    this.#worker = worker;
    this.engine.then((module) => worker.postMessage({ kind: ENGINE, module }));
    /** @type {Promise<Ready>} */
    const ready = new Promise((resolve, fail) => {
      /** @param {Error} error */
      const reject = (error) => { if (worker === this.#worker) fail(error); }; // else there is a newer start
      worker.addEventListener('message', ({ data }) => {
        if (data.kind === ALIVE) this.#watch(worker, name, reject);
        else this.#receive(data, resolve, reject);
      });
      worker.addEventListener('error', (event) => this.#onError(worker, event, reject));
    });
    this.#ready = ready;
    ready.then(
      () => {
        this.#everReady = true;
      },
      (error) => {
        this.#startFailed = !this.#everReady; // what never worked is not tried again with every request
        this.#fail(worker, error);
      },
    );
    return ready;
  }

  /**
   * Run a job when its turn comes.
   * @param {string} job @param {object | (() => object)} [args] a function is asked anew when the
   *   job is started again, after its worker died: it may then ask for less
   * @param {RunOptions} [options] @returns {Promise<any>}
   */
  run(job, args = {}, { signal, onProgress = () => {} } = {}) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) throw abortError();
      const ended = new AbortController(); // a signal may outlive many tasks: let go of it
      const end = (/** @type {(outcome: any) => void} */ settle) => (/** @type {any} */ outcome) => {
        ended.abort();
        settle(outcome);
      };
      const common = { id: ++this.#ids, job, args, sent: false, attemptsLeft: ATTEMPTS, onProgress };
      const task = { ...common, resolve: end(resolve), reject: end(reject) };
      signal?.addEventListener('abort', () => this.#abort(task), { signal: ended.signal });
      this.#queue.push(task);
      this.#next();
    });
  }

  /** @param {WorkerMessage} message @param {(ready: Ready) => void} ready @param {(e: Error) => void} broken */
  #receive(message, ready, broken) {
    const { kind, id } = message;
    if (kind === STATUS) this.onStatus(message.text);
    if (kind === ARRIVED) this.onArrival(message.bytes, message.total);
    if (kind === READY) {
      ready({ kernels: message.kernels, note: message.note, version: message.version });
    }
    if (kind === BROKEN) startError(errorFromParts(message.error)).then(broken);
    const task = this.#running;
    if (!task || task.id !== id) return;
    if (kind === PROGRESS) task.onProgress(message.progress);
    if (kind === RESULT) this.#finish(() => task.resolve(message.value));
    if (kind === ERROR) {
      this.#lent = ''; // perhaps it was about them
      // What memory a worker has taken it never gives back, and an error that nobody foresaw may
      // have left Python in any state: the next job gets a fresh one.
      if (message.error.fatal || message.error.name !== FORESEEN) this.#stopWorker();
      this.#finish(() => task.reject(errorFromParts(message.error)));
    }
  }

  #next() {
    if (this.#running || !this.#queue.length) return;
    const task = /** @type {Task} */ (this.#queue.shift());
    this.#running = task;
    this.start().then(
      async () => {
        if (this.#running !== task) return; // stopped while the worker was starting
        try {
          const args = typeof task.args === 'function' ? task.args() : task.args;
          refuseDeep(args);
          const source = sourceOf(args);
          const data = source && source !== this.#lent ? await this.lend(source) : null;
          if (this.#running !== task) return; // stopped meanwhile
          this.#worker?.postMessage({ kind: RUN, id: task.id, job: task.job, args, ...(data && { own: { source, data } }) });
          if (data) this.#lent = source;
          task.sent = true;
        } catch (error) {
          this.#finish(() => task.reject(error)); // arguments that cannot be sent
        }
      },
      (error) => {
        // Told already, unless the start had failed for good before this task came.
        if (this.#running === task) this.#finish(() => task.reject(error));
      },
    );
  }

  /** @param {() => void} settle */
  #finish(settle) {
    this.#running = null;
    settle();
    if (this.#onRestart.length) this.#restart();
    this.#next();
  }

  /** @param {Task} task */
  #abort(task) {
    task.reject(abortError()); // does nothing if the task has ended
    this.#queue = this.#queue.filter((other) => other !== task);
    if (this.#running !== task) return;
    if (task.sent) {
      // Python cannot be interrupted from outside, so its worker ends and a fresh one starts.
      this.#stopWorker();
      this.start();
    }
    this.#finish(() => {});
  }

  /** @param {Worker} worker @param {string} name @param {(error: Error) => void} reject a start */
  #watch(worker, name, reject) {
    // A worker that is killed sends nothing, but the browser then gives us its lock.
    const died = () => {
      const error = new EndedError('The worker was ended by the browser.');
      reject(new StartError(error)); // does nothing after its start
      this.#replace(worker, error);
    };
    underLock(name, died);
  }

  /** @param {Worker} worker @param {ErrorEvent} event @param {(error: Error) => void} reject a start */
  async #onError(worker, { message }, reject) {
    const error = new Error(message || `${this.url} could not be loaded`);
    if (this.#running?.sent) return this.#replace(worker, error);
    if (/SyntaxError/.test(message)) error.name = 'SyntaxError';
    const reason = await globalThis.arrivals.reasonOf([this.url.href], message ? error : undefined);
    const failure = new StartError(reason);
    reject(failure); // does nothing once the worker has been ready
    this.#replace(worker, failure);
  }

  /** Start the task of a dead worker again, in a new one. @param {Worker} worker @param {Error} error */
  #replace(worker, error) {
    const task = this.#running;
    if (worker !== this.#worker || !task?.sent) return this.#fail(worker, error);
    this.#stopWorker();
    task.sent = false;
    task.attemptsLeft -= 1;
    if (task.attemptsLeft === 0) return this.#finish(() => task.reject(error));
    this.#running = null;
    this.#queue.unshift(task);
    this.#next();
  }

  /** @param {Worker} worker that cannot start, or died with nothing to do @param {Error} error */
  #fail(worker, error) {
    if (worker !== this.#worker) return; // already replaced
    this.#stopWorker();
    const tasks = [this.#running, ...this.#queue];
    this.#running = null;
    this.#queue = [];
    for (const task of tasks) task?.reject(error);
  }

  #stopWorker() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#lent = '';
  }
}
