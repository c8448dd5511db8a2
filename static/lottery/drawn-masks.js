// The masks that the visitor drew, with the results of retraining them, kept in this browser. Draws nothing.
// @ts-check
import { LocalShelf } from '../ui/local-shelf.js';
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
export class DrawnMasks {
  /** @type {Sketch[]} */ sketches = [];
  /** @type {Uint8Array | null} the drawing at hand */ drawing = null;
  #shelf;

  /** @param {number} hidden @param {number} inputs */
  constructor(hidden, inputs) {
    this.size = hidden * inputs;
    this.key = `${PREFIX} ${hidden}x${inputs}`;
    this.#shelf = new LocalShelf(this.key);
    this.#shelf.read((found) => {
      const { drawing, sketches } = /** @type {{drawing?: unknown, sketches?: unknown}} */ (found ?? {});
      if (Array.isArray(sketches)) this.sketches = sketches;
      if (typeof drawing === 'string') this.drawing = this.open(drawing);
    });
  }

  /** Whether the browser keeps them; else they last as long as the page. */
  get kept() {
    return this.#shelf.kept;
  }

  /** @param {string} bits a packed mask in base64 @returns {Uint8Array} */
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
    this.#shelf.write({ drawing, sketches: this.sketches });
  }
}
