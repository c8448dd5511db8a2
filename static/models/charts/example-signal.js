// One example as it is given to a network: its numbers in their order, if wished with the template.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../../records/format.js';
import { extent } from '../../records/stats.js';
import { responsive } from '../../ui/responsive.js';

/** @typedef {{x: ArrayLike<number>, template?: ArrayLike<number> | null}} Example */

/** @param {ArrayLike<number>} values @param {number} length @returns {{at: number, value: number}[]} */
const points = (values, length) =>
  Array.from(values, (value, i) => ({ at: (i * (length - 1)) / Math.max(1, values.length - 1), value }));

/** @param {ArrayLike<number>} template @param {ArrayLike<number>} x @returns {number[]} as high as the example */
function fitted(template, x) {
  const [low, high] = [Math.min(...Array.from(template)), Math.max(...Array.from(template))];
  const [bottom, top] = [Math.min(...Array.from(x)), Math.max(...Array.from(x))];
  return Array.from(template, (value) => bottom + ((value - low) / (high - low || 1)) * (top - bottom));
}

/** In words and numbers. @param {ArrayLike<number>} x @returns {Required<import('../../records/types.js').TextAlternative>} */
export function tell(x) {
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
export function mountExample(node, { height = 220, label }) {
  return responsive(node, (/** @type {Example} */ { x, template = null }, width) => Plot.plot({
    width,
    height,
    margin: 1,
    inset: 14,
    ariaLabel: label,
    x: { domain: [0, x.length - 1], axis: null },
    y: { axis: null },
    marks: [
      Plot.frame({ stroke: 'var(--rule)', rx: 4 }),
      ...(template ? [Plot.line(points(fitted(template, x), x.length), {
        x: 'at', y: 'value', stroke: 'var(--template)', strokeWidth: 7, strokeLinecap: 'round', strokeLinejoin: 'round',
      })] : []),
      Plot.line(points(x, x.length), { x: 'at', y: 'value', stroke: 'var(--ink)', strokeWidth: 1.25 }),
      Plot.dot(points(x, x.length), { x: 'at', y: 'value', r: 2, fill: 'var(--ink)' }),
    ],
  }));
}
