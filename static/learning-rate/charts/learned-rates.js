// The learned rate over the outer steps, from each start; and the published rates where the settings are theirs.
// @ts-check
import * as Plot from '@observablehq/plot';
import { mountPlot } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { isLikePublished, publishedPoints, ratesOf } from '../rate-steps.js';
import { runColor, runText } from './run-colors.js';

/** @typedef {import('../rate-run.js').Shown} Shown */
/** @typedef {{shown: Shown, at: number}} Learned `at`: the outer step of the balls */

/** @param {Shown} shown @returns those of the starts that are shown */
const publishedOf = (shown) => (isLikePublished(shown) ?
  publishedPoints.filter(({ start }) => shown.runs.some((run) => run.start === start)) : []);

/** @param {Learned} learned */
function plotOf({ shown, at }) {
  const runs = shown.runs.map((run, i) => ({ i, rates: ratesOf(run) }));
  const all = shown.runs.flatMap((run) => ratesOf(run).map((one) => ({ ...one, start: run.start })));
  return {
    height: 220, marginLeft: 52, marginRight: 16, marginTop: 28, marginBottom: 38,
    ariaLabel: 'learning rate by outer step',
    x: { label: 'outer steps made', domain: [0, Math.max(1, shown.spec.outer_steps)], ticks: 6 },
    y: { label: 'learning rate', zero: true, nice: true, grid: true, ticks: 5 },
    marks: [
      Plot.ruleX([at], { stroke: 'var(--quiet)', strokeDasharray: '2 3' }),
      ...runs.map(({ i, rates }) => Plot.line(rates, { x: 'outer_step', y: 'rate', stroke: runColor(i), strokeWidth: 2 })),
      Plot.dot(publishedOf(shown), { x: 'outer_step', y: 'rate', symbol: 'diamond', r: 5, fill: 'none', stroke: 'var(--ink)', strokeWidth: 1.5 }),
      tipMark(all, {
        x: 'outer_step', y: 'rate',
        title: (/** @type {typeof all[0]} */ { start, outer_step, rate }) => `from ${start}, after ${outer_step} outer steps\nrate ${rate.toFixed(4)}`,
      }, all.map(({ outer_step, rate, start }) => ({ x: outer_step, y: rate, curve: String(start) }))),
    ],
  };
}

/** @param {Learned} learned @returns {import('../../ui/legend.js').Key[]} */
const legend = ({ shown }) => [
  ...shown.runs.map((run, i) => ({ mark: /** @type {const} */ ('line'), text: runText(run), color: runColor(i) })),
  ...(publishedOf(shown).length ? [{ mark: /** @type {const} */ ('diamond'), text: 'published', color: 'var(--ink)' }] : []),
];

/** @param {HTMLElement} node */
export const mountLearnedRatesChart = (node) => mountPlot(node, plotOf, legend);
