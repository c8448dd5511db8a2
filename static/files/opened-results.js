// The results that are shown beside the newest run, for all who show them: of files, of earlier runs, of a
// link. Reads no file and draws nothing.
// @ts-check

/** Results beside the newest run; what has no kind is of no file. @typedef {Omit<import('./sort-records.js').Results, 'kind'> & {kind?: string}} Results */

/** Dispatches `change` when there is one more or one less. */
export class OpenedResults extends EventTarget {
  /** In the order in which they were opened. @type {Results[]} */ all = [];

  /** Add results; those of the same name make room. @param {Results} results */
  add(results) {
    this.#set([...this.all.filter(({ name }) => name !== results.name), results]);
  }

  /** @param {Results} results */
  remove(results) {
    this.#set(this.all.filter((one) => one !== results));
  }

  /** @param {Results} results @param {string} name a name that another has already is not given twice */
  rename(results, name) {
    const free = name.trim() && !this.all.some((one) => one.name === name.trim());
    this.#set(this.all.map((one) => (one === results && free ? { ...one, name: name.trim() } : one)));
  }

  /** @param {Results[]} all */
  #set(all) {
    this.all = all;
    this.dispatchEvent(new Event('change'));
  }
}
