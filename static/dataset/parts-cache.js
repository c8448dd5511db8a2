// The parts of ten digits, for the settings of the moment: at hand, or asked of Python, and asked
// ahead for where a slider may go next. It draws nothing.
// @ts-check
import { drawKey } from './digit-signals.js';

/** @typedef {import('./digit-signals.js').Parts} Parts */
/** @typedef {Record<string, any>} Args of the dataset */

const KEPT = 700; // 17 kB each
const REST = 100; // milliseconds without a request before anything is asked ahead

/** Dispatches `parts` when those that were asked for have come. */
export class PartsCache extends EventTarget {
  /** @type {Map<string, Parts>} */ #kept = new Map();
  /** @type {Args[]} */ #prefetching = [];
  #asked = 0; // when it was last, for what is wanted now
  #busy = false;

  /** @param {import('../lab/lab.js').Lab} lab */
  constructor(lab) {
    super();
    this.lab = lab;
  }

  /** @param {Args} args @param {Parts} parts */
  keep(args, parts) {
    if (this.#kept.size >= KEPT) this.#kept.delete(/** @type {string} */ (this.#kept.keys().next().value));
    this.#kept.set(drawKey(args), parts);
  }

  /** @param {Args} args @returns {Parts | undefined} if they are at hand */
  get(args) {
    return this.#kept.get(drawKey(args));
  }

  /**
   * @param {() => Args} now asked for when Python is free to begin
   * @returns {Promise<Parts>} rejects with Python's sentence about a bad value
   */
  async ask(now) {
    this.#asked = performance.now();
    /** @type {Args} */ let args = {};
    const parts = await this.lab.run('parts', () => (args = now()));
    this.keep(args, parts);
    return parts;
  }

  /** Have these asked when nothing else is, the first first; what was to be asked before is not. @param {Args[]} all */
  async prefetch(all) {
    this.#prefetching = all.filter((args) => !this.get(args));
    if (this.#busy) return;
    this.#busy = true;
    while (this.#prefetching.length) {
      const rest = this.#asked + REST - performance.now();
      if (rest > 0) {
        await new Promise((resolve) => { setTimeout(resolve, rest); });
        continue;
      }
      const args = /** @type {Args} */ (this.#prefetching.shift());
      if (this.get(args)) continue;
      await this.lab.run('parts', args).then((parts) => this.keep(args, parts), () => {});
    }
    this.#busy = false;
  }
}
