// The best rate of each seed, and what the other seeds' rates lose with its weights.
// @ts-check
import * as Plot from '@observablehq/plot';
import { interval } from '../../records/stats.js';
import { mountPlot } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';

/** @typedef {ReturnType<typeof import('../rate-steps.js').seedPoints>} SeedPoints */

/** @param {SeedPoints} points */
function plotOf(points) {
  const { mean, halfWidth } = interval(points.map(({ best }) => best));
  const all = points.map((one) => ({ ...one, thousandths: 1000 * one.lost }));
  return {
    height: 230, marginLeft: 52, marginRight: 16, marginTop: 28, marginBottom: 40,
    ariaLabel: 'loss lost with other seeds’ learning rates, by a seed’s best rate',
    x: { label: 'best learning rate of a seed', nice: true, ticks: 6 },
    y: { label: 'lost with others’ rates, thousandths of a nat', zero: true, nice: true, grid: true, ticks: 5 },
    marks: [
      Plot.rectX([0], { x1: mean - halfWidth, x2: mean + halfWidth, fill: 'var(--quiet)', fillOpacity: 0.3 }),
      Plot.ruleX([mean], { stroke: 'var(--quiet)' }),
      Plot.dot(all, { x: 'best', y: 'thousandths', r: 4, fill: 'var(--ink)' }),
      tipMark(all, {
        x: 'best', y: 'thousandths',
        title: (/** @type {typeof all[0]} */ { seed, best, loss, thousandths }) =>
          `seed ${seed}: best rate ${best.toFixed(4)}\nloss there ${loss.toFixed(4)} nats\nothers’ rates: +${(thousandths / 1000).toFixed(5)} nats`,
      }, all.map(({ best, thousandths }) => ({ x: best, y: thousandths }))),
    ],
  };
}

/** @returns {import('../../ui/legend.js').Key[]} */
const legend = () => [
  { mark: 'dot', text: 'a seed', color: 'var(--ink)', width: 4 },
  { mark: 'band', text: 'mean, with its 95 % interval', opacity: 0.3 },
];

/** @param {HTMLElement} node */
export const mountSeedsChart = (node) => mountPlot(node, plotOf, legend);
