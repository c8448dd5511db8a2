// One signal as a network gets it, upright as all digits of the page; behind it, if given, a template.
// Or a template alone.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { extent } from '../../records/stats.js';
import { svgElement } from '../../ui/dom.js';
import { ROUND, dotsPath, linePath, uprightPoints } from '../../ui/upright.js';

/** @typedef {{x?: ArrayLike<number> | null, template?: ArrayLike<number> | null}} Example */

const [WIDTH, HEIGHT] = [180, 300];
/** Shown to either side, in the data's standard deviations: one example in a hundred is wider, and then all of it is shown. */
export const REACH = 4;
const TEMPLATE_REACH = 0.9; // of a template alone, in the templates' units

/** @param {ArrayLike<number>} x @returns {number} what must be shown to either side */
export const reachOf = (x) => Math.max(REACH, ...Array.from(x, Math.abs));

/** @param {ArrayLike<number>} template @param {ArrayLike<number>} x @returns {number[]} the template, as wide as the signal */
function stretched(template, x) {
  const [[low, high], [left, right]] = [extent(template), extent(x)];
  return Array.from(template, (value) => left + ((value - low) / (high - low || 1)) * (right - left));
}

/** In words and numbers. @param {ArrayLike<number>} x @returns {Required<import('../../records/types.js').TextAlternative>} */
export function describeExample(x) {
  const [low, high] = extent(x);
  const place = (/** @type {number} */ value) => Array.from(x).indexOf(value) + 1;
  return {
    sentence: `${x.length} numbers, from top to bottom: the least, ${formatNumber(low)}, is number ${place(low)}, the largest, ${formatNumber(high)}, number ${place(high)}.`,
    tables: [{
      caption: 'The numbers of this signal, from top to bottom.',
      head: ['number', 'value'],
      rows: Array.from(x, (value, i) => [String(i + 1), formatNumber(value)]),
      compact: true,
    }],
  };
}

/** @param {HTMLElement} node empty until the first update @param {{label: string, describedBy?: string}} options `describedBy`: id of a text */
export function mountExampleSignalChart(node, { label, describedBy }) {
  const root = svgElement('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-label': label, ...(describedBy && { 'aria-describedby': describedBy }),
  });
  const behind = svgElement('path', { ...ROUND, class: 'template', stroke: 'var(--template)', 'stroke-width': 8 });
  const line = svgElement('path', { ...ROUND, class: 'line', stroke: 'var(--ink)', 'stroke-width': 1.25 });
  const dots = svgElement('path', { ...ROUND, stroke: 'var(--ink)', 'stroke-width': 4 });
  root.append(svgElement('path', { d: `M${WIDTH / 2} 0V${HEIGHT}`, stroke: 'var(--rule)' }), behind, line, dots);
  return {
    /** @param {Example} example */
    update({ x = null, template = null }) {
      const frame = { width: WIDTH, height: HEIGHT, reach: x ? reachOf(x) : TEMPLATE_REACH };
      const points = x ? uprightPoints(x, frame) : [];
      line.setAttribute('d', x ? linePath(points) : '');
      dots.setAttribute('d', x ? dotsPath(points) : '');
      const grey = template && uprightPoints(x ? stretched(template, x) : template, frame);
      behind.setAttribute('d', grey ? linePath(grey) : '');
      if (!root.isConnected) node.replaceChildren(root);
    },
  };
}
