// A mask that the visitor draws: what is painted where, undo, the cursor of the keyboard, and what
// became of earlier drawings. State alone: it draws nothing and trains nothing.
// @ts-check
import { DrawnMasks } from './drawn-masks.js';
import { survivors, unpack } from './masks.js';

/** @typedef {import('./current-search.js').SearchResult} SearchResult */
/** @typedef {{unit: number, input: number}} Weight */

const UNDO = 100; // steps back

/** The ticket that is drawn on, and what the search kept of its first layer. */
export class DrawingTarget {
  /** @param {SearchResult} result @param {number} trial @param {number} level whose mask is known */
  constructor(result, trial, level) {
    this.result = result;
    this.trial = trial;
    this.level = level;
    this.hidden = Number(result.spec.hidden);
    this.inputs = Number(result.spec.dataset.final_seq_length);
    this.packed = /** @type {Uint8Array} */ (result.mask(trial, level));
    this.found = unpack(this.packed, this.hidden * this.inputs);
    this.kept = survivors(this.found);
  }

  /** The arguments of the search of this trial alone. */
  get trialArgs() {
    return this.result.parts[this.trial].args;
  }
}

/** Dispatches `change` when the mask or the cursor is another. */
export class MaskDrawing extends EventTarget {
  /** @type {DrawingTarget | null} */ target = null;
  /** @type {DrawnMasks | null} of this size of layer */ shelf = null;
  /** @type {Uint8Array} (hidden · inputs) of 0 and 1 */ mask = new Uint8Array();
  /** Width of the brush in weights. */ brush = 1;
  cursor = /** @type {Weight} */ ({ unit: 0, input: 0 });
  /** @type {Uint8Array[]} */ #past = [];

  /** Draw on a ticket. A drawing goes on while the layer's size stays. @param {DrawingTarget} target */
  take(target) {
    const before = this.target;
    this.target = target;
    if (!this.shelf || before?.hidden !== target.hidden || before.inputs !== target.inputs) {
      this.shelf = new DrawnMasks(target.hidden, target.inputs);
      this.mask = this.shelf.drawing ?? target.found.slice();
      this.#past = [];
      this.cursor = { unit: 0, input: 0 };
    }
    this.#changed();
  }

  /** @param {Uint8Array} next */
  replace(next) {
    this.remember(this.mask);
    this.mask = next;
    this.keep();
  }

  undo() {
    const last = this.#past.pop();
    if (last) this.mask = last;
    this.keep();
  }

  /** What Undo goes back to. @param {Uint8Array} [mask] */
  remember(mask = this.mask.slice()) {
    this.#past = [...this.#past.slice(1 - UNDO), mask];
  }

  /** Keep the drawing in the browser. */
  keep() {
    this.shelf?.keep(this.mask);
    this.#changed();
  }

  /** Set the weights below the brush. @param {Weight} at @param {0 | 1} value */
  paint(at, value) {
    this.cursor = at;
    this.#stroke(at, value);
    this.#changed();
  }

  /** Draw or erase at the cursor. */
  toggle() {
    this.remember();
    this.#stroke(this.cursor, this.atCursor ? 0 : 1);
    this.keep();
  }

  /** @param {number} right units @param {number} down inputs */
  moveCursor(right, down) {
    if (!this.target) return;
    const { hidden, inputs } = this.target;
    const inside = (/** @type {number} */ value, /** @type {number} */ count) => Math.max(0, Math.min(count - 1, value));
    this.cursor = { unit: inside(this.cursor.unit + right, hidden), input: inside(this.cursor.input + down, inputs) };
    this.#changed();
  }

  /** Whether the weight at the cursor survives, 0 or 1. */
  get atCursor() {
    return this.mask[this.cursor.unit * (this.target?.inputs ?? 0) + this.cursor.input];
  }

  /** @param {Weight} at the middle of the brush @param {0 | 1} value */
  #stroke(at, value) {
    if (!this.target) return;
    const { hidden, inputs } = this.target;
    const from = -Math.floor((this.brush - 1) / 2);
    for (let u = at.unit + from; u < at.unit + from + this.brush; u += 1) {
      for (let i = at.input + from; i < at.input + from + this.brush; i += 1) {
        if (u >= 0 && u < hidden && i >= 0 && i < inputs) this.mask[u * inputs + i] = value;
      }
    }
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
