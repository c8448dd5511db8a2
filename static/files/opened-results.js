// The results that are open from files, for all who show them. Reads no file and draws nothing.
// @ts-check

/** @typedef {import('./read-results.js').Results} Results */

/** Dispatches `change` when there is one more or one less. */
export class OpenedResults extends EventTarget {
  /** In the order in which they were opened. @type {Results[]} */ all = [];

  /** Add results; those of a file of the same name make room. @param {Results} results */
  add(results) {
    this.#set([...this.all.filter(({ name }) => name !== results.name), results]);
  }

  /** @param {Results} results */
  remove(results) {
    this.#set(this.all.filter((one) => one !== results));
  }

  /** @param {Results[]} all */
  #set(all) {
    this.all = all;
    this.dispatchEvent(new Event('change'));
  }
}
