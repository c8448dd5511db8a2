// Error and loss over the width of the networks, of training and test examples: what came with the page, the
// visitor's on top, and what was published. Two such charts stand below one another.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatCount, formatMeanPlain } from '../../records/format.js';
import { BAND_KEY, INTERVAL, mountPlot } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { CLASSES, EXAMPLES, bestRows, meansOf, parametersOf, publishedErrors, rowsAt, widthOf } from '../curves.js';
import { DESCENT_WIDTHS } from '../../from-python.js';

/** @typedef {import('../curves.js').Row} Row */
/** @typedef {import('../curves.js').Quantity} Quantity */
/** @typedef {import('../curves.js').Point} Point */
/** What is drawn; `epoch`: null for the end of each training. @typedef {{shipped: Row[], own: Row[], epoch: number | null}} Curves */
/** @typedef {Point & {name: string}} Named */

const TEST = 'var(--lottery)';
const TRAIN = 'var(--random)';
const TICKS = [2, 4, 12, 21, 47, 104, 177, 300]; // a logarithmic axis of Plot writes no number that begins with 6 to 9
const ENOUGH = 3; // seeds; with fewer the interval is too wide to be drawn as a band
/** Where a network has as many parameters as there are training examples, or training outputs. */
const MARKS = [
  { text: 'n', width: widthOf(EXAMPLES) },
  { text: 'n·K', width: widthOf(EXAMPLES * CLASSES) },
];

/** Means over seeds with their band. @param {Point[]} points @param {string} color */
const shippedMarks = (points, color) => [
  Plot.areaY(points.filter(({ n }) => n >= ENOUGH), { x: 'width', ...INTERVAL, fill: color, fillOpacity: 0.2, clip: true }),
  Plot.line(points, { x: 'width', y: 'mean', stroke: color, strokeWidth: 2, clip: true }),
];

/** The visitor's. @param {Point[]} points @param {string} [dash] */
const ownMarks = (points, dash) => [
  Plot.ruleX(points.filter(({ n }) => n > 1), { x: 'width', ...INTERVAL, stroke: 'var(--ink)', clip: true }),
  Plot.line(points, { x: 'width', y: 'mean', stroke: 'var(--ink)', strokeWidth: 2.5, strokeDasharray: dash, clip: true }),
  Plot.dot(points, { x: 'width', y: 'mean', r: 3.5, fill: 'var(--ink)', ariaDescription: dash ? 'yours, training' : 'yours', clip: true }),
];

/** @param {string} label */
const xAxis = (label) => (/** @type {const} */ ({
  type: 'log', domain: [DESCENT_WIDTHS[0], DESCENT_WIDTHS.at(-1)], label, ticks: TICKS, tickFormat: String,
}));

/** @param {Point} point @param {string} name @returns {Named} */
const named = (point, name) => ({ ...point, name });

/** @param {string} unit @param {number} digits @param {Named[]} all */
const tips = (unit, digits, all) => tipMark(all, {
  x: 'width', y: 'mean',
  title: (/** @type {Named} */ point) => `${point.name}, width ${point.width} (${formatCount(parametersOf(point.width))} parameters)\n` +
    `${formatMeanPlain(point, digits)} ${unit} (n = ${point.n})`,
}, all.map(({ width, mean, name }) => ({ x: width, y: mean, curve: name })));

/** The four curves of a quantity. @param {Curves} curves @param {'error' | 'loss'} quantity */
function pointsOf({ shipped, own, epoch }, quantity) {
  const of = (/** @type {Row[]} */ rows, /** @type {'train' | 'test'} */ part) =>
    meansOf(rowsAt(rows, epoch), /** @type {Quantity} */ (`${part}_${quantity}`));
  return { test: of(shipped, 'test'), train: of(shipped, 'train'), ownTest: of(own, 'test'), ownTrain: of(own, 'train') };
}

/** @param {ReturnType<typeof pointsOf>} points @returns {Named[]} with a name each, for the tips */
const allOf = ({ test, train, ownTest, ownTrain }) => [
  ...ownTest.map((one) => named(one, 'your test examples')), ...ownTrain.map((one) => named(one, 'your training examples')),
  ...test.map((one) => named(one, 'test examples')), ...train.map((one) => named(one, 'training examples')),
];

