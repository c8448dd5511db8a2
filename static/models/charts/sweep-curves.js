// Test accuracy of the four models over one setting of the data, the gap between CNN and MLP shaded; and
// below it the gap itself.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatMeanPlain } from '../../records/format.js';
import { interval } from '../../records/stats.js';
import { DOTS, openedKeys } from '../../ui/opened-keys.js';
import { BAND_KEY, INTERVAL, armColor, curveEnds, labelColumn, mountPlot, spreadLabels } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { NAMES } from '../training-run.js';

/** @typedef {import('../sweep-run.js').Row} Row */
/** @typedef {import('../sweep-run.js').Gap} Gap */
/** @typedef {{name: string, rows: Row[], gaps: Gap[]}} OpenedSweep of a file */
/** @typedef {{rows: Row[], gaps: Gap[], opened: OpenedSweep[], axis: string, domain: [number, number], now: number}} Swept `now`: where the slider stands */
/** @typedef {import('../../records/stats.js').Mean & {arm: string, value: number}} Point */

const ENOUGH = 3; // trials; with fewer the interval is too wide to be drawn as a band
const FRAME = { marginLeft: 40, marginRight: 66, marginTop: 28, marginBottom: 38 };

/** @param {Row[]} rows @returns {Point[]} */
const means = (rows) => [...Map.groupBy(rows, ({ arm, value }) => `${arm} ${value}`).values()]
  .map((group) => ({ arm: group[0].arm, value: group[0].value, ...interval(group.map(({ test_acc }) => test_acc)) }))
  .sort((a, b) => a.value - b.value);

/** The end of each curve, where its label goes. @param {Point[]} points */
const ends = (points) =>
  spreadLabels(curveEnds(points, ({ arm }) => arm), ({ mean }) => 2.5 * (100 - mean), { line: 15 });

/** @param {import('../../records/stats.js').Mean} row @param {string} unit */
const describeMean = (row, unit) => `${formatMeanPlain(row)} (n = ${row.n}) ${unit}`;

/** @param {Swept} swept */
const xAxis = ({ axis, domain }) => ({ domain, label: axis, ticks: 6 });

/** Both models at each value that has both, for the area between them. @param {Point[]} points */
const pairs = (points) => [...Map.groupBy(points, ({ value }) => value)].map(([value, group]) => ({
  value,
  cnn: group.find(({ arm }) => arm === 'cnn')?.mean,
  mlp: group.find(({ arm }) => arm === 'mlp')?.mean,
})).filter(({ cnn, mlp }) => cnn !== undefined && mlp !== undefined);

/** @param {Swept} swept */
function accuracyPlot(swept) {
  const points = means(swept.rows);
  const files = swept.opened.flatMap(({ name, rows }) => means(rows).map((point) => ({ ...point, file: name })));
  const all = /** @type {(Point & {file?: string})[]} */ ([...points, ...files]);
  return {
    ...FRAME,
    height: 316,
    ariaLabel: `test accuracy of four networks by ${swept.axis}`,
    x: xAxis(swept),
    y: { domain: [0, 100], label: 'test accuracy, %', grid: true, ticks: 5 },
    marks: [
      Plot.areaY(pairs(points), { x: 'value', y1: 'mlp', y2: 'cnn', fill: 'var(--cnn)', fillOpacity: 0.1 }),
      Plot.areaY(points.filter(({ n }) => n >= ENOUGH), {
        x: 'value', ...INTERVAL, z: 'arm', fill: armColor, fillOpacity: 0.15,
      }),
      Plot.ruleX([swept.now], { stroke: 'var(--quiet)', strokeDasharray: '2 3' }),
      Plot.line(points, { x: 'value', y: 'mean', z: 'arm', stroke: armColor, strokeWidth: 2 }),
      Plot.dot(points, { x: 'value', y: 'mean', r: 3, fill: armColor }),
      ...swept.opened.flatMap(({ rows }) => dottedMarks(means(rows), armColor)),
      ...labelColumn(ends(points.length ? points : files), { text: (/** @type {Point} */ { arm }) => NAMES[arm] }),
      tipMark(all, {
        x: 'value', y: 'mean',
        title: (/** @type {typeof all[0]} */ point) => `${NAMES[point.arm]} at ${point.value}\n${describeMean(point, '%')}${point.file ? `\n${point.file}` : ''}`,
      }, all.map(({ value, mean, arm, file }) => ({ x: value, y: mean, curve: `${arm} ${file}` }))),
    ],
  };
}

