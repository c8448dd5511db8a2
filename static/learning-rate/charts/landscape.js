// The loss of a whole training over its learning rate, the rates that were learned on it, and at one outer step
// of each run a ball with its tangent.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../../records/format.js';
import { mountPlot } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { landscapeRates } from '../rate-run.js';
import { finite, stepAt, tangentOf } from '../rate-steps.js';
import { runColor, runText } from './run-colors.js';

/** @typedef {import('../rate-run.js').Shown} Shown */
/** @typedef {{shown: Shown, at: number}} Landscape `at`: the outer step of the balls */

/** @param {Landscape} landscape */
function plotOf({ shown, at }) {
  const curve = finite(shown.landscape).sort((a, b) => a.learning_rate - b.learning_rate);
  const runs = shown.runs.map((run, i) => ({ i, path: finite(run.steps).filter(({ outer_step }) => outer_step <= at), ball: stepAt(run, at) }));
  const all = [...curve, ...shown.runs.flatMap(({ steps }) => finite(steps))];
  const rates = all.map(({ learning_rate }) => learning_rate), losses = all.map(({ loss }) => loss);
  const top = Math.max(...rates, ...landscapeRates(shown.spec));
  const [low, high] = losses.length ? [Math.min(...losses), Math.max(...losses)] : [0, 1];
  const pad = 0.06 * (high - low || 1);
  return {
    height: 340, marginLeft: 52, marginRight: 16, marginTop: 28, marginBottom: 40,
    ariaLabel: 'loss of a training by its learning rate',
    x: { label: 'learning rate', domain: [0, top], ticks: 8 },
    y: { label: 'mean loss of the training, nats', domain: [low - pad, high + pad], grid: true, ticks: 5 },
    marks: [
      Plot.line(curve, { x: 'learning_rate', y: 'loss', stroke: 'var(--ink)', strokeWidth: 2 }),
      Plot.dot(curve, { x: 'learning_rate', y: 'loss', r: 2.5, fill: 'var(--ink)' }),
      ...runs.flatMap(({ i, path, ball }) => [
        Plot.dot(path, { x: 'learning_rate', y: 'loss', r: 3, fill: runColor(i), fillOpacity: 0.45 }),
        ...(ball ? [
          Plot.line(tangentOf(ball, 0.12 * top), { x: 'learning_rate', y: 'loss', stroke: runColor(i), strokeWidth: 2, clip: true }),
          Plot.dot([ball], { x: 'learning_rate', y: 'loss', r: 8, fill: runColor(i), stroke: 'var(--paper)', strokeWidth: 1.5 }),
        ] : []),
      ]),
      tipMark(all, {
        x: 'learning_rate', y: 'loss',
        title: (/** @type {typeof all[0]} */ one) =>
          `rate ${one.learning_rate.toFixed(4)}${one.arm === 'learned' ? `, outer step ${one.outer_step}` : ''}\nloss ${one.loss.toFixed(4)} nats\nslope ${formatNumber(one.hypergradient, 4)}`,
      }, curve.map(({ learning_rate, loss }) => ({ x: learning_rate, y: loss }))),
    ],
  };
}

/** @param {Landscape} landscape @returns {import('../../ui/legend.js').Key[]} */
const legend = ({ shown }) => [
  { mark: 'line', text: 'loss', color: 'var(--ink)' },
  ...shown.runs.map((run, i) => ({ mark: /** @type {const} */ ('dot'), text: runText(run), color: runColor(i), width: 6 })),
  { mark: 'line', text: 'slope, as computed' },
];

/** @param {HTMLElement} node */
export const mountLandscapeChart = (node) => mountPlot(node, plotOf, legend);
