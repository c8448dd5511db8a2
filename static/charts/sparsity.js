// Test accuracy against sparsity: lottery, random and dense, with the network now in training.
// @ts-check
import * as Plot from '@observablehq/plot';
import { meanWithError, percent, summarize } from '../stats.js';
import { responsive } from './frame.js';

/** @typedef {import('../protocol.js').Measurement} Measurement */
/** @typedef {import('../stats.js').Summary} Summary */
/** @typedef {{records: Measurement[], current: Measurement[]}} Tickets */

const COLORS = { lottery: 'var(--lottery)', random: 'var(--random)', dense: 'var(--dense)' };
const ARMS = /** @type {(keyof typeof COLORS)[]} */ (Object.keys(COLORS));

/** @param {{arm: string}} row */
const color = ({ arm }) => COLORS[/** @type {keyof typeof COLORS} */ (arm)];

/** @param {Summary} row */
const described = (row) =>
  `${row.arm}, ${percent(100 * row.sparsity)} deleted\n${meanWithError(row)} right (n = ${row.n})`;

/** @param {Summary[]} summaries one arm's marks: band, line and label at its end */
function armMarks(summaries) {
  const curve = { x: 'sparsity', stroke: color, z: 'arm' };
  const banded = summaries.filter(({ n }) => n > 1);
  return [
    Plot.areaY(banded, {
      x: 'sparsity', z: 'arm', fill: color, fillOpacity: 0.15,
      y1: (/** @type {Summary} */ { mean, se }) => mean - se,
      y2: (/** @type {Summary} */ { mean, se }) => mean + se,
    }),
    Plot.line(summaries, { ...curve, y: 'mean', strokeWidth: 2.25 }),
    Plot.text(summaries.slice(1).slice(-1), { // not at level 0, where all arms start
      x: 'sparsity', y: 'mean', text: 'arm', fill: color, textAnchor: 'start', dx: 10,
      fontWeight: 600, stroke: 'var(--paper)', strokeWidth: 4,
    }),
  ];
}

/** @param {HTMLElement} node */
export function mountSparsity(node) {
  return responsive(node, (/** @type {Tickets} */ { records, current }, width) => {
    const summaries = summarize(records);
    const dense = summaries.filter(({ arm }) => arm === 'dense');
    const pruned = summaries.filter(({ arm }) => arm !== 'dense');
    const accuracies = [...records, ...current].map((row) => row.test_acc);
    const lottery = pruned.filter(({ arm }) => arm === 'lottery').at(-1);
    const above = lottery && dense.length ? lottery.mean - dense[0].mean : Infinity;
    const aside = Math.abs(above) < 3 ? 12 * Math.sign(above || 1) : 0; // clear of its label
    const lowest = Math.min(40, ...accuracies) - 3;
    return Plot.plot({
      width,
      height: width < 640 ? 340 : 420,
      marginTop: 32,
      marginLeft: 44,
      marginRight: 70,
      marginBottom: 42,
      ariaLabel: 'Test accuracy against sparsity for lottery, random and dense',
      x: { domain: [0, 1], label: 'weights deleted', tickFormat: (d) => `${Math.round(100 * d)} %`, ticks: 6 },
      y: { domain: [Math.max(0, lowest), Math.max(75, ...accuracies)], label: 'test accuracy, %', grid: true },
      marks: [
        Plot.ruleY(dense, { y: 'mean', stroke: color, strokeDasharray: '5 4' }),
        Plot.text(dense, {
          y: 'mean', frameAnchor: 'right', textAnchor: 'start', dx: 10, dy: aside, text: 'arm', fill: color,
          fontWeight: 600,
        }),
        ...ARMS.flatMap((arm) => armMarks(pruned.filter((row) => row.arm === arm))),
        Plot.dot(records.filter(({ arm, level }) => arm !== 'dense' && level > 0), {
          x: 'sparsity', y: 'test_acc', r: 2.5, fill: color, fillOpacity: 0.7,
        }),
        Plot.dot(current, {
          x: 'sparsity', y: 'test_acc', r: 5, stroke: color, strokeWidth: 2, fill: 'var(--paper)',
        }),
        Plot.tip(pruned, Plot.pointer({
          x: 'sparsity', y: 'mean', title: described, fill: 'var(--paper)', stroke: 'var(--rule)',
        })),
      ],
    });
  });
}
