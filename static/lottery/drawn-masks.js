// What the visitor drew, and what became of it: kept in the browser over reloads. Draws nothing.
// @ts-check
import { fromBase64, pack, toBase64, unpack } from './masks.js';

/**
 * One retrained drawing. The accuracies are of the same trial, data and settings.
 * @typedef {object} Sketch
 * @property {number} number counts from 1
 * @property {string} bits the mask, packed, in base64
 * @property {number} kept
 * @property {string} setting what it was trained on, in words
 * @property {string} context a name for all of that
 * @property {{drawn: number, lottery: number, random: number, dense: number}} accuracy
 * @property {{p2: number, p3: number, p4: number}} adjacency
 */

const PREFIX = 'mnist1d-lab drawing';

/** The drawings of one size of layer. */
export class Sketchbook {
  /** @type {Sketch[]} */ sketches = [];
  /** @type {Uint8Array | null} the drawing at hand */ drawing = null;
  kept = true; // whether the browser keeps it

  /** @param {number} hidden @param {number} inputs */
  constructor(hidden, inputs) {
    this.size = hidden * inputs;
    this.key = `${PREFIX} ${hidden}x${inputs}`;
    try {
      const { drawing, sketches } = JSON.parse(localStorage.getItem(this.key) ?? '{}');
      if (Array.isArray(sketches)) this.sketches = sketches;
      if (typeof drawing === 'string') this.drawing = this.open(drawing);
    } catch {
      this.kept = false; // storage is forbidden, or holds something else
    }
  }

  /** @param {string} bits @returns {Uint8Array} */
  open(bits) {
    return unpack(fromBase64(bits), this.size);
  }

  /** @param {Uint8Array} mask */
  keep(mask) {
    this.drawing = mask.slice();
    this.#save();
  }

  /** @param {Omit<Sketch, 'number' | 'bits'>} sketch @param {Uint8Array} mask */
  add(sketch, mask) {
    const number = (this.sketches.at(-1)?.number ?? 0) + 1;
    this.sketches.push({ number, bits: toBase64(pack(mask)), ...sketch });
    this.#save();
  }

  #save() {
    const drawing = this.drawing && toBase64(pack(this.drawing));
    try {
      localStorage.setItem(this.key, JSON.stringify({ drawing, sketches: this.sketches }));
      this.kept = true;
    } catch {
      this.kept = false; // full or forbidden: it lives as long as the page
    }
  }
}
