// Templates that are drawn anew, as text and back: `3:0,0.5,…;7:…`, as DatasetSpec.templates has them;
// and those that are kept in this browser. Draws nothing.
// @ts-check
import { LocalShelf } from '../ui/local-shelf.js';

/** @typedef {Map<number, number[]>} Drawings digit to its twelve points */

export const POINTS = 12;
export const HIGHEST = 10; // to either side, as in specs.py
const KEY = 'mnist1d-lab templates';
const SHOWN = 40; // letters of what is not understood

/** @param {string} text @returns {number[] | null} twelve numbers, or what is none */
export function points(text) {
  const found = text.trim().split(/[\s,;]+/).map((one) => (one ? Number(one) : NaN));
  return found.length === POINTS && found.every((one) => Math.abs(one) <= HIGHEST) ? found : null;
}

/** @param {string} text @returns {Drawings | null} null if Python would refuse it */
export function read(text) {
  /** @type {Drawings} */ const drawings = new Map();
  for (const part of text.trim() ? text.split(';') : []) {
    const [, digit, list] = /^\s*(\d)\s*:(.*)$/.exec(part) ?? [];
    const found = list === undefined ? null : points(list);
    if (!found || drawings.has(Number(digit))) return null;
    drawings.set(Number(digit), found);
  }
  return drawings;
}

/** @param {Drawings} drawings @returns {string} */
export const write = (drawings) =>
  [...drawings].sort(([a], [b]) => a - b).map(([digit, list]) => `${digit}:${list.join(',')}`).join(';');

/** @param {string} text @returns {string} what is wrong with what was typed */
export const complaint = (text) => {
  const got = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  return `points must be ${POINTS} numbers from -${HIGHEST} to ${HIGHEST}, split by commas or spaces, or whole ` +
    `templates as in a link (“3:0,0.1,…;7:…”), got “${got}”`;
};

/** Drawings with names, in this browser. */
export class DrawnTemplates {
  /** @type {{name: string, text: string}[]} */ all = [];
  #shelf = new LocalShelf(KEY);

  constructor() {
    const whole = (/** @type {any} */ one) => typeof one?.name === 'string' && typeof one.text === 'string' && read(one.text);
    this.#shelf.read((found) => { if (Array.isArray(found)) this.all = found.filter(whole); });
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
