// The parts of ten digits by their settings: drawn here and kept, so that they follow a slider; Python's,
// once it has answered or where drawing them here would take too long. Draws no picture.
// @ts-check
import { UNTOUCHED, UNTOUCHED_IN_ORDER } from '../from-python.js';
import { partsOf } from './digit-parts.js';
import { readTemplates } from '../settings/templates-text.js';
import { drawFirstExamples, paddedLength } from './example-draws.js';
import { Twister } from './twister.js';

/** @typedef {import('./digit-parts.js').Parts} Parts */
/** @typedef {import('../from-python.js').DatasetSpec} Args */

const KEPT = 200; // examples' numbers, 12 kB each
const MOST = 800_000; // numbers of all padded signals together; to draw more would hold the page up
const SCALES = /** @type {const} */ (['scale_coeff', 'corr_noise_scale', 'iid_noise_scale', 'shear_scale']);

/** @param {number} value @param {number} low @param {number} high */
const isWhole = (value, low, high) => Number.isInteger(value) && low <= value && value <= high;

/** @param {Args} args @returns {boolean} whether Python would accept the settings that draw no random number */
const areScalesValid = (args) => SCALES.every((name) => args[name] >= 0 && args[name] <= 1000) &&
  args.train_split >= 0 && args.train_split <= 1 && isWhole(args.final_seq_length, 2, 10_000) &&
  readTemplates(args.templates) !== null;

/** @param {Args} args @returns {boolean} the same of the others, and whether they are few enough to draw here */
function canDraw(args) {
  const [{ padding: [low, high] }, length] = [args, paddedLength(args)];
  return isWhole(args.seed, 0, 2 ** 32 - 1) && isWhole(args.template_len, 1, 10_000) &&
    isWhole(high, 0, 10_000) && isWhole(low, 0, high) && length >= 2 &&
    isWhole(args.max_translation, 1, length) && isWhole(args.num_samples, 10, MOST / length);
}

/** @param {Args} args @returns {string} equal for equal random numbers */
function drawKey(args) {
  const ignored = [...UNTOUCHED, ...(args.shuffle_seq ? [] : UNTOUCHED_IN_ORDER)];
  return JSON.stringify(Object.entries(args).filter(([name]) => !ignored.includes(name)));
}

/** @param {Args} args @returns {string} equal for equal parts */
const partsKey = (args) => `${drawKey(args)} ${args.templates}`;

export class PartsCache {
  /** By `drawKey`. @type {Map<string, import('./example-draws.js').Draws>} */ #kept = new Map();
  /** Python's last answer. @type {{key: string, parts: Parts} | undefined} */ #answer;
  /** Of the seed that was drawn from last. @type {Twister | undefined} */ #twister;

  /** @param {Promise<import('../lab/lab.js').Lab>} lab */
  constructor(lab) {
    this.lab = lab;
  }

  /** @param {Args} args @returns {Parts | undefined} if they can be had at once */
  get(args) {
    if (!areScalesValid(args)) return undefined;
    if (this.#answer?.key === partsKey(args)) return this.#answer.parts;
    return canDraw(args) ? partsOf(this.#draws(args), args) : undefined;
  }

  /** @param {Args} args */
  #draws(args) {
    const key = drawKey(args);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    if (this.#twister?.seed !== args.seed) this.#twister = new Twister(args.seed);
    const draws = drawFirstExamples(this.#twister, args);
    if (this.#kept.size >= KEPT) this.#kept.delete(/** @type {string} */ (this.#kept.keys().next().value));
    this.#kept.set(key, draws);
    return draws;
  }

  /**
   * Ask Python.
   * @param {() => Args} now called when Python is free to begin
   * @returns {Promise<void>} rejects with Python's sentence about a bad value
   */
  async ask(now) {
    let key = '';
    const lab = await this.lab;
    const parts = await lab.run('parts', () => {
      const args = now();
      key = partsKey(args);
      return args;
    });
    this.#answer = { key, parts };
  }
}