/** @param {Curves} curves */
function errorPlot(curves) {
  const points = pointsOf(curves, 'error');
  const best = meansOf(bestRows(curves.own.length ? curves.own : curves.shipped), 'test_error');
  const published = curves.epoch === null ? publishedErrors(curves.shipped) : [];
  return {
    height: 380, marginLeft: 40, marginRight: 14, marginTop: 30, marginBottom: 40,
    ariaLabel: 'error by width',
    x: xAxis('units of each hidden layer'),
    y: { domain: [0, 90], label: 'error, %', grid: true, ticks: 9 },
    marks: [
      Plot.ruleX(MARKS, { x: 'width', stroke: 'var(--quiet)', strokeDasharray: '2 3' }),
      Plot.text(MARKS, { x: 'width', text: 'text', frameAnchor: 'top', dy: -14, fill: 'var(--quiet)' }),
      Plot.line(best, { x: 'width', y: 'mean', stroke: curves.own.length ? 'var(--ink)' : TEST, strokeWidth: 1.5, strokeDasharray: '2 4', ariaDescription: 'best epoch' }),
      ...shippedMarks(points.train, TRAIN), ...shippedMarks(points.test, TEST),
      Plot.dot(published, { x: 'width', y: 'error', symbol: 'diamond', r: 4.5, stroke: TEST, strokeWidth: 1.5, fill: 'var(--paper)', fillOpacity: 0.5, ariaDescription: 'published' }),
      ...ownMarks(points.ownTrain, '6 3'), ...ownMarks(points.ownTest),
      tips('%', 1, allOf(points)),
    ],
  };
}

/** @param {Curves} curves */
function lossPlot(curves) {
  const points = pointsOf(curves, 'loss');
  const all = allOf(points);
  const top = Math.max(2.5, ...all.map(({ mean }) => mean));
  return {
    height: 220, marginLeft: 40, marginRight: 14, marginTop: 28, marginBottom: 40,
    ariaLabel: 'loss by width',
    x: xAxis('units of each hidden layer'),
    y: { domain: [0, top], label: 'loss', grid: true, ticks: 5 },
    marks: [
      Plot.ruleX(MARKS, { x: 'width', stroke: 'var(--quiet)', strokeDasharray: '2 3' }),
      ...shippedMarks(points.train, TRAIN), ...shippedMarks(points.test, TEST),
      ...ownMarks(points.ownTrain, '6 3'), ...ownMarks(points.ownTest),
      tips('', 2, all),
    ],
  };
}

/** @param {Curves} curves @returns {import('../../ui/legend.js').Key[]} */
const legend = ({ shipped, own, epoch }) => [
  ...(shipped.length ? /** @type {import('../../ui/legend.js').Key[]} */ ([
    { mark: 'line', text: 'test', color: TEST }, { mark: 'line', text: 'training', color: TRAIN }, BAND_KEY,
  ]) : []),
  ...(own.length ? /** @type {import('../../ui/legend.js').Key[]} */ ([
    { mark: 'line', text: 'your test', color: 'var(--ink)', width: 2.5 }, { mark: 'line', text: 'your training', color: 'var(--ink)', dash: '6 3' },
  ]) : []),
  { mark: 'line', text: 'test at each network’s best epoch', dash: '2 4', width: 1.5, color: own.length ? 'var(--ink)' : TEST },
  ...(epoch === null && publishedErrors(shipped).length ? [{ mark: /** @type {const} */ ('diamond'), text: 'published, one run', color: TEST }] : []),
];

/** @param {HTMLElement} node of the errors @param {HTMLElement} below of the losses */
export function mountWidthCurvesChart(node, below) {
  const charts = [mountPlot(node, errorPlot, legend), mountPlot(below, lossPlot)];
  return {
    /** @param {Curves} curves */
    update(curves) {
      for (const chart of charts) chart.update(curves);
    },
  };
}
