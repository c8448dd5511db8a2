// Several workers behind one queue: each takes the next task when it is free. It knows no job.
// @ts-check
import { Bridge, abortable } from './bridge.js';

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
  /** @type {{take: (bridge: Bridge) => void, signal?: AbortSignal}[]} */ #waiting = [];

  /**
   * @param {URL} url of the worker module @param {number} size
   * @param {Promise<WebAssembly.Module | null>} engine @param {import('./bridge.js').Lend} [lend]
   */
  constructor(url, size, engine, lend) {
    this.bridges = Array.from({ length: size }, () => new Bridge(url, engine, lend));
    this.#idle = [...this.bridges];
  }

  /** Start the first `count` workers, one after the other, so that they do not crowd the cores. */
  async warm(count = this.bridges.length) {
    for (const bridge of this.bridges.slice(0, count)) await bridge.start();
  }

  /**
   * @param {string} job @param {object | (() => object)} [args] see Bridge.run
   * @param {RunOptions} [options] @returns {Promise<any>}
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
  async #free(signal) {
    const bridge = this.#idle.shift(); // prefer the worker that was started first: it has finished loading
    if (bridge) return bridge;
    /** @type {Promise<Bridge>} */
    const turn = new Promise((take) => { this.#waiting.push({ take, signal }); });
    return abortable(turn, signal);
  }

  /** @param {Bridge} bridge goes to the first who still waits for one */
  #release(bridge) {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      if (!next.signal?.aborted) return next.take(bridge);
    }
    this.#idle.unshift(bridge);
  }
}
