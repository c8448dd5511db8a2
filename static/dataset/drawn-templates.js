// Templates that the visitor has drawn: points that are typed, and drawings that are kept in this browser. Their
// text is settings/templates-text.js's. Draws nothing.
// @ts-check
import { HIGHEST, POINTS, readPoints, readTemplates } from '../settings/templates-text.js';
import { quoteShort } from '../settings/wrong-text.js';
import { LocalShelf } from '../ui/local-shelf.js';

const KEY = 'mnist1d-lab templates';

/** @param {string} text as it is typed or pasted @returns {number[] | null} the twelve numbers; null if it is something else */
export const readTyped = (text) => readPoints(text.trim().split(/[\s,;]+/));

/** @param {string} text that was typed and cannot be read @returns {string} */
export const describeFault = (text) =>
  `points must be ${POINTS} numbers from -${HIGHEST} to ${HIGHEST}, split by commas or spaces, or whole ` +
    `templates as in a link (“3:0,0.1,…;7:…”), got ${quoteShort(text)}`;

/** @typedef {{name: string, text: string}} SavedTemplates */

/** @param {unknown} one of what the browser has kept @returns {one is SavedTemplates} */
function isReadable(one) {
  const { name, text } = /** @type {Partial<SavedTemplates>} */ (one ?? {});
  return typeof name === 'string' && typeof text === 'string' && readTemplates(text) !== null;
}

/** Templates with names, in this browser. */
export class DrawnTemplates {
  /** @type {SavedTemplates[]} */ all = [];
  #shelf = new LocalShelf(KEY);

  constructor() {
    this.#shelf.read((found) => { if (Array.isArray(found)) this.all = found.filter(isReadable); });
  }

  /** Whether the browser keeps them; else they last as long as the page. */
  get kept() {
    return this.#shelf.kept;
  }

  /** One of the same name is replaced. @param {string} name @param {string} text */
  put(name, text) {
    this.all = [...this.all.filter((one) => one.name !== name), { name, text }];
    this.#shelf.write(this.all);
  }

  /** @param {string} name */
  remove(name) {
    this.all = this.all.filter((one) => one.name !== name);
    this.#shelf.write(this.all);
  }
}
