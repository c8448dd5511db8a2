// One digit at a stage of the generator, or between two: in words, and as a picture. Time runs down, the
// signal sideways, as in the picture of the ten digits.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { extent } from '../../records/stats.js';
import { svgElement } from '../../ui/dom.js';

/** @typedef {import('../stages.js').Stage} Stage */
/** @typedef {import('../stages.js').Curve} Curve */

const WIDEST = 1.05; // shown to either side, in the units of the templates

/**
 * The same in words and numbers.
 * @param {Stage[]} stages @param {number} position @returns {import('../../records/types.js').TextAlternative}
 */
export function describeStages(stages, position) {
  const before = Math.floor(position);
  const at = (/** @type {number} */ index) => {
    const { name, x } = stages[index];
    const [low, high] = extent(x);
    return `“${name}”, ${x.length} numbers between ${formatNumber(low)} and ${formatNumber(high)}`;
  };
  const most = Math.max(...stages.map(({ x }) => x.length));
  return {
    sentence: before === position ? `Shown is the stage ${at(before)}.` :
      `Shown is the way from ${at(before)}, to ${at(before + 1)}: ${Math.round(100 * (position - before))} % of it.`,
    tables: [{
      caption: 'The numbers of this example at each stage, from top to bottom.',
      head: ['number', ...stages.map(({ name }) => name)],
      rows: Array.from({ length: most }, (_, i) => [String(i + 1), ...stages.map(({ x }) => (i < x.length ? formatNumber(x[i]) : '–'))]),
      compact: true,
    }],
  };
}

/**
 * A picture of one curve.
 * @param {{label: string, width: number, height: number, dot: number, describedBy?: string}} look an empty
 *   `label` for decoration; `dot`: width of the points, 0 for none; `describedBy`: id of a text
 */
export function mountStageCurveChart({ label, width, height, dot, describedBy }) {
  const [line, dots] = [1.25, dot].map((stroke) => svgElement('path', {
    fill: 'none', stroke: 'var(--ink)', 'stroke-width': stroke, 'stroke-linecap': 'round', 'stroke-linejoin': 'round',
  }));
  const root = svgElement('svg', {
    viewBox: `0 0 ${width} ${height}`,
    ...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' }),
    ...(label && describedBy && { 'aria-describedby': describedBy }),
  });
  root.append(svgElement('path', { d: `M${width / 2} 0V${height}`, stroke: 'var(--rule)' }), line, dots);
  return {
    root,
    /** @param {Curve} curve */
    update({ values, places }) {
      const points = values.map((value, i) =>
        `${((value / WIDEST + 1) * 0.5 * width).toFixed(2)} ${(5 + places[i] * (height - 10)).toFixed(2)}`);
      line.setAttribute('d', `M${points.join('L')}`);
      dots.setAttribute('d', dot ? `M${points.join('h0M')}h0` : '');
    },
  };
}
