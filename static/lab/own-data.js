// The visitor's own data, prepared, as this browser keeps them under their names. It prepares nothing.
// @ts-check
import { rememberNames } from '../settings/own-source.js';
import { Store } from './store.js';

/** @typedef {{data: Uint8Array, names: string[]}} Kept the bytes that workers take, and the names of the classes */

/** What is kept lasts until the visitor forgets it; what could not be stored, until the page is closed. */
export class OwnData {
  store = new Store('mnist1d-lab-own-data');

  /** @param {string} source a name @returns {Promise<Uint8Array | null>} null if this browser does not have them */
  async bytes(source) {
    const kept = /** @type {Kept | undefined} */ ((await this.store.getMany([[source]]))[0]);
    if (!kept) return null;
    rememberNames(source, kept.names);
    return kept.data;
  }

  /** @param {string} source @param {Kept} kept */
  async keep(source, { data, names }) {
    rememberNames(source, names);
    await this.store.set([source], { data, names });
  }

  /** @returns {Promise<string[]>} names of all that are kept */
  async all() {
    return (await this.store.keys()).map(([source]) => String(source));
  }

  /** @param {string} source */
  forget(source) {
    return this.store.delete([source]);
  }
}
