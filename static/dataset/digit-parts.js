// Ten digits in parts, from their random numbers: what the job `parts` returns (jobs/dataset.py), by the
// same steps as Python's dataset/generator.py. A test compares the two. digit-signals.js adds them up.
// @ts-check
import { TEMPLATES } from '../from-python.js';
import { POINTS, readTemplates } from '../settings/templates-text.js';
import { paddedLength } from './example-draws.js';

/** @typedef {import('../from-python.js').DatasetSpec} Args */
/**
 * Ten rows each, one a digit.
 * @typedef {object} Parts
 * @property {number} length of a padded signal
 * @property {Float64Array} signal @property {Float64Array} corr @property {Float64Array} iid
 * @property {Float64Array} scale @property {Float64Array} shear
 * @property {Int32Array} positions of the inputs, if they are shuffled
 * @property {Float64Array} template
 */

const EPSILON = 1e-8; // added to the template so that an exact zero means "padding"
const RADIUS = 8; // of the filter that smooths noise
const SIGMA = 2;
const WEIGHTS = (() => {
  const bell = Array.from({ length: RADIUS + 1 }, (_, offset) => Math.exp((-0.5 / SIGMA ** 2) * offset ** 2));
  const sum = bell[0] + 2 * bell.slice(1).reduce((total, one) => total + one);
  return bell.map((one) => one / sum);
})();

/** As numpy.linspace(0, 1, count) rounds it: exact zeros hang on it. @param {number} i @param {number} count */
const evenly = (i, count) => (i === count - 1 ? 1 : i * (1 / (count - 1)));

/**
 * A padded template, stretched and rolled to the right.
 * @param {number[]} points @param {number} zeros @param {number} shift @param {Float64Array} out
 */
function writeSignal(points, zeros, shift, out) {
  const [count, length] = [points.length + zeros, out.length];
  const value = (/** @type {number} */ i) => (i < points.length ? points[i] + EPSILON : 0);
  let left = 0;
  for (let i = 0; i < length; i += 1) {
    const x = evenly(i, length);
    while (left < count - 1 && evenly(left + 1, count) <= x) left += 1;
    const from = evenly(left, count);
    const slope = x === from ? 0 : (value(left + 1) - value(left)) / (evenly(left + 1, count) - from);
    out[(i + shift) % length] = slope * (x - from) + value(left);
  }
}

/** Smooth noise; beyond its ends it is mirrored. @param {Float64Array} noise @param {Float64Array} out */
function writeSmooth(noise, out) {
  const { length } = noise;
  const mirrored = (/** @type {number} */ i) => {
    const place = (i + 2 * RADIUS * length) % (2 * length);
    return noise[place < length ? place : 2 * length - 1 - place];
  };
  for (let i = 0; i < length; i += 1) {
    let sum = WEIGHTS[0] * noise[i];
    for (let offset = 1; offset <= RADIUS; offset += 1) {
      sum += WEIGHTS[offset] * (mirrored(i - offset) + mirrored(i + offset));
    }
    out[i] = sum;
  }
}

/** @param {import('./example-draws.js').Draws} draws @param {Args} args @returns {Parts} */
export function partsOf({ pad, shift, scale, shear, normals, positions }, args) {
  const [length, drawn] = [paddedLength(args), readTemplates(args.templates)];
  const [signal, corr, iid] = [0, 0, 0].map(() => new Float64Array(10 * length));
  const template = new Float64Array(10 * POINTS);
  TEMPLATES.forEach((published, digit) => {
    const points = drawn?.get(digit) ?? published;
    const row = (/** @type {Float64Array} */ of) => of.subarray(digit * length, (digit + 1) * length);
    template.set(points, digit * POINTS);
    writeSignal(points, pad[digit], shift[digit], row(signal));
    writeSmooth(normals.subarray(2 * digit * length, (2 * digit + 1) * length), row(corr));
    iid.set(normals.subarray((2 * digit + 1) * length, (2 * digit + 2) * length), digit * length);
  });
  return { length, signal, corr, iid, scale, shear, positions, template };
}
