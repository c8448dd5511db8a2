// One example as a network gets it: its numbers in their order; behind them, if given, the template.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../../records/format.js';
import { extent } from '../../records/stats.js';
import { mountPlot } from '../../ui/plot.js';

/** @typedef {{x: ArrayLike<number>, template?: ArrayLike<number> | null}} Example */

/** @param {ArrayLike<number>} values @param {number} length of the axis, over which they are spread @returns {{at: number, value: number}[]} */
const points = (values, length) =>
  Array.from(values, (value, i) => ({ at: (i * (length - 1)) / Math.max(1, values.length - 1), value }));

/** @param {ArrayLike<number>} template @param {ArrayLike<number>} x @returns {number[]} the template, stretched to the example's height */
function stretched(template, x) {
  const [low, high] = [Math.min(...Array.from(template)), Math.max(...Array.from(template))];
  const [bottom, top] = [Math.min(...Array.from(x)), Math.max(...Array.from(x))];
  return Array.from(template, (value) => bottom + ((value - low) / (high - low || 1)) * (top - bottom));
}

/** In words and numbers. @param {ArrayLike<number>} x @returns {Required<import('../../records/types.js').TextAlternative>} */
export function describeExample(x) {
  const [low, high] = extent(x);
  const place = (/** @type {number} */ value) => Array.from(x).indexOf(value) + 1;
  return {
    sentence: `${x.length} numbers: the least, ${formatNumber(low)}, is number ${place(low)}, the largest, ${formatNumber(high)}, number ${place(high)}.`,
    tables: [{
      caption: 'The numbers of this example in their order.',
      head: ['number', 'value'],
      rows: Array.from(x, (value, i) => [String(i + 1), formatNumber(value)]),
      compact: true,
    }],
  };
}

/** @param {HTMLElement} node @param {{height?: number, label: string}} options */
export function mountExampleSignalChart(node, { height = 220, label }) {
  return mountPlot(node, (/** @type {Example} */ { x, template = null }) => ({
    height,
    margin: 1,
    inset: 14,
    ariaLabel: label,
    x: { domain: [0, x.length - 1], axis: null },
    y: { axis: null },
    marks: [
      Plot.frame({ stroke: 'var(--rule)', rx: 4 }),
      ...(template ? [Plot.line(points(stretched(template, x), x.length), {
        x: 'at', y: 'value', stroke: 'var(--template)', strokeWidth: 7, strokeLinecap: 'round', strokeLinejoin: 'round',
      })] : []),
      Plot.line(points(x, x.length), { x: 'at', y: 'value', stroke: 'var(--ink)', strokeWidth: 1.25 }),
      Plot.dot(points(x, x.length), { x: 'at', y: 'value', r: 2, fill: 'var(--ink)' }),
    ],
  }));
}
