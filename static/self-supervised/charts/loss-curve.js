// The loss over the epochs: of the networks that came with the page their means, and each of the visitor's.
// @ts-check
import * as Plot from '@observablehq/plot';
import { interval } from '../../records/stats.js';
import { mountPlot } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { ARMS, armName } from '../layer-means.js';

/** @typedef {import('../layer-means.js').Loss} Loss */
/** @typedef {{shipped: Loss[], own: Loss[]}} Losses */

/** @type {Record<string, string>} */ const COLORS = { default: 'var(--lottery)', deep: 'var(--mlp)', none: 'var(--random)' };
const color = (/** @type {{arm: string}} */ { arm }) => COLORS[arm] ?? 'var(--quiet)';

/** @param {Loss[]} losses @returns {{arm: string, epoch: number, loss: number}[]} means over trials */
const means = (losses) => [...Map.groupBy(losses, ({ arm, epoch }) => `${arm} ${epoch}`).values()]
  .map((rows) => ({ arm: rows[0].arm, epoch: rows[0].epoch, loss: interval(rows.map(({ loss }) => loss)).mean }));

/** @param {Losses} losses @returns {Plot.PlotOptions} */
function plotOf({ shipped, own }) {
  const theirs = means(shipped);
  const all = [...theirs.map((one) => ({ ...one, whose: '' })), ...own.map((one) => ({ ...one, whose: 'your ' }))];
  return {
    height: 170, marginLeft: 40, marginRight: 14, marginTop: 26, marginBottom: 36,
    ariaLabel: 'loss by epoch',
    x: { label: 'epoch', ticks: 6, nice: true },
    y: { label: 'InfoNCE loss, nats', grid: true, ticks: 4, nice: true },
    marks: [
      Plot.line(theirs, { x: 'epoch', y: 'loss', z: 'arm', stroke: color, strokeWidth: 1.5 }),
      Plot.line(own, { x: 'epoch', y: 'loss', z: 'trial', stroke: 'var(--ink)', strokeWidth: 2 }),
      tipMark(all, {
        x: 'epoch', y: 'loss',
        title: (/** @type {typeof all[0]} */ { whose, arm, epoch, loss }) => `${whose}${armName(arm)}\nepoch ${epoch}: ${loss.toFixed(3)} nats`,
      }, all.map(({ epoch, loss, arm, whose }) => ({ x: epoch, y: loss, curve: `${arm} ${whose}` }))),
    ],
  };
}

/** @param {Losses} losses @returns {import('../../ui/legend.js').Key[]} */
const legend = ({ shipped, own }) => [
  ...Object.keys(COLORS).filter((arm) => shipped.some((one) => one.arm === arm)).map((arm) => (
    { mark: /** @type {const} */ ('line'), text: ARMS[arm], color: COLORS[arm], width: 1.5 })),
  ...(own.length ? [{ mark: /** @type {const} */ ('line'), text: 'yours', color: 'var(--ink)' }] : []),
];

/** @param {HTMLElement} node */
export const mountLossCurveChart = (node) => mountPlot(node, plotOf, legend);
