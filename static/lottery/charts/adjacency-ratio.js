// How often neighbouring inputs survive together, as a multiple of chance, against sparsity: the ticket,
// and as a check the random mask. What the ratios are is ../adjacency-ratio.js's.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatMeanPlain, formatNumber, formatPercent } from '../../records/format.js';
import { BAND_KEY, HALO, INTERVAL, armColor, curveEnds, labelColumn, mountPlot, spreadLabels } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { SIZES } from '../adjacency-ratio.js';

/** @typedef {import('../adjacency-ratio.js').Ratio} Ratio */

const CHANCE = 'chance (same units, random inputs)';
const BOTTOM = 40; // pixels below the panels, and above them
const TOP = 40;

/** The y axis: 0 to a round number above all means; a band may go beyond. @param {Ratio[]} ratios */
const highest = (ratios) => Math.max(2, Math.ceil(2 * Math.max(...ratios.map(({ mean }) => mean)) * 1.05) / 2);

/**
 * The last point of each curve of each panel, with labels moved apart where they would overprint.
 * @param {Ratio[]} ratios @param {number} top of the axis @param {number} tall a panel's pixels
 */
const endsOf = (ratios, top, tall) => SIZES.flatMap((size) =>
  spreadLabels(
    curveEnds(ratios.filter((row) => row.size === size), ({ arm }) => arm), ({ mean }) => tall * (1 - mean / top),
    { bottom: tall - 4 },
  ));

/** @param {Ratio[]} ratios @param {{fx: string} | {fy: string}} facet @param {Ratio[]} all in order of the arms */
const curves = (ratios, facet, all) => [
  Plot.areaY(ratios.filter(({ n }) => n > 1), {
    ...facet, ...INTERVAL, x: 'sparsity', z: 'arm', fill: armColor, fillOpacity: 0.15, clip: true,
  }),
  Plot.line(all, { ...facet, x: 'sparsity', y: 'mean', z: 'arm', stroke: armColor, strokeWidth: 2, clip: true }),
];

/** @param {Ratio} row @returns {string} */
const title = ({ arm, size, n, sparsity, ...row }) =>
  `${arm}, ${formatPercent(100 * sparsity)} deleted\n` +
  `${formatMeanPlain({ ...row, n }, 2)} times chance, ${size} adjacent inputs (n = ${n})`;

/** @param {Ratio[]} ratios @param {number} width @returns {Plot.PlotOptions} */
function plotOptions(ratios, width) {
  const stacked = width < 640;
  const facet = stacked ? { fy: 'size' } : { fx: 'size' };
  const of = (/** @type {number} */ size) => (stacked ? { fy: () => size } : { fx: () => size });
  const [top, height] = [highest(ratios), stacked ? 660 : 320];
  const tall = stacked ? (height - TOP - BOTTOM) / 3.32 : height - TOP - BOTTOM; // 3 panels and 2 gaps of 0.16
  const randomFirst = [...ratios].sort((a, b) => b.arm.localeCompare(a.arm)); // the ticket is drawn on top
  return {
    height,
    marginTop: TOP,
    marginLeft: 52,
    marginRight: 66,
    marginBottom: BOTTOM,
    ariaLabel: 'Windows of 2, 3 and 4 adjacent inputs that survive, as a multiple of chance, against sparsity',
    x: { domain: [0, 1], label: 'weights deleted', ticks: 4, tickFormat: (d) => `${Math.round(100 * d)}\u00a0%` },
    y: { domain: [0, top], label: 'times chance', grid: true, ticks: 4, tickFormat: (d) => formatNumber(d, 1) },
    fx: { domain: SIZES, label: null, axis: null, padding: 0.28 },
    fy: { domain: SIZES, label: null, axis: null, padding: 0.16 },
    marks: [
      Plot.text(SIZES, {
        ...(stacked ? { fy: (d) => d } : { fx: (d) => d }), text: (d) => `${d} adjacent inputs`,
        ...(stacked ? { frameAnchor: 'top-left', dx: 4, dy: 6 } : { frameAnchor: 'top-right', dy: -22 }),
        fontWeight: 600, fill: 'var(--ink)', ...HALO,
      }),
      Plot.ruleY([1], { stroke: 'var(--quiet)', strokeDasharray: '4 3' }),
      ...curves(ratios, facet, randomFirst),
      Plot.text([CHANCE], {
        ...of(2), text: (d) => d, x: 0, y: 1, dx: 4, dy: 14, textAnchor: 'start', fill: 'var(--quiet)', lineWidth: 12,
        lineAnchor: 'top', ...HALO,
      }),
      ...labelColumn(endsOf(ratios, top, tall), { ...facet, text: 'arm', dx: 7 }),
      tipMark(ratios, { ...facet, x: 'sparsity', y: 'mean', title }, ratios.map(({ size, arm, sparsity, mean }) => (
        { x: sparsity, y: mean, curve: `${size} ${arm}`, ...(stacked ? { fy: size } : { fx: size }) }))),
    ],
  };
}

/** @param {HTMLElement} node */
export const mountAdjacencyChart = (node) => mountPlot(node, plotOptions, (ratios) => (ratios.some(({ n }) => n > 1) ? [BAND_KEY] : []));
