// A key-value store in the browser (IndexedDB). What it cannot store it holds in memory, and says so.
// @ts-check
import { createStore, del, delMany, getMany, keys, set } from 'idb-keyval';

/** @typedef {(string | number)[]} Key */

const PROBLEMS = {
  full: 'This browser’s storage is full: new results last until the page is closed or reloaded.',
  forbidden: 'This browser stores nothing for this page (a private window?): results last until it is closed or reloaded.',
  framed: 'This browser stores nothing for a page inside another one: results last until it is closed or reloaded.',
};

/** @param {Key} key */
const text = (key) => JSON.stringify(key);

/** Dispatches `problem` when `problem` has become another sentence. No method rejects. */
export class Store extends EventTarget {
  /** @type {Map<string, any>} */ #memory = new Map(); // only what could not be stored
  /** Why not everything is stored; '' if it is. */
  problem = '';

  /** Whether the problem may go away while the page is open. */
  get isPassing() {
    return this.problem !== PROBLEMS.framed;
  }

  /** @param {string} name of the database */
  constructor(name) {
    super();
    this.name = name;
  }

  /** @type {import('idb-keyval').UseStore | undefined} */ #opened;

  /** @template T @param {(store: import('idb-keyval').UseStore) => Promise<T>} use @returns {Promise<T>} */
  async #try(use) {
    try {
      return await use((this.#opened ??= createStore(this.name, 'kept')));
    } catch (error) {
      const full = error instanceof DOMException && error.name === 'QuotaExceededError';
      const problem = PROBLEMS[full ? 'full' : globalThis.parent === globalThis.window ? 'forbidden' : 'framed'];
      if (problem !== this.problem) {
        this.problem = problem;
        this.dispatchEvent(new Event('problem'));
      }
      throw error;
    }
  }

  /** @param {Key[]} wanted @returns {Promise<any[]>} undefined for what is not there */
  async getMany(wanted) {
    const stored = await this.#try((store) => getMany(wanted, store)).catch(() => []);
    return wanted.map((key, i) => this.#memory.get(text(key)) ?? stored[i]);
  }

  /** @param {Key} key @param {any} value */
  async set(key, value) {
    this.#memory.set(text(key), value); // at hand for whoever asks before it is stored
    await this.#try((store) => set(key, value, store)).then(() => this.#memory.delete(text(key)), () => {});
  }

  /** Try again to store what could not be stored. */
  async again() {
    const waiting = [...this.#memory];
    try {
      for (const [key, value] of waiting) await this.#try((store) => set(JSON.parse(key), value, store));
      await this.#try((store) => keys(store));
    } catch {
      return; // said already
    }
    for (const [key] of waiting) this.#memory.delete(key);
    this.problem = '';
    this.dispatchEvent(new Event('problem'));
  }

  /** @param {Key} key */
  async delete(key) {
    this.#memory.delete(text(key));
    await this.#try((store) => del(key, store)).catch(() => {});
  }

  /** @param {Key[]} all */
  async deleteMany(all) {
    for (const key of all) this.#memory.delete(text(key));
    await this.#try((store) => delMany(all, store)).catch(() => {});
  }

  /** @returns {Promise<Key[]>} */
  async keys() {
    const stored = await this.#try((store) => keys(store)).catch(() => []);
    const all = new Map(stored.map((key) => [text(/** @type {Key} */ (key)), /** @type {Key} */ (key)]));
    for (const key of this.#memory.keys()) all.set(key, JSON.parse(key));
    return [...all.values()];
  }
}
