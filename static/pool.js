// Several workers behind one queue: each takes the next task when it is free. It knows no job.
// @ts-check
import { Bridge, abortError } from './bridge.js';

/** @typedef {import('./bridge.js').RunOptions} RunOptions */

const GIGABYTES_A_WORKER = 0.5; // Python, NumPy and a training, with room to spare

/**
 * How many workers this device should have: one a core, as far as memory allows; one on a phone.
 * @param {{hardwareConcurrency?: number, deviceMemory?: number, userAgent?: string}} device
 */
export function poolSize({ hardwareConcurrency = 2, deviceMemory = 4, userAgent = '' }) {
  if (/Mobi/.test(userAgent)) return 1;
  return Math.max(1, Math.min(hardwareConcurrency, Math.floor(deviceMemory / GIGABYTES_A_WORKER)));
}

/** Runs tasks side by side, at most `size` at a time, in the order in which they came. */
export class Pool {
  /** @type {Bridge[]} */ #idle;
  /** @type {((bridge: Bridge) => void)[]} */ #waiting = [];

  /** @param {URL} url of the worker module @param {number} size */
  constructor(url, size) {
    this.bridges = Array.from({ length: size }, () => new Bridge(url));
    this.#idle = [...this.bridges];
  }

  /** Start the first `count` workers, one after the other, so that they do not crowd the cores. */
  async warm(count = this.bridges.length) {
    for (const bridge of this.bridges.slice(0, count)) await bridge.start();
  }

  /**
   * @param {string} job @param {object} [args] @param {RunOptions} [options] @returns {Promise<any>}
   */
  async run(job, args, options = {}) {
    const bridge = await this.#free(options.signal);
    try {
      return await bridge.run(job, args, options);
    } finally {
      this.#release(bridge);
    }
  }

  /** @param {AbortSignal} [signal] @returns {Promise<Bridge>} rejects when the signal aborts */
  #free(signal) {
    const bridge = this.#idle.shift(); // the longest started first: those are warm
    if (bridge) return Promise.resolve(bridge);
    return new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      signal?.addEventListener('abort', () => {
        this.#waiting = this.#waiting.filter((other) => other !== resolve);
        reject(abortError());
      }, { once: true });
    });
  }

  /** @param {Bridge} bridge */
  #release(bridge) {
    const next = this.#waiting.shift();
    if (next) next(bridge);
    else this.#idle.unshift(bridge);
  }
}
