// Test accuracy of five CNNs over the size of the training set, and below it how far each is ahead of the one
// without pooling. Hollow dots: published.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatCount, formatMeanPlain } from '../../records/format.js';
import { BAND_KEY, INTERVAL, armColor, curveEnds, labelColumn, mountPlot, spreadLabels } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { POOLING_NAMES, SIZES, leadsOf, meansOf, publishedRows } from '../pooling-run.js';

/** @typedef {import('../pooling-run.js').PoolingRow} PoolingRow */
/** @typedef {import('../pooling-run.js').Point} Point */
/** @typedef {{rows: PoolingRow[], published: boolean}} Compared `published`: drawn too */

const ENOUGH = 3; // trials; with fewer the interval is too wide to be drawn as a band
const FRAME = { marginLeft: 40, marginRight: 84, marginTop: 28, marginBottom: 38 };
const HEIGHT = { accuracy: 340, lead: 250 };
const NAME = (/** @type {{arm: string}} */ { arm }) => POOLING_NAMES[arm];

/** @param {number} width */
const xAxis = (width) => (/** @type {const} */ ({
  type: 'log', domain: [SIZES[0], SIZES.at(-1)], label: 'training examples', ticks: SIZES,
  tickFormat: (/** @type {number} */ size) => (width < 500 ? `${size / 1000}k` : formatCount(size)),
}));

/**
 * @param {Point[]} points @param {Point[]} published @param {[number, number]} domain of y
 * @param {{height: number, unit: string}} about
 */
function marksOf(points, published, domain, { height, unit }) {
  const pixels = height - FRAME.marginTop - FRAME.marginBottom;
  const ends = spreadLabels(curveEnds(points, ({ arm }) => arm),
    ({ mean }) => (pixels * (domain[1] - mean)) / (domain[1] - domain[0]), { line: 15, bottom: pixels - 6 });
  return [
    Plot.areaY(points.filter(({ n }) => n >= ENOUGH), { x: 'value', ...INTERVAL, z: 'arm', fill: armColor, fillOpacity: 0.15, clip: true }),
    Plot.dot(published, { x: 'value', y: 'mean', r: 4, stroke: armColor, strokeWidth: 1.5 }),
    Plot.line(points, { x: 'value', y: 'mean', z: 'arm', stroke: armColor, strokeWidth: 2 }),
    Plot.dot(points, { x: 'value', y: 'mean', r: 3, fill: armColor }),
    ...labelColumn(ends, { text: NAME }),
    tipMark(points, {
      x: 'value', y: 'mean',
      title: (/** @type {Point} */ point) =>
        `${NAME(point)}, ${formatCount(point.value)} examples\n${formatMeanPlain(point)} (n = ${point.n}) ${unit}`,
    }, points.map(({ value, mean, arm }) => ({ x: value, y: mean, curve: arm }))),
  ];
}

/** @param {Point[]} points @param {number[]} usual ends of the axis @param {number} step @returns {[number, number]} */
const domainOf = (points, [low, high], step) => [
  Math.min(low, ...points.map(({ mean }) => Math.floor(mean / step) * step)),
  Math.max(high, ...points.map(({ mean }) => Math.ceil(mean / step) * step)),
];

/** @param {Compared} compared @param {number} width */
function accuracyPlot({ rows, published }, width) {
  const [points, beside] = [meansOf(rows), published ? meansOf(publishedRows()) : []];
  const domain = domainOf([...points, ...beside], [50, 100], 10);
  return {
    ...FRAME,
    height: HEIGHT.accuracy,
    ariaLabel: 'test accuracy of five CNNs by the size of the training set',
    x: xAxis(width),
    y: { domain, label: 'test accuracy, %', grid: true, ticks: 5 },
    marks: marksOf(points, beside, domain, { height: HEIGHT.accuracy, unit: '%' }),
  };
}

/** @param {Compared} compared @param {number} width */
function leadPlot({ rows, published }, width) {
  const stored = /** @type {PoolingRow[]} */ (publishedRows().map((row) => ({ ...row, trial: 0 })));
  const [points, beside] = [leadsOf(rows), published ? leadsOf(stored) : []];
  const domain = domainOf([...points, ...beside], [-5, 20], 5);
  return {
    ...FRAME,
    height: HEIGHT.lead,
    ariaLabel: 'lead over no pooling by the size of the training set',
    x: xAxis(width),
    y: { domain, label: 'minus no pooling, points', grid: true, ticks: 5 },
    marks: [Plot.ruleY([0], { stroke: 'var(--ink)' }), ...marksOf(points, beside, domain, { height: HEIGHT.lead, unit: 'points' })],
  };
}

/** @param {Compared} compared @returns {import('../../ui/legend.js').Key[]} */
const legend = ({ rows, published }) => [
  ...(published ? [/** @type {import('../../ui/legend.js').Key} */ ({ mark: 'dot', text: 'published, one run', width: 4, hollow: true })] : []),
  ...(meansOf(rows).some(({ n }) => n >= ENOUGH) ? [BAND_KEY] : []),
];

/** @param {HTMLElement} node of the accuracies @param {HTMLElement} below of the leads */
export function mountPoolingChart(node, below) {
  const charts = [mountPlot(node, accuracyPlot, legend), mountPlot(below, leadPlot, legend)];
  return {
    /** @param {Compared} compared */
    update(compared) {
      for (const chart of charts) chart.update(compared);
    },
  };
}
