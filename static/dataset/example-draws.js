// The random numbers of ten examples of a dataset, the first of each digit: those that Python's
// dataset/random_draws.py draws, from the same seed in the same order. It makes no signals.
// @ts-check
import { Reader, Twister, maskOf, uniform } from './twister.js';

/** @typedef {import('../from-python.js').DatasetSpec} Args */
/**
 * Ten rows each, one a digit.
 * @typedef {object} Draws
 * @property {Int32Array} pad zeros appended to the template
 * @property {Int32Array} shift samples to roll by
 * @property {Float64Array} scale @property {Float64Array} shear uniform in [0, 1)
 * @property {Float64Array} normals (10, 2 * padded length): for the correlated noise, then for the white one
 * @property {Int32Array} positions of the inputs, if they are shuffled
 */

const A_PAIR = 16 / Math.PI; // words of two normals, on average: what is beyond the circle is drawn again
const SPARE = 1.01; // words that are made at once, by those that are needed on average

/** @param {Args} args @returns {number} */
export const paddedLength = ({ template_len: length, padding }) => length + padding[1];

/**
 * Pass over all examples: where one begins depends on what was drawn again before it.
 * @param {Twister} twister @param {number} count of examples @param {Args} args
 * @returns {Int32Array} the word at which each begins, and where the last one ends
 */
function beginnings(twister, count, args) {
  const [length, shifts, mask] = [paddedLength(args), args.max_translation, maskOf(args.max_translation)];
  const begin = new Int32Array(count + 1);
  twister.reach(Math.ceil(SPARE * count * (8 + A_PAIR * length)));
  let at = 0;
  for (let example = 0; example < count; example += 1) {
    const words = twister.reach(at + 1000 + 4 * A_PAIR * length); // far beyond its end
    at += 4; // pad, scale
    if (mask) while ((words[at++] & mask) >= shifts); // shift
    for (let pair = 0; pair < length; pair += 1) { // as Reader.normals, which makes numbers of them
      let square;
      do {
        const x = 2 * uniform(words, at) - 1;
        const y = 2 * uniform(words, at + 2) - 1;
        square = x * x + y * y;
        at += 4;
      } while (square >= 1 || square === 0);
    }
    at += 2; // shear
    begin[example + 1] = at;
  }
  return begin;
}

/** @param {Int32Array} order of all examples @returns {number[]} the first of each digit */
function firstOfEach(order) {
  /** @type {number[]} */ const rows = [];
  for (const row of order) rows[Math.floor((10 * row) / order.length)] ??= row;
  return rows;
}

/**
 * @param {Twister} twister of the seed @param {Args} args that Python would accept @returns {Draws}
 */
export function drawFirstExamples(twister, args) {
  const { num_samples: samples, padding: [low, high], max_translation: shifts } = args;
  const [count, twice] = [10 * Math.floor(samples / 10), 2 * paddedLength(args)];
  const begin = beginnings(twister, count, args);
  const last = new Reader(twister, begin[count]);
  const rows = firstOfEach(last.permutation(count));
  const draws = {
    pad: new Int32Array(10),
    shift: new Int32Array(10),
    scale: new Float64Array(10),
    shear: new Float64Array(10),
    normals: new Float64Array(10 * twice),
    positions: last.permutation(args.shuffle_seq ? args.final_seq_length : 0),
  };
  for (const [digit, row] of rows.entries()) {
    const reader = new Reader(twister, begin[row]);
    draws.pad[digit] = low + Math.floor(reader.uniform() * (high - low + 1));
    draws.scale[digit] = reader.uniform();
    draws.shift[digit] = reader.below(shifts);
    reader.normals(draws.normals.subarray(digit * twice, (digit + 1) * twice));
    draws.shear[digit] = reader.uniform();
  }
  return draws;
}
