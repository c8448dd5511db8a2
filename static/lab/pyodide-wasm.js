// Compiles Pyodide's WebAssembly once, while the page still loads, for all workers to share. It reports no
// fault: a worker that is given no module fetches its own, and reports what goes wrong then.
// @ts-check
import { count } from './byte-count.js';

/** The module, and how many of its bytes have come (unpacked). Dispatches `arrived` with each part. */
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
    if (!url) return null; // this page has no such link
    const response = await fetch(url);
    count(response.clone(), (bytes) => {
      this.bytes += bytes;
      this.dispatchEvent(new Event('arrived'));
    }).catch(() => {}); // compileStreaming below fails too
    return await WebAssembly.compileStreaming(response);
  }
}

const link = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[as=fetch]'));

/** This page's. */
export const engine = new Engine(link?.href);
