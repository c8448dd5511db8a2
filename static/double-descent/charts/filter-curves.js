// Error over the filters of the CNN, of training and test examples: what came with the page, and what was published.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatMeanPlain } from '../../records/format.js';
import { extent } from '../../records/stats.js';
import { BAND_KEY, INTERVAL, mountPlot } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { meansOf, publishedCNNErrors, rowsAt } from '../curves.js';

/** @typedef {import('../curves.js').Row} Row */
/** @typedef {import('../curves.js').Point} Point */

const TEST = 'var(--lottery)';
const TRAIN = 'var(--random)';
const ENOUGH = 3; // seeds; with fewer the interval is too wide to be drawn as a band

/** @param {Point[]} points @param {string} color */
const curveMarks = (points, color) => [
  Plot.areaY(points.filter(({ n }) => n >= ENOUGH), { x: 'width', ...INTERVAL, fill: color, fillOpacity: 0.2, clip: true }),
  Plot.line(points, { x: 'width', y: 'mean', stroke: color, strokeWidth: 2, clip: true }),
  Plot.dot(points, { x: 'width', y: 'mean', r: 3, fill: color }),
];

/** @param {Row[]} rows */
function plotOf(rows) {
  const last = rowsAt(rows, null);
  const [test, train] = [meansOf(last, 'test_error'), meansOf(last, 'train_error')];
  const published = publishedCNNErrors();
  const all = [...test.map((one) => ({ ...one, name: 'test examples' })), ...train.map((one) => ({ ...one, name: 'training examples' }))];
  return {
    height: 320, marginLeft: 40, marginRight: 14, marginTop: 28, marginBottom: 40,
    ariaLabel: 'error of the CNN by its filters',
    x: { type: /** @type {const} */ ('log'), domain: extent([...published, ...test].map(({ width }) => width)), label: 'filters of each convolution', ticks: [2, 4, 10, 18, 28, 50, 100], tickFormat: String },
    y: { domain: [0, 70], label: 'error, %', grid: true, ticks: 7 },
    marks: [
      ...curveMarks(train, TRAIN), ...curveMarks(test, TEST),
      Plot.dot(published, { x: 'width', y: 'error', symbol: 'diamond', r: 4.5, stroke: TEST, strokeWidth: 1.5, fill: 'var(--paper)', fillOpacity: 0.5, ariaDescription: 'published' }),
      tipMark(all, {
        x: 'width', y: 'mean', title: (/** @type {typeof all[0]} */ one) => `${one.name}, ${one.width} filters\n${formatMeanPlain(one)} % (n = ${one.n})`,
      }, all.map(({ width, mean, name }) => ({ x: width, y: mean, curve: name }))),
    ],
  };
}

/** @param {Row[]} rows @returns {import('../../ui/legend.js').Key[]} */
const legend = (rows) => [
  { mark: 'line', text: 'test', color: TEST }, { mark: 'line', text: 'training', color: TRAIN },
  ...(new Set(rows.map(({ seed }) => seed)).size >= ENOUGH ? [BAND_KEY] : []),
  { mark: 'diamond', text: 'published, one run', color: TEST },
];

/** @param {HTMLElement} node */
export const mountFilterCurvesChart = (node) => mountPlot(node, plotOf, legend);
