// What is looked at inside the four networks: which of them, which signal (a test example, or what the
// visitor draws), and what Python found there. Runs no job and draws nothing.
// @ts-check
import { classNames } from '../settings/own-source.js';

/** @typedef {import('./training-run.js').Condition} Condition */
/**
 * What the job `inspect` returns; all matrices row by row. `weights` of the first layer, in so many
 * `rows`; `labels` (n) and `probabilities` (n, classes) of all test examples; of one example its numbers
 * `x`, the `template` of its digit, and the `activations` of each hidden layer.
 * @typedef {{weights: Float32Array, rows: number, labels: Int32Array, probabilities: Float32Array,
 *   x: Float32Array, template: Float64Array, activations: Layer[]}} Inside
 */
/** @typedef {{name: string, rows: number, values: Float32Array}} Layer of a network, row by row */
/** What the job `classify` returns of a drawn signal. @typedef {{probabilities: Float32Array, activations: Layer[]}} Said */

/** @param {Inside} inside @returns {number} */
const countClasses = ({ probabilities, labels }) => probabilities.length / labels.length;

/** @param {Inside} inside @param {number} index of a test example @returns {number[]} a probability for each digit */
export function probabilitiesOf(inside, index) {
  const classes = countClasses(inside);
  return Array.from(inside.probabilities.slice(classes * index, classes * (index + 1)));
}

/** @param {number[]} probabilities of each digit @returns {number} the likeliest digit */
export const likeliest = (probabilities) => probabilities.indexOf(Math.max(...probabilities));

/** @param {Inside} inside @param {number} index of a test example @returns {number} the network's answer */
const answerOf = (inside, index) => likeliest(probabilitiesOf(inside, index));

/** @param {Inside} inside @returns {number} of the test examples */
export const countRight = (inside) =>
  inside.labels.filter((label, i) => label === answerOf(inside, i)).length;

/**
 * @param {Inside} inside
 * @returns {{counts: number[][], examples: Map<string, number[]>}} `counts` by label, then by answer;
 *   `examples` of each cell, under label and answer
 */
export function confusionOf(inside) {
  const classes = countClasses(inside);
  const counts = Array.from({ length: classes }, () => Array(classes).fill(0));
  /** @type {Map<string, number[]>} */ const examples = new Map();
  inside.labels.forEach((label, i) => {
    const answer = answerOf(inside, i);
    counts[label][answer] += 1;
    const cell = `${label} ${answer}`;
    examples.set(cell, [...(examples.get(cell) ?? []), i]);
  });
  return { counts, examples };
}

/** @param {number[][]} counts by label, then by answer @returns {[number, number]} the most frequent mistake */
function worstCell(counts) {
  const all = counts.flatMap((row, label) => row.map((count, answer) => ({ label, answer, count })));
  const [{ label, answer }] = all.filter((cell) => cell.label !== cell.answer).sort((a, b) => b.count - a.count);
  return [label, answer];
}

/** The visitor's choices, and what was found for them. */
export class Inspection {
  model = 'cnn';
  /** @type {Condition} */ condition = 'plain';
  /** A cell of the confusion matrix: label and answer. @type {[number, number] | null} */ cell = null;
  example = 0; // index of the test example
  /** The data that were looked into. @type {import('../settings/own-source.js').HasSource} */ dataset = {};
  /** By model; empty before the first look. @type {Record<string, Inside>} */ found = {};
  isDrawing = false; // whether the signal is the visitor's
  /** What the networks say to that, by model; null until they have. @type {Record<string, Said> | null} */ said = null;
  #turn = 0; // which of the cell's examples

  /** Whether the data are the visitor's own. */
  get isOwn() {
    return Boolean(this.dataset.source);
  }

  /** Of the classes. */
  get names() {
    return classNames(this.dataset);
  }

  /** What was found in the chosen network. */
  get chosen() {
    return this.found[this.model];
  }

  /** The digit of the signal; null of a drawn one, and before the first look. @returns {number | null} */
  get label() {
    return this.isDrawing || !this.chosen ? null : this.chosen.labels[this.example];
  }

  /** What each network makes of the signal, by model; null until that is known. @returns {Record<string, number[]> | null} */
  get shares() {
    const models = Object.keys(this.found);
    const { said } = this;
    if (!models.length || (this.isDrawing && !said)) return null;
    return Object.fromEntries(models.map((model) => [
      model, said && this.isDrawing ? Array.from(said[model].probabilities) : probabilitiesOf(this.found[model], this.example),
    ]));
  }

  /** The hidden layers of the chosen network for the signal. @returns {Layer[]} */
  get layers() {
    return (this.isDrawing ? this.said?.[this.model] : this.chosen)?.activations ?? [];
  }

  /** @param {string} model */
  chooseModel(model) {
    this.model = model;
    this.cell = null;
  }

  /** The same cell again: its next example. @param {number} label @param {number} answer */
  chooseCell(label, answer) {
    const same = this.cell?.[0] === label && this.cell[1] === answer;
    this.#turn = same ? this.#turn + 1 : 0;
    this.cell = [label, answer];
    this.pickExample();
  }

  /** Take an example of the cell; of the most frequent mistake if none is chosen. @returns {boolean} whether it is another one */
  pickExample() {
    const { counts, examples } = confusionOf(this.chosen);
    this.cell ??= worstCell(counts);
    const own = examples.get(this.cell.join(' ')) ?? [];
    const before = this.example;
    if (own.length) this.example = own[this.#turn % own.length];
    return this.example !== before;
  }
}
