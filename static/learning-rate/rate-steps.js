// What the records of a learned learning rate say, for charts and sentences. Draws nothing.
// @ts-check
import { PUBLISHED_RATES } from '../from-python.js';

/** @typedef {import('./rate-run.js').Shown} Shown */
/** @typedef {import('./rate-run.js').Run} Run */
/** @typedef {import('./rate-run.js').Step} Step */
/** @typedef {import('./rate-run.js').Point} Point */
/** @typedef {Point & {loss: number, hypergradient: number}} Finite */

const PUBLISHED_WITH = { steps: 200, batch_size: 50, outer_rate: 0.3, weights: 'published' };

/** @template {Point} T @param {T[]} points @returns {(T & Finite)[]} those whose training stayed finite */
export const finite = (points) => /** @type {(T & Finite)[]} */ (points.filter(({ loss, hypergradient }) => loss !== null && hypergradient !== null));

/** @param {Run} run @returns {{outer_step: number, rate: number}[]} the rate before each outer step, and the last one */
export function ratesOf({ steps }) {
  const before = steps.map(({ outer_step, learning_rate }) => ({ outer_step, rate: learning_rate }));
  const last = steps.at(-1);
  return last?.updated_rate ? [...before, { outer_step: last.outer_step + 1, rate: last.updated_rate }] : before;
}

/** A published log's rate is that after the update of its step: the rate before the next one. */
export const publishedPoints = PUBLISHED_RATES.flatMap(({ start, learned }) =>
  Object.entries(learned).map(([step, rate]) => ({ start, step: Number(step), outer_step: Number(step) + 1, rate })));

/** @param {Shown} shown @returns {boolean} whether it has the settings of the published runs, but for the starts */
export const isLikePublished = ({ spec }) =>
  Object.entries(PUBLISHED_WITH).every(([name, value]) => /** @type {Record<string, unknown>} */ (spec)[name] === value);

/** Digits after the point of a published rate. @param {number} rate */
export const digitsOf = (rate) => (rate >= 1 ? 3 : 4);

/**
 * Published rates beside these runs'.
 * @param {Shown} shown @returns {{start: number, step: number, published: number, ours: number}[]} empty for other settings
 */
export function besidePublished(shown) {
  if (!isLikePublished(shown)) return [];
  return publishedPoints.flatMap(({ start, step, rate }) => {
    const ours = shown.runs.find((run) => run.start === start)?.steps.find(({ outer_step }) => outer_step === step)?.updated_rate;
    return ours ? [{ start, step, published: rate, ours }] : [];
  });
}

/** The straight line through a point with its slope. @param {Finite} point @param {number} half its width */
export const tangentOf = ({ learning_rate, loss, hypergradient }, half) => [-half, half].map((dx) => (
  { learning_rate: learning_rate + dx, loss: loss + hypergradient * dx }));

/** @param {Run} run @param {number} at @returns {(Step & Finite) | undefined} the outer step, or the last one before it */
export const stepAt = (run, at) => finite(run.steps).findLast(({ outer_step }) => outer_step <= at);

/** @param {import('./rate-run.js').SeedRow[]} rows @returns {{seed: number, best: number, loss: number, lost: number}[]} of each seed its best rate, and the loss that the others' lose on average */
export function seedPoints(rows) {
  return rows.filter(({ seed, rate_of }) => seed === rate_of).map(({ seed, learning_rate, loss }) => {
    const others = rows.filter((row) => row.seed === seed && row.rate_of >= 0 && row.rate_of !== seed);
    const lost = others.reduce((sum, row) => sum + row.loss - loss, 0) / others.length;
    return { seed, best: learning_rate, loss, lost };
  });
}
