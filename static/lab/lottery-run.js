// The visitor's lottery run: its arguments, whether it is at work or paused, what it has found so far.
// It draws nothing; the training itself is the lab's.
// @ts-check
import { PAUSED } from './queued-task.js';

/** @typedef {import('../records/types.js').Measurement} Measurement */
/** @typedef {import('./messages.js').Progress} Progress */
/** @typedef {import('./trials.js').Lottery} Lottery */

/**
 * One run at a time, kept in the browser level by level. It dispatches, in this order: `start` (again
 * after each pause), `begin` (the first progress since then), `progress`, `level` (one more is
 * finished), `complete` or `interrupted` (a CustomEvent whose detail is whether it is a pause), `settled`.
 */
export class LotteryRun extends EventTarget {
  /** The result as far as it is there; until `begun` that of the run before. @type {Lottery | null} */ live = null;
  /** The networks in training now. @type {Measurement[]} */ current = [];
  running = false;
  /** Whether this run has reported anything. */ begun = false;
  /** Of the run that is at work or paused. @type {Record<string, any> | null} */ #args = null;

  /** @param {import('./lab.js').Lab} lab */
  constructor(lab) {
    super();
    this.lab = lab;
  }

  /** Whether a run is at work or paused, so that no other can be taken up. */
  get busy() {
    return this.running || this.#args !== null;
  }

  /** How many levels of all trials are finished. */
  get levels() {
    return this.live ? this.live.records.filter(({ arm }) => arm === 'lottery').length : 0;
  }

  /** Choose the run that the next start is of. @param {Record<string, any>} args of the job `lottery` */
  take(args) {
    this.#args = args;
    this.begun = false;
  }

  /**
   * Start, or go on with what was paused or taken.
   * @param {() => Record<string, any>} newest arguments, for a new run
   * @param {{signal: AbortSignal, onProgress: (progress: Progress) => void}} options
   * @returns {Promise<void>} rejects with what ended it early
   */
  async run(newest, { signal, onProgress }) {
    if (!this.#args) this.take(newest());
    const args = /** @type {Record<string, any>} */ (this.#args);
    this.running = true;
    this.#dispatch('start');
    try {
      this.live = await this.lab.run('lottery', args, { keep: true, signal, onProgress: this.#follower(args, onProgress) });
      this.current = [];
      this.#dispatch('complete');
      await this.#end();
    } catch (error) {
      const paused = signal.reason === PAUSED;
      this.#interrupt(paused);
      // After a fault the run stays marked as unfinished, and is offered again on the next visit.
      if (/** @type {Error} */ (error).name !== 'AbortError') this.#args = null;
      else if (!paused) await this.#end();
      throw error;
    } finally {
      this.running = false;
      this.#dispatch('settled');
    }
  }

  /** Give up a paused run. What it has found stays. */
  drop() {
    this.#interrupt(false);
    this.#end();
  }

  /**
   * @param {Record<string, any>} args @param {(progress: Progress) => void} onProgress
   * @returns {(progress: Progress) => void}
   */
  #follower(args, onProgress) {
    let told = false; // since this start
    let levels = -1;
    return (progress) => {
      if (!told) {
        this.lab.kept.begin(args);
        this.#dispatch('begin');
      }
      told = this.begun = true;
      this.live = /** @type {Lottery} */ (/** @type {unknown} */ (progress)); // it has all that a result has
      this.current = progress.current;
      this.#dispatch('progress');
      if (this.levels !== levels) {
        levels = this.levels;
        this.lab.kept.saveProgress(args, levels);
        this.#dispatch('level');
      }
      onProgress(progress);
    };
  }

  /** @param {boolean} paused */
  #interrupt(paused) {
    this.current = [];
    if (this.begun) this.#dispatch('interrupted', paused);
  }

  async #end() {
    const ended = this.#args;
    this.#args = null;
    if (ended) await this.lab.kept.end(ended);
  }

  /** @param {string} type @param {unknown} [detail] */
  #dispatch(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
