// Each arm's difference to the dense network: trials, mean and interval; shipped and published behind.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatDifference, formatSigned } from '../../records/format.js';
import { HALO, armColor, armTextColor, mountPlot } from '../../ui/plot.js';
import { describeDelta, nameOf, rank } from '../arm-differences.js';
import { SOURCES } from '../published.js';

/** @typedef {import('../arm-differences.js').Delta} Delta */
/** @typedef {{arm: string, condition: string, source: import('../published.js').Source, delta: number}} Mark */
/** @typedef {{live: Delta[], shipped: Delta[], published: Mark[]}} Differences */

const BEYOND = 8; // points that an interval may stretch the axis by
const ROW = 46; // pixels: a line of text above a line of marks

/** @param {{arm: string, condition: string}} row */
const row = (row) => `${row.arm} ${row.condition}`;

/** In numbers. @param {Differences} differences @returns {import('../../records/types.js').TextAlternative} */
export function describe({ live, shipped, published }) {
  const rows = (/** @type {string} */ of, /** @type {Delta[]} */ all) =>
    all.map((one) => [nameOf(one), of, formatDifference(one), String(one.n)]);
  const names = [...live, ...shipped].map(row);
  const marks = published.filter((mark) => names.includes(row(mark)));
  return {
    tables: [{
      caption: 'Test accuracy less the dense network’s, in points: means, from two trials on with 95 % t-intervals.',
      head: ['arm', 'result', 'difference', 'n'],
      rows: [
        ...rows('your run', live), ...rows('shipped', shipped),
        ...marks.map((mark) => [nameOf(mark), SOURCES[mark.source], formatSigned(mark.delta), '–']),
      ],
    }],
  };
}

/** @param {HTMLElement} node */
export function mountArmDifferencesChart(node) {
  return mountPlot(node, (/** @type {Differences} */ { live, shipped, published }, width) => {
    const known = [...live, ...shipped.filter((one) => !live.some((other) => row(other) === row(one)))];
    known.sort((a, b) => rank(a) - rank(b));
    const names = known.map(row);
    const marks = published.filter((mark) => names.includes(row(mark)));
    const reach = [
      -2, 2,
      ...[...live, ...shipped].flatMap(({ mean, halfWidth, values }) => {
        const span = Math.min(halfWidth || 0, BEYOND); // two trials can have an interval far wider than the chart
        return [...values, mean - span, mean + span];
      }),
      ...marks.map(({ delta }) => delta),
    ];
    const place = (/** @type {{arm: string, condition: string}} */ one) => row(one);
    const spans = (/** @type {Delta[]} */ rows) => rows.filter(({ n }) => n > 1);
    const ends = { x1: (/** @type {Delta} */ d) => d.mean - d.halfWidth, x2: (/** @type {Delta} */ d) => d.mean + d.halfWidth };
    return {
      height: 62 + names.length * ROW,
      marginTop: 22,
      marginLeft: 8,
      marginRight: 8,
      marginBottom: 40,
      ariaLabel: 'Test accuracy of each arm less the dense network’s, in points',
      x: { domain: [Math.min(...reach) - 0.5, Math.max(...reach) + 0.5], label: 'points of test accuracy above dense', grid: true, ticks: width < 640 ? 5 : 9 },
      y: { type: 'band', domain: names, axis: null, padding: 0 },
      marks: [
        Plot.ruleX([0], { stroke: 'var(--dense)', strokeWidth: 1.5 }),
        Plot.text(['dense'], { x: 0, text: (d) => d, frameAnchor: 'top', dy: -18, fontWeight: 600, fill: 'var(--dense)' }),
        Plot.text(known, {
          y: place, text: nameOf, frameAnchor: 'left', dy: -11, fontWeight: 600,
          fill: armTextColor, ...HALO,
        }),
        Plot.text(known, {
          y: place, text: (d) => describeDelta(d), frameAnchor: 'right', dy: -11, ...HALO,
          fill: (d) => (live.includes(d) ? 'var(--ink)' : 'var(--quiet)'), fontVariant: 'tabular-nums',
        }),
        Plot.ruleY(spans(shipped), { ...ends, y: place, dy: 9, stroke: armColor, strokeWidth: 9, strokeOpacity: 0.22, clip: true, ariaDescription: 'shipped' }),
        Plot.tickX(shipped, { x: 'mean', y: place, stroke: armColor, strokeWidth: 2, strokeOpacity: 0.55, insetTop: 27, insetBottom: 9 }),
        Plot.ruleY(spans(live), { ...ends, y: place, dy: 9, stroke: armColor, strokeWidth: 2, clip: true, ariaDescription: 'interval' }),
        Plot.dot(live.flatMap(({ values, ...rest }) => values.map((value) => ({ ...rest, value }))), {
          x: 'value', y: place, dy: 9, r: 2.5, fill: armColor, fillOpacity: 0.6, ariaDescription: 'trials',
        }),
        Plot.dot(live, { x: 'mean', y: place, dy: 9, r: 5, fill: armColor, stroke: 'var(--paper)', strokeWidth: 1.5, ariaDescription: 'means' }),
        Plot.dot(marks, {
          x: 'delta', y: place, dy: 9, r: 5.5, symbol: (/** @type {Mark} */ { source }) => (source === 'figure' ? 'diamond' : 'times'),
          stroke: 'var(--ink)', strokeWidth: 1.5, ariaDescription: 'published',
          title: (/** @type {Mark} */ { source, delta }) => `${SOURCES[source]}: ${delta.toFixed(1)}`,
        }),
      ],
    };
  });
}
