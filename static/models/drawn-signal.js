// The signal that the visitor draws: its numbers, as a network gets them. Knows no page and no network.
// @ts-check

/** @typedef {{index: number, value: number}} Place a number of the signal, and what it is to be */

const LEAST_REACH = 4; // standard deviations of the data: hardly a number of it is beyond

const rounded = (/** @type {number} */ value) => Math.round(100 * value) / 100;

export class DrawnSignal {
  /** @type {number[]} */ values = [];
  /** What it started from. @type {number[]} */ ghost = [];
  reach = LEAST_REACH; // how far to either side it can be drawn

  /** @param {ArrayLike<number>} values */
  startFrom(values) {
    this.ghost = Array.from(values, rounded);
    this.values = [...this.ghost];
    this.reach = Math.max(LEAST_REACH, ...this.values.map(Math.abs));
  }

  /** @param {number} index @param {number} value */
  move(index, value) {
    this.values[index] = rounded(Math.max(-this.reach, Math.min(this.reach, value)));
  }

  /** A straight line, both ends included. @param {Place} from @param {Place} to */
  draw(from, to) {
    const steps = Math.abs(to.index - from.index);
    for (let i = 0; i <= steps; i += 1) {
      const share = steps ? i / steps : 1;
      this.move(from.index + Math.sign(to.index - from.index) * i, from.value + share * (to.value - from.value));
    }
  }
}
