// What was typed into the console, to be called back line by line; kept in this browser. Knows no element.
// @ts-check
import { LocalShelf } from '../ui/local-shelf.js';

const KEY = 'mnist1d-lab console';
const MOST = 200; // entries
const LONGEST = 10_000; // characters of an entry that is kept

/** The entries, and the place among them that is shown. */
export class History {
  /** @type {string[]} */ #all = [];
  #place = 0; // of the entry shown; behind the last one: what is being typed
  #draft = '';
  #shelf = new LocalShelf(KEY);

  constructor() {
    this.#shelf.read((value) => {
      this.#all = (Array.isArray(value) ? value : []).filter((one) => typeof one === 'string').slice(-MOST);
    });
    this.#place = this.#all.length;
  }

  /** @param {string} source that was run */
  add(source) {
    if (source !== this.#all.at(-1)) this.#all = [...this.#all, source].slice(-MOST);
    this.#place = this.#all.length;
    this.#draft = '';
    this.#shelf.write(this.#all.filter(({ length }) => length <= LONGEST));
  }

  /**
   * Go to an earlier or a later entry; what is being typed is the last of all.
   * @param {number} by -1 or 1 @param {string} shown at the moment
   * @returns {string | null} what to show; null: there is none further
   */
  step(by, shown) {
    const to = this.#place + by;
    if (to < 0 || to > this.#all.length) return null;
    if (this.#place === this.#all.length) this.#draft = shown;
    this.#place = to;
    return this.#all[to] ?? this.#draft;
  }
}
