// Accuracy of the four models over training steps: solid for inputs in order, dashed for shuffled ones;
// the results that came with the page are thin and pale behind the visitor's.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatMeanPlain } from '../../records/format.js';
import { interval } from '../../records/stats.js';
import { DOTS, openedKeys } from '../../ui/opened-keys.js';
import { BAND_KEY, INTERVAL, armColor, curveEnds, labelColumn, mountPlot, spreadLabels } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { NAMES } from '../training-run.js';

/** @typedef {import('../training-run.js').Row} Row */
/** @typedef {'test_acc' | 'train_acc'} Quantity */
/**
 * `opened` are results of files.
 * @typedef {{live: Row[], shipped: Row[], edited: import('../training-run.js').EditedRows | null, opened: import('../training-run.js').EditedRows[],
 *   steps: number, human: number | null}} Curves */
/** @typedef {{arm: string, condition: string, step: number, mean: number, halfWidth: number, n: number, live: boolean, file?: string}} Point `file`: the name of the one that it is of */

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

const curveOf = (/** @type {Point} */ { arm, condition }) => `${arm} ${condition}`;

/**
 * The names of the curves, each where the longest of its curves ends; and of the line of people.
 * @param {Point[]} points @param {number | null} human
 */
function nameMarks(points, human) {
  const pixels = HEIGHT - MARGINS.top - MARGINS.bottom;
  const last = curveEnds(points.toSorted((a, b) => a.step - b.step), curveOf).map(({ arm, condition, mean }) => ({
    arm, mean, name: NAMES[arm] + (condition === 'plain' ? '' : ', shuffled'),
  }));
  const people = human === null ? [] : [{ arm: 'ink', mean: human, name: 'people' }];
  const labels = [...last, ...people].sort((a, b) => b.mean - a.mean);
  return labelColumn(
    spreadLabels(labels, ({ mean }) => pixels * (1 - mean / 100), { line: LINE, bottom: pixels + 4 }),
    { text: 'name', dx: 6 },
  );
}

/** @param {Point} point @returns {string} */
const describePoint = ({ live, file, ...point }) =>
  `${NAMES[point.arm]}, ${point.condition === 'plain' ? 'inputs in order' : 'inputs shuffled'}\n` +
  `step ${point.step}: ${formatMeanPlain(point)} % (n = ${point.n}${live ? '' : `, ${file ?? 'shipped'}`})`;

/** Of a file: dotted, of shuffled inputs paler. @param {Point[]} points */
const fileMarks = (points) => ['plain', 'shuffled'].map((condition) => Plot.line(points.filter((point) => point.condition === condition), {
  x: 'step', y: 'mean', z: 'arm', stroke: armColor, clip: true, ...DOTS, strokeOpacity: condition === 'shuffled' ? 0.5 : 1, ariaDescription: 'opened',
}));

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

/** What its marks mean. @param {Point[]} now @param {Point[]} before @param {Curves['edited']} edited @returns {import('../../ui/legend.js').Key[]} */
function legend(now, before, edited) {
  const trials = (/** @type {Point[]} */ points) => Math.max(...points.map(({ n }) => n));
  /** @type {[boolean, import('../../ui/legend.js').Key][]} */ const keys = [
    [before.length > 0 && !now.length, { text: `shipped, n = ${trials(before)}` }],
    [true, { mark: 'line', text: 'inputs in order' }],
    [true, { mark: 'line', text: 'shuffled', dash: '5 4' }],
    [now.length > 0, { mark: 'line', text: `bold: your run, n = ${trials(now)}`, width: 2.5 }],
    [before.length > 0 && now.length > 0, { mark: 'line', text: `thin: shipped, n = ${trials(before)}`, width: 1, opacity: 0.6 }],
    [edited !== null, { mark: 'line', text: edited?.name ?? '', width: 2.5, color: 'var(--edited)' }],
    [[...now, ...before].some(({ n }) => n >= ENOUGH), BAND_KEY],
  ];
  return keys.flatMap(([there, key]) => (there ? [key] : []));
}

/** Both results as they are drawn. @param {Curves} curves @param {Quantity} quantity */
const drawnOf = ({ live, shipped, edited, opened, steps }, quantity) => ({
  now: means(live, quantity, true),
  own: means((edited?.rows ?? []).map((row) => ({ ...row, arm: 'edited' })), quantity, true),
  files: opened.map(({ name, rows }) => means(rows, quantity, false).map((point) => ({ ...point, file: name }))),
  before: means(shipped, quantity, false).filter(({ step }) => step <= steps),
});

/** @param {HTMLElement} node @param {{title: string, quantity: Quantity}} options */
export function mountLearningCurvesChart(node, { title, quantity }) {
  return mountPlot(node, (/** @type {Curves} */ curves, width) => {
    const { steps, human } = curves;
    const { now, before, own, files } = drawnOf(curves, quantity);
    const all = [...before, ...now, ...own, ...files.flat()];
    const behind = now.length ? { strokeWidth: 1, strokeOpacity: 0.4 } : { strokeWidth: 1.5, strokeOpacity: 1 };
    return {
      height: HEIGHT,
      marginTop: MARGINS.top,
      marginBottom: MARGINS.bottom,
      marginLeft: 34,
      marginRight: 112,
      ariaLabel: `${title} by training step, four networks, inputs in order and shuffled`,
      x: { domain: [0, steps], label: 'steps', ticks: width < 420 ? 3 : 5, tickFormat: 'd' },
      y: { domain: [0, 100], label: title, grid: true, ticks: 5 },
      marks: [
        Plot.ruleY(human === null ? [] : [human], { stroke: 'var(--ink)', strokeWidth: 0.75 }),
        bandMark(before),
        bandMark(now),
        ...lineMarks(before, behind),
        ...lineMarks(now, { strokeWidth: 2, strokeOpacity: 1 }),
        bandMark(own),
        ...lineMarks(own, { strokeWidth: 2.5, strokeOpacity: 1 }),
        ...files.flatMap(fileMarks),
        ...nameMarks(all, human),
        tipMark(all, { x: 'step', y: 'mean', title: describePoint }, all.map((point) => (
          { x: point.step, y: point.mean, curve: `${curveOf(point)} ${point.live} ${point.file}` }))),
      ],
    };
  }, (curves) => {
    const { now, before } = drawnOf(curves, quantity);
    return [...legend(now, before, curves.edited), ...openedKeys(curves.opened)];
  });
}
