// Gives the sandbox the files on a list, and nothing else: what code there asks for is not what the page fetches
// unless it is one of them. Knows no Python.
// @ts-check

/**
 * What build.json says of the files that the sandbox may have; addresses relative to the site.
 * @typedef {{pyodide: string, wheel: string, kernels: string, runtime: string[], sandbox: string,
 *   sandbox_files: string[], hosted: string[], indexes: string[]}} Build
 */
/** @typedef {{id: number, url: string, method: string, integrity: string}} Ask */

const KINDS = new Map([['mjs', 'text/javascript'], ['wasm', 'application/wasm'], ['json', 'application/json'], ['html', 'text/html']]);

/** The list, and what it is answered with. */
export class Broker {
  #files = new Set();
  /** @type {string[]} */ #indexes;
  #site;

  /** @param {URL} site @param {Build} build */
  constructor(site, build) {
    this.#site = site;
    this.#indexes = build.indexes;
    const { pyodide, runtime, sandbox, sandbox_files: more, wheel, kernels, hosted } = build;
    const paths = [...runtime.map((name) => pyodide + name), ...more.map((name) => sandbox + name), wheel, kernels, ...hosted];
    for (const path of paths) this.#files.add(new URL(path, site).href);
  }

  /**
   * What to fetch for an address; null: it is not on the list. Of a folder, its index.
   * @param {string} asked @returns {string | null}
   */
  allowed(asked) {
    let url;
    try {
      url = new URL(asked);
    } catch {
      return null;
    }
    url.hash = '';
    const { href } = url;
    const file = href.endsWith('/') ? `${href}index.html` : href;
    if (this.#files.has(file)) return file;
    return !url.search && this.#indexes.some((index) => href.startsWith(index)) ? href : null;
  }

  /** @param {Ask} ask @returns {Promise<object>} the answer, as a message */
  async answer({ id, url, method, integrity }) {
    const address = method === 'GET' ? this.allowed(url) : null;
    if (!address) return { kind: 'answer', id, refused: 'The sandbox has no network: only the files of this site’s Python and of its wheels.' };
    try {
      const response = await fetch(address, { integrity, credentials: 'omit', redirect: 'error' });
      const own = address.startsWith(this.#site.origin);
      const type = (own && KINDS.get(address.split('.').at(-1) ?? '')) || response.headers.get('content-type') || '';
      return { kind: 'answer', id, status: response.status, type, body: await response.arrayBuffer() };
    } catch (error) {
      return { kind: 'answer', id, refused: `${address} could not be fetched (${/** @type {Error} */ (error).message})` };
    }
  }
}
