// What records of trainings say by width and epoch: means over seeds, the best epoch, which networks fit their
// data. Draws nothing and runs nothing.
// @ts-check
import { DESCENT_WIDTHS, FITTED, PUBLISHED_CNN_ERRORS, PUBLISHED_ERRORS } from '../from-python.js';
import { interval, mean } from '../records/stats.js';

/**
 * A measurement of one training; errors in percent.
 * @typedef {{label_noise: number, seed: number, width: number, epoch: number, train_loss: number, test_loss: number,
 *   train_error: number, test_error: number, loss?: string}} Row
 */
/** @typedef {'train_loss' | 'test_loss' | 'train_error' | 'test_error'} Quantity */
/** @typedef {{width: number} & import('../records/stats.js').Mean} Point */
/** @typedef {{width: number, epoch: number, value: number, n: number}} Cell of the map: a mean over seeds */

export const EXAMPLES = 4000; // to train on
export const CLASSES = 10;
export const CROSS_ENTROPY = 'cross_entropy'; // the loss of what does not name one
const INPUTS = 40;

/** @param {number} width @returns {number} weights and biases of a network of that width */
export const parametersOf = (width) => (INPUTS + 1) * width + (width + 1) * width + (width + 1) * CLASSES;

/** @param {number} parameters @returns {number} the width, no whole number, of a network with so many */
export function widthOf(parameters) {
  const linear = INPUTS + 2 + CLASSES;
  return (-linear + Math.sqrt(linear ** 2 + 4 * (parameters - CLASSES))) / 2;
}

/** @param {Row[]} rows @returns {Map<string, Row[]>} by training */
const trainingsOf = (rows) => Map.groupBy(rows, ({ width, seed }) => `${width} ${seed}`);

/** @template T @param {Iterable<T[]>} groups @param {(row: T) => number} by @returns {T[]} of each group the row that has most of it */
const most = (groups, by) => [...groups].map((group) => group.reduce((best, row) => (by(row) > by(best) ? row : best)));

/**
 * One row of each training.
 * @param {Row[]} rows @param {number | null} epoch null for the last one of each @returns {Row[]}
 */
export const rowsAt = (rows, epoch) => (epoch === null ? most(trainingsOf(rows).values(), (row) => row.epoch) :
  rows.filter((row) => row.epoch === epoch));

/** The row of each training where the test error was least: chosen on the test set. @param {Row[]} rows @returns {Row[]} */
export const bestRows = (rows) => most(trainingsOf(rows).values(), (row) => -row.test_error);

/** @param {Row[]} rows one of each training @param {Quantity} quantity @returns {Point[]} means over seeds, by width */
export const meansOf = (rows, quantity) => [...Map.groupBy(rows, ({ width }) => width)]
  .map(([width, group]) => ({ width, ...interval(group.map((row) => row[quantity])) }))
  .filter((point) => Number.isFinite(point.mean))
  .sort((a, b) => a.width - b.width);

/** @param {Row[]} rows @param {Quantity} quantity @returns {Cell[]} means over seeds, by width and epoch */
export const cellsOf = (rows, quantity) => [...Map.groupBy(rows, ({ width, epoch }) => `${width} ${epoch}`).values()]
  .map((group) => ({ width: group[0].width, epoch: group[0].epoch, value: mean(group.map((row) => row[quantity])), n: group.length }))
  .filter(({ value }) => Number.isFinite(value));

/** @param {Row[]} rows @returns {number[]} the epochs that were measured, in order */
export const epochsOf = (rows) => [...new Set(rows.map(({ epoch }) => epoch))].sort((a, b) => a - b);

/** @param {Row[]} rows @returns {number | null} the smallest width whose mean training error is below FITTED percent at the end */
export const thresholdOf = (rows) =>
  meansOf(rowsAt(rows, null), 'train_error').find(({ mean: error }) => error < FITTED)?.width ?? null;

/**
 * What was published of networks like these; none for another label noise, or with squared error.
 * @param {Row[]} rows of one label noise and one loss @returns {{width: number, error: number}[]} test errors
 */
export function publishedErrors([first]) {
  if (!first || (first.loss ?? CROSS_ENTROPY) !== CROSS_ENTROPY) return [];
  const errors = PUBLISHED_ERRORS.find(({ label_noise }) => label_noise === first.label_noise)?.errors ?? [];
  return errors.map((error, i) => ({ width: DESCENT_WIDTHS[i], error }));
}

/** @returns {{width: number, error: number}[]} the published test errors of the CNN, by filters */
export const publishedCNNErrors = () => Object.entries(PUBLISHED_CNN_ERRORS).map(([width, error]) => ({ width: Number(width), error }));

/**
 * The shape of a curve of errors: its peak, where it is least before that, where it is least at all, and the widest
 * network.
 * @param {Point[]} points by width
 * @returns {{least: Point, peak: Point, lowest: Point, last: Point} | null} null with too few points
 */
export function shapeOf(points) {
  const last = points.at(-1);
  if (!last || points.length < 4) return null;
  // The peak is the point that stands highest above the lower of the two sides.
  const height = (/** @type {number} */ i) => {
    const before = Math.min(...points.slice(0, i).map(({ mean: error }) => error));
    const after = Math.min(...points.slice(i + 1).map(({ mean: error }) => error));
    return points[i].mean - Math.max(before, after);
  };
  const inner = points.map((_, i) => i).slice(1, -1);
  const top = inner.reduce((best, i) => (height(i) > height(best) ? i : best), inner[0]);
  const lowestOf = (/** @type {Point[]} */ some) => some.reduce((best, one) => (one.mean < best.mean ? one : best));
  return { least: lowestOf(points.slice(0, top)), peak: points[top], lowest: lowestOf(points), last };
}
