// How often neighbouring inputs survive together, against sparsity: lottery, random and chance.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatPercent, formatTwoDigits } from '../../records/format.js';
import { HALO, curveEnds, mountPlot, spreadLabels, tipMark } from '../../ui/plot.js';

/**
 * One mean over trials: the share of windows of `size` inputs that survive whole, in percent.
 * @typedef {{series: string, size: number, sparsity: number, mean: number, halfWidth: number, n: number}} Share
 */

/** What each series is called, its colour, and whether it is a computed chance. */
const LOOK = /** @type {Record<string, {text: string, color: string, dash?: string}>} */ ({
  lottery: { text: 'lottery', color: 'var(--lottery)' },
  random: { text: 'random', color: 'var(--random-text)' },
  permuted: { text: 'permuted', color: 'var(--permuted)', dash: '4 3' },
});

/** @param {number} value @returns {string} */
const short = (value) => `${formatTwoDigits(value)}\u00a0%`;

/** @param {HTMLElement} node */
export function mountAdjacencyChart(node) {
  return mountPlot(node, (/** @type {Share[]} */ shares, width) => {
    const lowest = Math.min(1, ...shares.map(({ mean }) => mean).filter((mean) => mean > 0));
    const floor = 10 ** Math.floor(Math.log10(lowest));
    const seen = shares.filter(({ mean }) => mean >= floor); // a log axis cannot show 0
    const stacked = width < 640;
    const facet = stacked ? { fy: 'size' } : { fx: 'size' };
    const ends = [2, 3, 4].flatMap((size) => endsOf(seen.filter((row) => row.size === size), floor, stacked ? 154 : 240));
    return {
      height: stacked ? 660 : 320,
      marginTop: 40,
      marginLeft: 52,
      marginRight: 66,
      marginBottom: 40,
      ariaLabel: 'Share of windows of 2, 3 and 4 adjacent inputs that survive, against sparsity',
      x: { domain: [0, 1], label: 'weights deleted', ticks: 4, tickFormat: (d) => `${Math.round(100 * d)}\u00a0%` },
      y: {
        type: 'log', domain: [floor, 100], label: 'windows that survive', grid: true, ticks: 4,
        tickFormat: (d) => `${d}\u00a0%`,
      },
      fx: { label: null, axis: null, padding: 0.28 },
      fy: { label: null, axis: null, padding: 0.16 },
      marks: [
        Plot.text([2, 3, 4], {
          ...(stacked ? { fy: (d) => d } : { fx: (d) => d }), text: (d) => `${d} adjacent inputs`,
          frameAnchor: 'top-right', dy: stacked ? 4 : -22, fontWeight: 600, fill: 'var(--ink)',
        }),
        Plot.areaY(seen.filter(({ halfWidth }) => halfWidth > 0), {
          ...facet, x: 'sparsity', z: 'series', fill: ({ series }) => LOOK[series].color, fillOpacity: 0.15,
          y1: ({ mean, halfWidth }) => Math.max(floor, mean - halfWidth), y2: ({ mean, halfWidth }) => mean + halfWidth,
        }),
        ...Object.entries(LOOK).map(([name, { color, dash }]) =>
          Plot.line(seen.filter(({ series }) => series === name), {
            ...facet, x: 'sparsity', y: 'mean', stroke: color, strokeWidth: 2, strokeDasharray: dash,
          })),
        ...ends.map((end) => Plot.text([end], {
          ...facet, x: 'sparsity', y: 'mean', text: () => LOOK[end.series].text, fill: LOOK[end.series].color,
          textAnchor: 'start', dx: 7, dy: end.dy, fontWeight: 600, ...HALO,
        })),
        tipMark(seen, {
          ...facet, x: 'sparsity', y: 'mean',
          title: (/** @type {Share} */ { series, size, mean, halfWidth, n, sparsity }) =>
            `${LOOK[series].text}, ${formatPercent(100 * sparsity)} deleted\n` +
            `${short(mean)}${n > 1 ? ` ± ${short(halfWidth)}` : ''} of windows of ${size} (n = ${n})`,
        }),
      ],
    };
  });
}

/**
 * The last point of each series in one panel, with labels moved apart where they would overprint.
 * @param {Share[]} shares @param {number} floor @param {number} tall a panel's pixels
 */
function endsOf(shares, floor, tall) {
  const height = (/** @type {Share} */ { mean }) => Math.log10(mean / floor) / Math.log10(100 / floor);
  return spreadLabels(curveEnds(shares, ({ series }) => series), (row) => tall * (1 - height(row)));
}
