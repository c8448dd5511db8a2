// Numbers as a pen stroke: from top to bottom as time runs, to the side what they are. What is drawn with
// it, and in which colour, is the caller's.
// @ts-check
import { svgElement } from './dom.js';

const EDGE = 5; // pixels above the first number and below the last
/** Of a path that is a stroke. */
export const ROUND = { fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };

/**
 * Where numbers are in a frame: `reach` is shown to either side of the middle.
 * @typedef {{width: number, height: number, reach: number}} Frame
 */

/** @param {number} value @param {Frame} frame @returns {number} */
export const xOf = (value, { width, reach }) => (value / reach + 1) * 0.5 * width;

/** @param {number} index @param {number} count of all @param {Frame} frame @returns {number} */
export const yOf = (index, count, { height }) => EDGE + (index / Math.max(1, count - 1)) * (height - 2 * EDGE);

/** What is at a place: the inverse of both. @param {{x: number, y: number}} place @param {number} count of all @param {Frame} frame @returns {{index: number, value: number}} */
export function numberAt({ x, y }, count, { width, height, reach }) {
  const index = Math.round(((y - EDGE) / (height - 2 * EDGE)) * (count - 1));
  return { index: Math.max(0, Math.min(count - 1, index)), value: reach * ((2 * x) / width - 1) };
}

/**
 * @param {ArrayLike<number>} values @param {Frame} frame
 * @param {{from?: number, count?: number}} [part] of the values
 * @returns {string[]} a point for each
 */
export function uprightPoints(values, frame, { from = 0, count = values.length } = {}) {
  const out = new Array(count);
  for (let i = 0; i < count; i += 1) {
    out[i] = `${xOf(values[from + i], frame).toFixed(2)} ${yOf(i, count, frame).toFixed(2)}`;
  }
  return out;
}

/** @param {string[]} points @returns {string} a path through them */
export const linePath = (points) => `M${points.join('L')}`;

/** @param {string[]} points @returns {string} a path that is a dot at each */
export const dotsPath = (points) => `M${points.join('h0M')}h0`;

const SMALL = { width: 60, height: 76, reach: 0.8 };

/** A small picture of a template, for a button that says in words which digit it is. */
export function mountThumbnail() {
  const root = svgElement('svg', { viewBox: `0 0 ${SMALL.width} ${SMALL.height}`, 'aria-hidden': 'true' });
  const line = svgElement('path', { ...ROUND, stroke: 'var(--ink)', 'stroke-width': 2.4 });
  root.append(line);
  return {
    root,
    /** @param {ArrayLike<number>} points twelve; those beyond the edge are drawn at it */
    update(points) {
      const within = Array.from(points, (value) => Math.max(-0.7, Math.min(0.7, value)));
      line.setAttribute('d', linePath(uprightPoints(within, SMALL)));
    },
  };
}