/** Lines and means of a file. @param {{value: number, mean: number, arm?: string}[]} points @param {any} stroke */
const dottedMarks = (points, stroke) => [
  Plot.line(points, { x: 'value', y: 'mean', z: 'arm', stroke, ...DOTS, ariaDescription: 'opened' }),
  Plot.dot(points, { x: 'value', y: 'mean', r: 4, stroke, fill: 'var(--paper)', strokeWidth: 1.5, ariaDescription: 'opened mean' }),
];

/** @param {Swept} swept */
function gapPlot(swept) {
  const { gaps, opened } = swept;
  const files = opened.flatMap(({ name, gaps: own }) => own.map((gap) => ({ ...gap, file: name })));
  const all = /** @type {(Gap & {file?: string})[]} */ ([...gaps, ...files]);
  const domain = [Math.min(-5, ...all.map(({ mean }) => mean)), Math.max(40, ...all.map(({ mean }) => mean + 3))];
  return {
    ...FRAME,
    height: 170,
    ariaLabel: `CNN minus MLP by ${swept.axis}`,
    x: xAxis(swept),
    y: { domain, label: 'CNN − MLP, points', grid: true, ticks: 4 },
    marks: [
      Plot.ruleY([0], { stroke: 'var(--ink)' }),
      Plot.areaY(gaps.filter(({ n }) => n >= ENOUGH), { x: 'value', ...INTERVAL, fill: 'var(--cnn)', fillOpacity: 0.2 }),
      Plot.line(gaps, { x: 'value', y: 'mean', stroke: 'var(--cnn)', strokeWidth: 2 }),
      Plot.dot(gaps, { x: 'value', y: 'mean', r: 3, fill: 'var(--cnn)' }),
      ...opened.flatMap(({ gaps: own }) => dottedMarks(own, 'var(--cnn)')),
      tipMark(all, {
        x: 'value', y: 'mean',
        title: (/** @type {typeof all[0]} */ gap) => `CNN − MLP at ${gap.value}\n${describeMean(gap, 'points')}${gap.file ? `\n${gap.file}` : ''}`,
      }, all.map(({ value, mean }) => ({ x: value, y: mean }))),
    ],
  };
}

/** What its marks mean. @param {{n: number}[]} drawn @returns {import('../../ui/legend.js').Key[]} */
const bandKeys = (drawn) => (drawn.some(({ n }) => n >= ENOUGH) ? [BAND_KEY] : []);

/** @param {Swept} swept @returns {import('../../ui/legend.js').Key[]} */
const legend = ({ rows, now, opened }) => [
  { mark: 'band', text: 'between CNN and MLP', color: 'var(--cnn)', opacity: 0.15 },
  { mark: 'line', text: `your slider: ${now}`, width: 1, dash: '2 3' },
  ...bandKeys(means(rows)),
  ...openedKeys(opened),
];

/** @param {HTMLElement} node of the accuracies @param {HTMLElement} below of the gap */
export function mountSweepChart(node, below) {
  const charts = [mountPlot(node, accuracyPlot, legend), mountPlot(below, gapPlot, ({ gaps }) => bandKeys(gaps))];
  return {
    /** @param {Swept} swept */
    update(swept) {
      for (const chart of charts) chart.update(swept);
    },
  };
}
