// Accuracy of the four models over training steps: solid for inputs in order, dashed for shuffled ones;
// the results that came with the page are thin and pale behind the visitor's.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatMeanPlain } from '../../records/format.js';
import { interval } from '../../records/stats.js';
import { INTERVAL, armColor, curveEnds, mountPlot, spreadLabels, tipMark } from '../../ui/plot.js';
import { NAMES } from '../training-run.js';

/** @typedef {import('../training-run.js').Row} Row */
/** @typedef {'test_acc' | 'train_acc'} Quantity */
/** @typedef {{live: Row[], shipped: Row[], steps: number, human: number | null}} Curves */
/** @typedef {{arm: string, condition: string, step: number, mean: number, halfWidth: number, n: number, live: boolean}} Point */

const HEIGHT = 360;
const MARGINS = { top: 30, bottom: 36 };
const LINE = 15; // pixels between two labels
const ENOUGH = 3; // trials; with fewer the interval is too wide to be drawn as a band

/** @param {Row[]} rows @param {Quantity} quantity @param {boolean} live @returns {Point[]} means over trials */
function means(rows, quantity, live) {
  const known = rows.filter((row) => Number.isFinite(row[quantity]));
  return [...Map.groupBy(known, ({ arm, condition, step }) => `${arm} ${condition} ${step}`).values()]
    .map((group) => {
      const { arm, condition, step } = group[0];
      return { arm, condition, step, live, ...interval(group.map((row) => row[quantity])) };
    })
    .sort((a, b) => a.step - b.step);
}

/** The end of each curve, where its label goes. @param {Point[]} points */
function ends(points) {
  const pixels = HEIGHT - MARGINS.top - MARGINS.bottom;
  const last = curveEnds(points, ({ arm, condition }) => `${arm} ${condition}`);
  return spreadLabels(last, ({ mean }) => pixels * (1 - mean / 100), { line: LINE, bottom: pixels + 4 });
}

/** @param {Point} point @returns {string} */
const describePoint = ({ live, ...point }) =>
  `${NAMES[point.arm]}, ${point.condition === 'plain' ? 'inputs in order' : 'inputs shuffled'}\n` +
  `step ${point.step}: ${formatMeanPlain(point)} % (n = ${point.n}${live ? '' : ', shipped'})`;

/** A line for each model and condition. @param {Point[]} points @param {{strokeWidth: number, strokeOpacity: number}} style */
const lineMarks = (points, style) => ['plain', 'shuffled'].map((condition) =>
  Plot.line(points.filter((point) => point.condition === condition), {
    x: 'step', y: 'mean', z: 'arm', stroke: armColor, clip: true,
    strokeDasharray: condition === 'shuffled' ? '5 4' : undefined,
    ...style,
  }));

/** @param {Point[]} points */
const bandMark = (points) => Plot.areaY(points.filter(({ n }) => n >= ENOUGH), {
  x: 'step', ...INTERVAL,
  z: ({ arm, condition }) => `${arm} ${condition}`, fill: armColor, fillOpacity: 0.15, clip: true,
});

/** @param {Point & {dy: number}} end */
const labelMark = (end) => Plot.text([end], {
  x: 'step', y: 'mean', dx: 6, dy: end.dy, textAnchor: 'start', fill: armColor, stroke: 'var(--paper)', strokeWidth: 3,
  text: ({ arm, condition }) => NAMES[arm] + (condition === 'plain' ? '' : ', shuffled'),
  fontWeight: end.condition === 'plain' ? 600 : 400,
});

/** @param {number | null} human accuracy, where it is known */
const humanMarks = (human) => (human === null ? [] : [
  Plot.ruleY([human], { stroke: 'var(--ink)', strokeWidth: 0.75 }),
  Plot.text([human], { y: (/** @type {number} */ d) => d, text: () => 'human', frameAnchor: 'left', dx: 4, dy: -7, fill: 'var(--ink)' }),
]);

/** @param {HTMLElement} node @param {{title: string, quantity: Quantity}} options */
export function mountLearningCurvesChart(node, { title, quantity }) {
  return mountPlot(node, (/** @type {Curves} */ { live, shipped, steps, human }, width) => {
    const now = means(live, quantity, true);
    const before = means(shipped, quantity, false).filter(({ step }) => step <= steps);
    const behind = now.length ? { strokeWidth: 1, strokeOpacity: 0.4 } : { strokeWidth: 1.5, strokeOpacity: 1 };
    return {
      height: HEIGHT,
      marginTop: MARGINS.top,
      marginBottom: MARGINS.bottom,
      marginLeft: 34,
      marginRight: 112,
      ariaLabel: `${title} by training step, four models, inputs in order and shuffled`,
      x: { domain: [0, steps], label: 'steps', ticks: width < 420 ? 3 : 5, tickFormat: 'd' },
      y: { domain: [0, 100], label: title, grid: true, ticks: 5 },
      marks: [
        ...humanMarks(human),
        bandMark(before),
        bandMark(now),
        ...lineMarks(before, behind),
        ...lineMarks(now, { strokeWidth: 2, strokeOpacity: 1 }),
        ...ends(now.length ? now : before).map(labelMark),
        tipMark([...before, ...now], { x: 'step', y: 'mean', title: describePoint }),
      ],
    };
  });
}
