// Pyodide's WebAssembly, compiled once while the page itself still loads, for all workers to share.
// What is wrong with it is not told here: a worker that gets none fetches its own, and says.
// @ts-check
import { count } from './byte-count.js';

/** Bytes of it that have come, unpacked; `arrived` is dispatched with each part. */
export class Engine extends EventTarget {
  bytes = 0;
  /** @type {Promise<WebAssembly.Module | null>} null if it cannot be had */ module;

  /** @param {string | undefined} url */
  constructor(url) {
    super();
    this.module = this.#compile(url).catch(() => null);
  }

  /** @param {string | undefined} url */
  async #compile(url) {
    if (!url) return null; // a page that was not built
    const response = await fetch(url);
    count(response.clone(), (bytes) => {
      this.bytes += bytes;
      this.dispatchEvent(new Event('arrived'));
    }).catch(() => {}); // whoever compiles it will notice
    return await WebAssembly.compileStreaming(response);
  }
}

const link = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[as=fetch]'));

/** This page's. */
export const engine = new Engine(link?.href);
