// What the page's figures show, as the console gets it: the dataset now set, and the search with its masks. It runs
// nothing.
// @ts-check

/**
 * As much of a search as is read here.
 * @typedef {{spec: {trials: number, levels: number}, records: object[], complete: boolean, shipped: boolean,
 *   mask: (trial: number, level: number) => Uint8Array | null}} Search
 */

/** Tells what is shown, once for each change. */
export class ShownFigures {
  /** @type {string} */ #dataset = '';
  /** @type {Search | null | undefined} */ #search;

  /**
   * @param {() => object} dataset the arguments that the sliders make
   * @param {() => Search | null} search that the figures are about
   */
  constructor(dataset, search) {
    this.dataset = dataset;
    this.search = search;
  }

  /** Tell all of it again: whoever knew it is gone. */
  forget() {
    this.#dataset = '';
  }

  /** @returns {object | undefined} undefined: nothing has changed since it was told */
  news() {
    const [dataset, search] = [this.dataset(), this.search()];
    const text = JSON.stringify(dataset);
    if (text === this.#dataset && search === this.#search) return undefined;
    [this.#dataset, this.#search] = [text, search];
    return { dataset, search: search && plain(search) };
  }
}

/** @param {Search} search @returns {object} with `masks` by trial and level, from level 1; null where there is none */
function plain({ spec, records, complete, shipped, mask }) {
  const levels = Array.from({ length: spec.levels }, (_, i) => i + 1);
  const masks = Array.from({ length: spec.trials }, (_, trial) => levels.map((level) => mask(trial, level)));
  return { spec, records, complete, shipped, masks };
}
