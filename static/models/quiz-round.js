// One round of the quiz: which test examples are asked, and how many answers were right. Knows no page.
// @ts-check

/** @typedef {import('./training-run.js').Condition} Condition */

export const EXAMPLES = 20; // of a round
export const SECONDS = 60; // for them, if the clock runs

export class QuizRound {
  done = 0;
  right = 0;

  /**
   * @param {{x_test: Float64Array, y_test: Int32Array, shape: number[]}} data what the job `dataset` returns:
   *   `x_test` is (examples, numbers), row by row; `shape` gives the numbers of an example second
   * @param {{condition: Condition, from: number, until: number}} options `from`: number of the first
   *   example; `until`: when its time is over, as performance.now() counts; Infinity without a clock
   */
  constructor({ x_test: x, y_test: labels, shape: [, length] }, { condition, from, until }) {
    this.x = x;
    this.labels = labels;
    this.length = length;
    this.condition = condition;
    this.from = from % labels.length;
    this.until = until;
  }

  get #index() {
    return (this.from + this.done) % this.labels.length;
  }

  /** The digit that is asked. */
  get label() {
    return this.labels[this.#index];
  }

  /** The numbers of the example that is asked. */
  get signal() {
    return this.x.slice(this.#index * this.length, (this.#index + 1) * this.length);
  }

  get isOver() {
    return this.done === EXAMPLES;
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
    return right;
  }
}
