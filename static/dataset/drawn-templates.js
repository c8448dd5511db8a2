// Templates that the visitor has drawn, as text and back: `3:0,0.5,…;7:…`, as DatasetSpec.templates has
// them; and those that are kept in this browser. Draws nothing.
// @ts-check
import { LocalShelf } from '../ui/local-shelf.js';

/** @typedef {Map<number, number[]>} Templates digit to its twelve points */

export const POINTS = 12;
const HIGHEST = 10; // to either side, as DatasetSpec allows
const KEY = 'mnist1d-lab templates';
const SHOWN = 40; // letters that a message repeats of what is not understood

/** @param {string} text @returns {number[] | null} the twelve numbers; null if it is something else */
export function readPoints(text) {
  const found = text.trim().split(/[\s,;]+/).map((one) => (one ? Number(one) : NaN));
  return found.length === POINTS && found.every((one) => Math.abs(one) <= HIGHEST) ? found : null;
}

/** @param {string} text @returns {Templates | null} null if Python would refuse it */
export function readTemplates(text) {
  /** @type {Templates} */ const templates = new Map();
  for (const part of text.trim() ? text.split(';') : []) {
    const [, digit, list] = /^\s*(\d)\s*:(.*)$/.exec(part) ?? [];
    const found = list === undefined ? null : readPoints(list);
    if (!found || templates.has(Number(digit))) return null;
    templates.set(Number(digit), found);
  }
  return templates;
}

/** @param {Templates} templates @returns {string} */
export const writeTemplates = (templates) =>
  [...templates].sort(([a], [b]) => a - b).map(([digit, list]) => `${digit}:${list.join(',')}`).join(';');

/** @param {string} text that was typed and cannot be read @returns {string} */
export const describeFault = (text) => {
  const got = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return `points must be ${POINTS} numbers from -${HIGHEST} to ${HIGHEST}, split by commas or spaces, or whole ` +
    `templates as in a link (“3:0,0.1,…;7:…”), got “${got}”`;
};

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
