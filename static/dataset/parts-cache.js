// The random parts of ten digits by their settings: kept here, or asked of Python; and asked ahead for
// where a slider may go next. Draws no picture.
// @ts-check
import { drawKey } from './digit-signals.js';

/** @typedef {import('./digit-signals.js').Parts} Parts */
/** @typedef {import('../from-python.js').DatasetSpec} Args */

const KEPT = 700; // 17 kB each
const REST = 100; // milliseconds without another question before anything is asked ahead

export class PartsCache {
  /** @type {Map<string, Parts>} */ #kept = new Map();
  /** @type {Args[]} */ #prefetching = [];
  #asked = 0; // when `ask` was last called
  #busy = false;

  /** @param {import('../lab/lab.js').Lab} lab */
  constructor(lab) {
    this.lab = lab;
  }

  /** @param {Args} args @param {Parts} parts */
  keep(args, parts) {
    if (this.#kept.size >= KEPT) this.#kept.delete(/** @type {string} */ (this.#kept.keys().next().value));
    this.#kept.set(drawKey(args), parts);
  }

  /** @param {Args} args @returns {Parts | undefined} if they are kept */
  get(args) {
    return this.#kept.get(drawKey(args));
  }

  /**
   * Ask Python.
   * @param {() => Args} now called when Python is free to begin
   * @returns {Promise<Parts>} rejects with Python's sentence about a bad value
   */
  async ask(now) {
    this.#asked = performance.now();
    /** @type {Args | undefined} */ let args;
    const parts = await this.lab.run('parts', () => (args = now()));
    this.keep(/** @type {Args} */ (/** @type {unknown} */ (args)), parts);
    return parts;
  }

  /** Ask for these in their order while nobody asks for anything else; a new list replaces the last one. @param {Args[]} all */
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
