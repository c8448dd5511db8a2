// Learning curves of the arms, one small panel a condition: means over the trials that got there.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../../records/format.js';
import { DOTS, openedKeys } from '../../ui/opened-keys.js';
import { armColor, curveEnds, labelColumn, mountPlot, spreadLabels } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';

/** @typedef {import('../arm-differences.js').Row} Row */
/** `opened` are results of files. @typedef {{records: Row[], opened: {name: string, records: Row[]}[], steps: number, quantity: 'test_acc' | 'test_loss'}} Learning */
/** @typedef {{arm: string, condition: string, step: number, mean: number, n: number, file?: string}} Point `file`: the name of the one that it is of */

export const TITLES = /** @type {Record<string, string>} */ ({
  fresh: 'fresh data', reinitialized: 'reinitialised', flipped: 'inputs flipped',
  chunked: 'four chunks permuted', halves: 'halves swapped', shuffled: 'inputs shuffled', late: 'late rewind', search: 'data of the search',
});
const UNITS = { test_acc: 'test accuracy, %', test_loss: 'test loss, nats' };
const PANEL = 190; // height, with the space to the next
const INNER = 132; // of the plot in it

/** @param {Row[]} records @param {'test_acc' | 'test_loss'} quantity @returns {Point[]} */
function means(records, quantity) {
  const groups = Map.groupBy(records.filter((row) => Number.isFinite(row[quantity])), ({ arm, condition, step }) => `${arm} ${condition} ${step}`);
  return [...groups.values()].map((rows) => {
    const [{ arm, condition, step }] = rows;
    return { arm, condition, step, n: rows.length, mean: rows.reduce((sum, row) => sum + row[quantity], 0) / rows.length };
  }).sort((a, b) => a.step - b.step);
}

/** @param {HTMLElement} node */
export function mountArmCurvesChart(node) {
  return mountPlot(node, (/** @type {Learning} */ { records, opened, steps, quantity }, width) => {
    const own = means(records, quantity);
    const files = opened.flatMap((one) => means(one.records, quantity).map((point) => ({ ...point, file: one.name })));
    const points = /** @type {Point[]} */ ([...own, ...files]);
    const conditions = Object.keys(TITLES).filter((name) => points.some(({ condition }) => condition === name));
    const columns = Math.min(conditions.length, width < 480 ? 1 : width < 800 ? 2 : 3) || 1;
    const facet = {
      fx: (/** @type {Point} */ { condition }) => conditions.indexOf(condition) % columns,
      fy: (/** @type {Point} */ { condition }) => Math.floor(conditions.indexOf(condition) / columns),
    };
    const late = points.filter(({ step }) => step >= steps / 10).map(({ mean }) => mean); // the first steps are nearly equal in all arms
    const values = late.length ? late : points.map(({ mean }) => mean);
    const domain = quantity === 'test_acc' ?
      [Math.max(0, Math.min(55, ...values) - 3), Math.min(100, Math.max(65, ...values) + 2)] :
      [Math.max(0, Math.min(1, ...values) - 0.1), Math.max(1.5, ...values) + 0.1];
    const ends = conditions.flatMap((name) => apart(points.toSorted((a, b) => a.step - b.step).filter(({ condition }) => condition === name), domain));
    return {
      height: 64 + PANEL * Math.ceil(conditions.length / columns),
      marginTop: 44,
      marginLeft: 42,
      marginRight: 62,
      marginBottom: 38,
      ariaLabel: `${UNITS[quantity]} by step, one panel for each condition`,
      x: { domain: [0, steps], label: 'steps', ticks: 3, tickFormat: 'd' },
      y: { domain, label: UNITS[quantity], grid: true, ticks: 4 },
      fx: { axis: null, padding: 0.3 },
      fy: { axis: null, padding: 0.2 },
      marks: [
        Plot.text(conditions.map((condition) => ({ condition })), {
          ...facet, text: ({ condition }) => TITLES[condition], frameAnchor: 'top-left', dx: 0, dy: -14, fontWeight: 600,
        }),
        Plot.line(own, { ...facet, x: 'step', y: 'mean', stroke: armColor, z: 'arm', strokeWidth: 1.75, clip: true }),
        Plot.line(files, { ...facet, x: 'step', y: 'mean', stroke: armColor, z: (/** @type {Point} */ { arm, file }) => `${arm} ${file}`, ...DOTS, clip: true, ariaDescription: 'opened' }),
        ...labelColumn(ends, {
          ...facet, y: (/** @type {Point} */ { mean }) => Math.max(domain[0], Math.min(domain[1], mean)), text: 'arm', dx: 6,
        }),
        tipMark(points, {
          ...facet, x: 'step', y: 'mean',
          title: (/** @type {Point} */ { arm, step, mean, n, file }) => `${arm}, step ${step}\n${formatNumber(mean, 2)} (n = ${n})${file ? `\n${file}` : ''}`,
        }, points.map((point) => ({ x: point.step, y: point.mean, curve: `${point.arm} ${point.file}`, fx: facet.fx(point), fy: facet.fy(point) }))),
      ],
    };
  }, ({ opened }) => openedKeys(opened));
}

/** The end of each curve of a panel, its label moved. @param {Point[]} points @param {number[]} domain */
function apart(points, [low, high]) {
  const share = (/** @type {number} */ mean) => (Math.max(low, Math.min(high, mean)) - low) / (high - low);
  return spreadLabels(curveEnds(points, ({ arm }) => arm), ({ mean }) => INNER * (1 - share(mean)));
}
