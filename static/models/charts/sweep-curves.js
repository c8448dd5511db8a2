// Test accuracy of the four models over one knob of the data, the gap between CNN and MLP shaded; and
// below it the gap itself.
// @ts-check
import * as Plot from '@observablehq/plot';
import { interval } from '../../records/stats.js';
import { INTERVAL, armColor, curveEnds, mountPlot, spreadLabels, tipMark } from '../../ui/plot.js';
import { NAMES } from './learning-curves.js';

/** @typedef {import('../sweep-run.js').Row} Row */
/** @typedef {import('../sweep-run.js').Gap} Gap */
/** @typedef {{rows: Row[], gaps: Gap[], axis: string, domain: [number, number], now: number}} Swept `now`: the slider's value */
/** @typedef {import('../../records/stats.js').Mean & {arm: string, value: number}} Point */

const ENOUGH = 3; // trials from which on a band says something

/** @param {Row[]} rows @returns {Point[]} */
const means = (rows) => [...Map.groupBy(rows, ({ arm, value }) => `${arm} ${value}`).values()]
  .map((group) => ({ arm: group[0].arm, value: group[0].value, ...interval(group.map(({ test_acc }) => test_acc)) }))
  .sort((a, b) => a.value - b.value);

/** The end of each curve, its label moved. @param {Point[]} points */
const ends = (points) =>
  spreadLabels(curveEnds(points, ({ arm }) => arm), ({ mean }) => 2.5 * (100 - mean), { line: 15 });

/** @param {{mean: number, halfWidth: number, n: number}} found @returns {string} */
const written = ({ mean, halfWidth, n }) => `${mean.toFixed(1)}${n > 1 ? ` ± ${halfWidth.toFixed(1)}` : ''} (n = ${n})`;

/** @param {HTMLElement} node @param {HTMLElement} below */
export function mountSweepChart(node, below) {
  const x = (/** @type {Swept} */ { axis, domain }) => ({ domain, label: axis, ticks: 6 });
  const frame = { marginLeft: 40, marginRight: 66, marginTop: 28, marginBottom: 38 };
  const top = mountPlot(node, (/** @type {Swept} */ swept) => {
    const points = means(swept.rows);
    const pair = [...Map.groupBy(points, ({ value }) => value)].map(([value, group]) => ({
      value,
      cnn: group.find(({ arm }) => arm === 'cnn')?.mean,
      mlp: group.find(({ arm }) => arm === 'mlp')?.mean,
    })).filter(({ cnn, mlp }) => cnn !== undefined && mlp !== undefined);
    return {
      ...frame,
      height: 316,
      ariaLabel: `test accuracy of four models by ${swept.axis}`,
      x: x(swept),
      y: { domain: [0, 100], label: 'test accuracy, %', grid: true, ticks: 5 },
      marks: [
        Plot.areaY(pair, { x: 'value', y1: 'mlp', y2: 'cnn', fill: 'var(--cnn)', fillOpacity: 0.1 }),
        Plot.areaY(points.filter(({ n }) => n >= ENOUGH), {
          x: 'value', ...INTERVAL, z: 'arm',
          fill: armColor, fillOpacity: 0.15,
        }),
        Plot.ruleX([swept.now], { stroke: 'var(--quiet)', strokeDasharray: '2 3' }),
        Plot.line(points, { x: 'value', y: 'mean', z: 'arm', stroke: armColor, strokeWidth: 2 }),
        Plot.dot(points, { x: 'value', y: 'mean', r: 3, fill: armColor }),
        ...ends(points).map((end) => Plot.text([end], {
          x: 'value', y: 'mean', text: ({ arm }) => NAMES[arm], textAnchor: 'start', dx: 8, dy: end.dy, fontWeight: 600,
          fill: armColor(end),
        })),
        tipMark(points, {
          x: 'value', y: 'mean',
          title: (/** @type {Point} */ point) => `${NAMES[point.arm]} at ${point.value}\n${written(point)} %`,
        }),
      ],
    };
  });
  const bottom = mountPlot(below, (/** @type {Swept} */ swept) => ({
    ...frame,
    height: 170,
    ariaLabel: `CNN less MLP by ${swept.axis}`,
    x: x(swept),
    y: { domain: [Math.min(-5, ...swept.gaps.map(({ mean }) => mean)), Math.max(40, ...swept.gaps.map(({ mean }) => mean + 3))], label: 'CNN − MLP, points', grid: true, ticks: 4 },
    marks: [
      Plot.ruleY([0], { stroke: 'var(--ink)' }),
      Plot.areaY(swept.gaps.filter(({ n }) => n >= ENOUGH), {
        x: 'value', ...INTERVAL, fill: 'var(--cnn)', fillOpacity: 0.2,
      }),
      Plot.line(swept.gaps, { x: 'value', y: 'mean', stroke: 'var(--cnn)', strokeWidth: 2 }),
      Plot.dot(swept.gaps, { x: 'value', y: 'mean', r: 3, fill: 'var(--cnn)' }),
      tipMark(swept.gaps, {
        x: 'value', y: 'mean',
        title: (/** @type {Gap} */ gap) => `CNN − MLP at ${gap.value}\n${written(gap)} points`,
      }),
    ],
  }));
  return {
    /** @param {Swept} swept */
    update(swept) {
      top.update(swept);
      bottom.update(swept);
    },
  };
}
