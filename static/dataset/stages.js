// The stages of the generator for one example: which one is shown, and the curve between two of them.
// Draws nothing.
// @ts-check
import { STAGE_COUNT } from '../from-python.js';

/**
 * One of the stages that the job `stages` returns. `x` is the signal after it, `code` the lines that
 * made it, `drawn` the random numbers that they drew; `by` places the stage `translate` moves it.
 * @typedef {{name: string, sentence: string, code: string, drawn: string, by: number, x: ArrayLike<number>}} Stage
 */
/** @typedef {{values: number[], places: number[]}} Curve `places` from 0 to 1, downwards */

export const LAST = STAGE_COUNT - 1; // index of the last stage

/** @param {Stage[]} stages @param {number} index @returns {Curve} */
function curveOf(stages, index) {
  const values = Array.from(stages[index].x);
  const samples = index === 1 ? stages[2].x.length : values.length; // padding has not been stretched yet
  return { values, places: values.map((_, i) => i / (samples - 1)) };
}

/** @param {number[]} list @param {number} place a fractional index @returns {number} interpolated linearly */
function valueAt(list, place) {
  const left = Math.min(Math.floor(place), list.length - 2);
  return list[left] + (place - left) * (list[left + 1] - list[left]);
}

/** @param {Curve} curve @param {number} count @returns {Curve} resampled to this many points */
function resample({ values, places }, count) {
  const all = (/** @type {number[]} */ list) =>
    Array.from({ length: count }, (_, i) => valueAt(list, (i / (count - 1)) * (list.length - 1)));
  return { values: all(values), places: all(places) };
}

/** @param {Curve} curve @param {number} by places, may be a fraction @returns {Curve} shifted, its end comes in at its start */
function rotate({ values, places }, by) {
  const { length } = values;
  const rotated = values.map((_, i) => {
    const place = (((i - by) % length) + length) % length;
    const left = Math.floor(place);
    const right = (left + 1) % length;
    return values[left] + (place - left) * (values[right] - values[left]);
  });
  return { values: rotated, places };
}

/** @param {Curve} curve @param {number} count @returns {Curve} with its last point repeated, up to this many points */
function repeatEnd({ values, places }, count) {
  const more = count - values.length;
  return { values: [...values, ...Array(more).fill(values.at(-1))], places: [...places, ...Array(more).fill(1)] };
}

/**
 * @param {Stage[]} stages @param {number} position 2.5 is half-way from stage 2 to stage 3
 * @returns {Curve}
 */
export function curveBetween(stages, position) {
  const index = Math.min(Math.floor(position), stages.length - 1);
  const share = position - index;
  const before = curveOf(stages, index);
  if (!share) return before;
  const next = stages[index + 1];
  if (next.name === 'translate') return rotate(before, share * next.by);
  const after = curveOf(stages, index + 1);
  const padded = index === 0 ? repeatEnd(before, after.values.length) : before; // the zeros come out of the template's end
  const count = Math.max(padded.values.length, after.values.length);
  const [from, to] = [resample(padded, count), resample(after, count)];
  const mix = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a.map((value, i) => value + share * (b[i] - value));
  return { values: mix(from.values, to.values), places: mix(from.places, to.places) };
}

/** The walk of one example through the stages. */
export class StageWalk {
  /** From Python, for the digit and the example; none at first. @type {Stage[]} */ stages = [];
  digit = 3;
  example = 0; // of this digit
  position = LAST; // 2.5 is half-way from stage 2 to stage 3

  /** The index of the stage whose code runs: on the way to a stage it is that stage's. */
  get index() {
    return Math.min(Math.ceil(this.position - 1e-9), LAST);
  }

  /** @returns {Stage | undefined} */
  get stage() {
    return this.stages[this.index];
  }

  /** Keep the example within the dataset. @param {number} samples of the dataset @returns {number} the last example of the digit */
  limitExample(samples) {
    const last = Math.max(0, Math.floor(samples / 10) - 1 || 0); // NaN is 0 too
    this.example = Math.min(this.example, last);
    return last;
  }
}
