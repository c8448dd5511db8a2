// What charts drawn with Plot share: the redraw at each width, colours, bands, labels in a column, legends.
// Which marks a chart has is its own.
// @ts-check
import * as Plot from '@observablehq/plot';
import { element } from './dom.js';
import { makeLegend } from './legend.js';
import { responsive } from './responsive.js';

/** @typedef {import('../records/stats.js').Mean} Mean */

/** The colour of an arm or a model. @param {{arm: string}} row */
export const armColor = ({ arm }) => `var(--${arm})`;

/** The same for letters, which need more contrast. @param {{arm: string}} row */
export const armTextColor = ({ arm }) => (arm === 'random' ? 'var(--random-text)' : armColor({ arm }));

/** Paper around letters that lie over lines. */
export const HALO = { stroke: 'var(--paper)', strokeWidth: 4 };

/** The ends of a mean's interval, for Plot.areaY. */
export const INTERVAL = {
  y1: (/** @type {Mean} */ { mean, halfWidth }) => mean - halfWidth,
  y2: (/** @type {Mean} */ { mean, halfWidth }) => mean + halfWidth,
};

/**
 * The last point of each curve, the highest first.
 * @template {{mean: number}} T
 * @param {T[]} points in the order of the curve @param {(point: T) => string} curveOf
 * @returns {T[]}
 */
export const curveEnds = (points, curveOf) => [...Map.groupBy(points, curveOf).values()]
  .map((curve) => /** @type {T} */ (curve.at(-1)))
  .sort((a, b) => b.mean - a.mean);

/**
 * Move labels down, or up from the bottom, where they would overprint one another.
 * @template T
 * @param {T[]} ends from the top down @param {(end: T) => number} pixelOf where a label would like to be
 * @param {{line?: number, bottom?: number}} [room] pixels between two labels, and the lowest place of one
 * @returns {(T & {dy: number})[]} `dy`: by how much
 */
export function spreadLabels(ends, pixelOf, { line = 14, bottom = Infinity } = {}) {
  const wanted = ends.map(pixelOf);
  const placed = [...wanted];
  for (let i = 1; i < placed.length; i += 1) placed[i] = Math.max(placed[i], placed[i - 1] + line);
  for (let i = placed.length - 1; i >= 0; i -= 1) {
    placed[i] = Math.min(placed[i], i === placed.length - 1 ? bottom : placed[i + 1] - line);
  }
  return ends.map((end, i) => ({ ...end, dy: placed[i] - wanted[i] }));
}

/**
 * Names in a column right of the frame, where no line gets, each at the height of its curve's end.
 * @template {{mean: number, dy: number}} T
 * @param {T[]} ends @param {object} options of Plot.text: text, fill and others
 */
export const labelColumn = (ends, options) => ends.map((end) => Plot.text([end], {
  y: 'mean', frameAnchor: 'right', textAnchor: 'start', dx: 8, dy: end.dy, fontWeight: 600, fill: armTextColor, ...options,
}));

/** The band of intervals in a legend. @type {import('./legend.js').Key} */
export const BAND_KEY = { mark: 'band', text: '95 % interval', opacity: 0.3 };

/**
 * @template T
 * @param {HTMLElement} node @param {(data: T, width: number) => Plot.PlotOptions} options of Plot.plot, without the width
 * @param {(data: T) => import('./legend.js').Key[]} [legend] what its marks mean
 * @returns {{update: (data: T) => void}}
 */
export const mountPlot = (node, options, legend = () => []) =>
  responsive(node, (/** @type {T} */ data, width) => {
    const chart = Plot.plot({ width, ...options(data, width) });
    const keys = legend(data);
    if (!keys.length) return chart;
    const box = element('div');
    box.append(makeLegend(keys), chart);
    return box;
  });
