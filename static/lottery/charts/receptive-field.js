// One unit's receptive field: what it keeps of its inputs, and the weights these start from.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../../records/format.js';
import { mountPlot } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';

/** @typedef {{kept: number[], inputs: number, weights: ArrayLike<number> | null, color: string}} Field */

/** As a table. @param {string} caption @param {Field} field @returns {import('../../records/types.js').Table} */
export const describeField = (caption, { kept, inputs, weights }) => ({
  caption,
  head: ['input', 'survives', ...(weights ? ['initial weight'] : [])],
  rows: Array.from({ length: inputs }, (_, input) =>
    [String(input), kept.includes(input) ? 'yes' : 'no', ...(weights ? [formatNumber(weights[input])] : [])]),
  compact: true,
});

/** @param {HTMLElement} node */
export function mountReceptiveFieldChart(node) {
  return mountPlot(node, (/** @type {Field} */ { kept, inputs, weights, color }) => {
    const rows = Array.from({ length: inputs }, (_, input) => ({
      input, kept: kept.includes(input), weight: weights ? weights[input] : 1,
    }));
    const highest = Math.max(...rows.map(({ weight }) => Math.abs(weight)));
    const stays = rows.filter((row) => row.kept);
    return {
      height: 150,
      marginTop: 26,
      marginLeft: 44,
      marginBottom: 34,
      ariaLabel: 'Surviving inputs of one unit and their initial weights',
      x: { domain: [-0.5, inputs - 0.5], label: 'input', ticks: 8, tickFormat: 'd' },
      y: weights ?
        { domain: [-highest, highest], label: 'initial weight', ticks: 3, grid: true } :
        { domain: [0, 1.2], axis: null },
      marks: [
        Plot.ruleY([0], { stroke: 'var(--rule)' }),
        Plot.dot(rows.filter((row) => !row.kept), { x: 'input', y: 0, r: 1.5, fill: 'var(--quiet)', fillOpacity: 0.6 }),
        Plot.ruleX(stays, { x: 'input', y1: 0, y2: 'weight', stroke: color, strokeWidth: 2.5 }),
        Plot.dot(stays, { x: 'input', y: 'weight', r: 3.5, fill: color, ariaDescription: 'survivors' }),
        tipMark(stays, {
          x: 'input', y: 'weight',
          title: (/** @type {{input: number, weight: number}} */ row) =>
            `input ${row.input}${weights ? `: starts at ${row.weight.toFixed(3)}` : ' survives'}`,
        }, stays.flatMap(({ input, weight }) => [0, weight].map((y) => ({ x: input, y, curve: String(input) }))), Plot.pointerX),
      ],
    };
  });
}
