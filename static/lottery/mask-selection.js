// What the mask figure shows: which trial, level and unit, and the masks that are known of them.
// State alone: it draws nothing and asks nobody.
// @ts-check
import { nearest } from './levels.js';
import { sizesOf } from './mask-counts.js';
import { isWhole, ordered, unpack } from './masks.js';

/** @typedef {import('./current-search.js').SearchResult} SearchResult */
/** @typedef {'lottery' | 'random' | 'permuted'} Arm */
/**
 * What the job `masks` returns: first layers, one byte a weight, and counts of all layers.
 * @typedef {object} Layers
 * @property {Uint8Array} [random]
 * @property {Uint8Array} [permuted]
 * @property {ArrayLike<number>} [weights]
 * @property {Record<Arm, import('./mask-counts.js').Counts>} [survivors]
 */

/** @param {SearchResult} result @param {number} trial @returns {number[]} levels whose mask is known */
function levelsOf(result, trial) {
  const all = Array.from({ length: result.spec.levels }, (_, i) => i + 1);
  return [0, ...all.filter((level) => result.mask(trial, level))];
}

/** @param {SearchResult} result @returns {number[]} trials that have a mask */
const trialsOf = (result) =>
  result.parts.map((_, trial) => trial).filter((trial) => levelsOf(result, trial).length > 1);

/** @param {number[]} levels @param {number} level @returns {number} that level, or else its nearest */
const closest = (levels, level) =>
  levels.reduce((best, one) => (Math.abs(one - level) < Math.abs(best - level) ? one : best));

/** @param {SearchResult} result @param {number} trial @param {number} level @returns {Uint8Array} (hidden · inputs) of 0 and 1 */
function lotteryMask({ spec, mask }, trial, level) {
  const size = spec.hidden * spec.dataset.final_seq_length;
  const packed = level ? mask(trial, level) : null;
  return packed ? unpack(packed, size) : new Uint8Array(size).fill(1);
}

/** The visitor's choices, and what is known of the search they are made in. */
export class MaskSelection {
  /** @type {SearchResult | null} */ result = null;
  trial = 0;
  level = 0;
  sorting = /** @type {import('./masks.js').Sorting} */ ('pairs');
  #levelChosen = false;
  #trialChosen = false;
  /** @type {{arm: Arm, unit: number} | null} */ #picked = null;
  /** @type {Map<string, Layers>} */ #layers = new Map(); // by trial and level

  /** @returns {number[]} levels of the trial whose mask is known */
  get levels() {
    return this.result ? levelsOf(this.result, this.trial) : [];
  }

  /** @returns {number[]} trials that have a mask */
  get trials() {
    return this.result ? trialsOf(this.result) : [];
  }

  get inputs() {
    return Number(this.result?.spec.dataset.final_seq_length);
  }

  get #key() {
    return `${this.trial} ${this.level}`;
  }

  /**
   * Take another search, or more of the same one.
   * @param {SearchResult} next @returns {{changed: boolean} | null} null: it has no mask, so nothing changes
   */
  take(next) {
    if (!trialsOf(next).length) return null;
    const same = JSON.stringify(next.spec) === JSON.stringify(this.result?.spec) && next.shipped === this.result?.shipped;
    this.result = next;
    if (!same) {
      this.#layers.clear();
      this.#picked = null;
      this.#levelChosen = false;
    }
    // The first, also if another one had a mask before it: which worker is faster is chance.
    if (!this.#trialChosen || !this.trials.includes(this.trial)) this.trial = this.trials[0] ?? 0;
    if (!this.#levelChosen || !this.levels.includes(this.level)) this.level = nearest(next.records, this.levels);
    return { changed: !same };
  }

  /** @param {number} index into `levels` */
  chooseLevel(index) {
    this.#levelChosen = true;
    this.level = this.levels[index];
  }

  /** @param {number} trial */
  chooseTrial(trial) {
    this.#trialChosen = true;
    this.trial = trial;
    if (this.result) this.level = closest(this.levels, this.level);
  }

  /** @param {Arm} arm @param {number} unit */
  pick(arm, unit) {
    this.#picked = { arm, unit };
  }

  /** The chosen unit; until one is chosen, the first of the ticket. */
  get unit() {
    if (this.#picked && this.maskOf(this.#picked.arm)) return this.#picked;
    return this.maskOf('lottery') && { arm: /** @type {Arm} */ ('lottery'), unit: this.orderOf('lottery')[0] };
  }

  /** @param {Arm} arm @returns {Uint8Array | undefined} (hidden · inputs) of 0 and 1; undefined if not known yet */
  maskOf(arm) {
    if (!this.result) return undefined;
    if (arm === 'lottery' || this.level === 0) {
      return this.levels.includes(this.level) ? lotteryMask(this.result, this.trial, this.level) : undefined;
    }
    return this.#layers.get(this.#key)?.[arm];
  }

  /** @param {Arm} arm @returns {import('./mask-counts.js').Counts | null} of all layers; null while they are not known */
  countsOf(arm) {
    if (!this.result) return null;
    const { spec, mask } = this.result;
    if (this.level === 0) return sizesOf(spec);
    if (!isWhole(mask(this.trial, this.level), spec)) return null; // Python was given the first layer only
    return this.#layers.get(this.#key)?.survivors?.[arm] ?? null;
  }

  /** @param {Arm} arm @returns {number[]} its units, as they are shown */
  orderOf(arm) {
    return ordered(/** @type {Uint8Array} */ (this.maskOf(arm)), this.inputs, this.sorting);
  }

  /** @param {number} unit @returns {number[] | null} the weights its training started from, if they are known */
  initialWeights(unit) {
    const known = [...this.#layers].find(([key, { weights }]) => weights && key.startsWith(`${this.trial} `))?.[1].weights;
    return known ? Array.from(known).slice(unit * this.inputs, (unit + 1) * this.inputs) : null;
  }

  /** Whether Python has been asked for the masks of this level, and has answered or failed. */
  get answered() {
    return this.#layers.has(this.#key);
  }

  /** What to ask Python for: the masks of this level. @returns {{key: string, packed: Uint8Array} | null} null: nothing */
  get question() {
    const packed = this.level ? this.result?.mask(this.trial, this.level) : null;
    return packed && !this.answered ? { key: this.#key, packed } : null;
  }

  /** @param {string} key of the question @param {Layers} layers empty if the job failed */
  answer(key, layers) {
    this.#layers.set(key, layers);
  }
}
