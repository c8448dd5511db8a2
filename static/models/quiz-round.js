// One round of the quiz: which test examples are asked, what was answered, how often it was right. An
// answered example stays at hand until the next is asked for. Knows no page.
// @ts-check

/** @typedef {import('./training-run.js').Condition} Condition */

export const EXAMPLES = 20; // of a round
export const SECONDS = 60; // for them, if the clock runs
const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));

export class QuizRound {
  done = 0; // answers
  right = 0; // of them
  /** The answer to the example at hand; null while it is asked. @type {number | null} */ said = null;

  /**
   * @param {{x_test: Float64Array, y_test: Int32Array, shape: number[]}} data what the job `dataset` returns:
   *   `x_test` is (examples, numbers), row by row; `shape` gives the numbers of an example second
   * @param {{templates: Float64Array, names?: string[], condition: Condition, from: number, until: number}} options
   *   `templates`: (classes, points), row by row; `names` of the classes, of digits none; `from`: number of the first example; `until`: when its time is
   *   over, as performance.now() counts; Infinity without a clock
   */
  constructor({ x_test: x, y_test: labels, shape: [, length] }, { templates, names = DIGITS, condition, from, until }) {
    this.names = names;
    this.templates = templates;
    this.x = x;
    this.labels = labels;
    this.length = length;
    this.condition = condition;
    this.from = from % labels.length;
    this.until = until;
  }

  get isAnswered() {
    return this.said !== null;
  }

  get isOver() {
    return this.done === EXAMPLES;
  }

  /** Of the example at hand, from 1. */
  get number() {
    return this.done + (this.isAnswered ? 0 : 1);
  }

  get #index() {
    return (this.from + this.number - 1) % this.labels.length;
  }

  /** The digit of the example at hand. */
  get label() {
    return this.labels[this.#index];
  }

  /** The numbers of the example at hand. */
  get signal() {
    return this.x.slice(this.#index * this.length, (this.#index + 1) * this.length);
  }

  /** The twelve points of its digit. */
  get template() {
    const points = this.templates.length / this.names.length;
    return this.templates.slice(this.label * points, (this.label + 1) * points);
  }

  /** @param {number} now @returns {number} whole seconds left; Infinity without a clock */
  secondsLeft(now) {
    return Math.ceil((this.until - now) / 1000);
  }

  /** @param {number} digit @returns {boolean} whether it is right */
  answer(digit) {
    const right = digit === this.label;
    this.right += Number(right);
    this.done += 1;
    this.said = digit;
    return right;
  }

  /** Take the next example. */
  next() {
    this.said = null;
  }
}
