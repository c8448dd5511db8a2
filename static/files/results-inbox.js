// Where results files arrive: each is read, sorted by kind and put into the list that a figure draws. It knows
// the kinds that it is given, and no figure.
// @ts-check
import { OpenedResults } from './opened-results.js';

/** @typedef {import('./sort-records.js').Kind} Kind */
/** @typedef {import('./sort-records.js').Results} Results */
/** Results that came, with their kind. @typedef {{results: Results, kind: Kind}} Arrival */

/**
 * All results that are open. Dispatches `come` with the arrivals of some files, and `fault` with a sentence about
 * one that was not opened; both with the figure whose button was pressed, '' for none.
 */
export class ResultsInbox extends EventTarget {
  /** @type {Map<string, OpenedResults>} */ #lists = new Map();
  /** The newest, until other files are opened. @type {{text: string, figure: string}} */ fault = { text: '', figure: '' };
  /** The newest. @type {Arrival[]} */ arrivals = [];

  /** @param {() => Promise<Kind[]>} loadKinds when the first file comes */
  constructor(loadKinds) {
    super();
    this.loadKinds = loadKinds;
  }

  /** What is open of a kind: the figure of that kind draws it. @param {string} kind its name @returns {OpenedResults} */
  list(kind) {
    const list = this.#lists.get(kind) ?? new OpenedResults();
    this.#lists.set(kind, list);
    return list;
  }

  /**
   * Open files, each whole or not at all.
   * @param {Iterable<File> | Promise<Iterable<File>>} files
   * @param {string} [figure] id of the one whose button was pressed
   */
  async open(files, figure = '') {
    this.#fail('', figure);
    /** @type {Arrival[]} */ const arrivals = [];
    try {
      const [{ readFile }, kinds, all] = await Promise.all([import('./read-results.js'), this.loadKinds(), files]);
      for (const file of all) {
        const read = await readFile(file, kinds);
        if ('fault' in read) this.#fail(read.fault, figure);
        else arrivals.push(...read.results.map((results) => ({ results, kind: kindOf(results, kinds) })));
      }
    } catch (error) {
      this.#fail(/** @type {Error} */ (error).message, figure); // a part of the page did not arrive
    }
    if (!arrivals.length) return;
    this.arrivals = arrivals;
    for (const { results } of arrivals) this.list(results.kind).add(results);
    this.dispatchEvent(new CustomEvent('come', { detail: { arrivals, figure } }));
  }

  /** @param {string} text '' for none @param {string} figure */
  #fail(text, figure) {
    this.fault = { text, figure };
    this.dispatchEvent(new CustomEvent('fault', { detail: this.fault }));
  }
}

/** @param {Results} results @param {Kind[]} kinds @returns {Kind} which it has for sure: it was sorted by them */
const kindOf = (results, kinds) => /** @type {Kind} */ (kinds.find(({ name }) => name === results.kind));
