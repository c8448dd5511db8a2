// One accuracy of the four models over training steps: solid on the data, dashed on their shuffled
// twin; pale what came with the page.
// @ts-check
import * as Plot from '@observablehq/plot';
import { interval } from '../../records/stats.js';
import { INTERVAL, armColor, curveEnds, mountPlot, spreadLabels, tipMark } from '../../ui/plot.js';

/** @typedef {import('../training-run.js').Row} Row */
/** @typedef {'test_acc' | 'train_acc'} Quantity */
/** @typedef {{live: Row[], shipped: Row[], steps: number, human: number | null}} Curves */
/** @typedef {{arm: string, condition: string, step: number, mean: number, halfWidth: number, n: number, live: boolean}} Point */

export const NAMES = /** @type {Record<string, string>} */ ({ logistic: 'logistic', mlp: 'MLP', cnn: 'CNN', gru: 'GRU' });
const HEIGHT = 360;
const MARGINS = { top: 30, bottom: 36 };
const LINE = 15; // pixels between two labels
const ENOUGH = 3; // trials from which on a band says something

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

/** The end of each curve, its label moved. @param {Point[]} points */
function ends(points) {
  const pixels = HEIGHT - MARGINS.top - MARGINS.bottom;
  const last = curveEnds(points, ({ arm, condition }) => `${arm} ${condition}`);
  return spreadLabels(last, ({ mean }) => pixels * (1 - mean / 100), { line: LINE, bottom: pixels + 4 });
}

/** @param {Point} point @returns {string} */
const describePoint = ({ arm, condition, step, mean, halfWidth, n, live }) =>
  `${NAMES[arm]}, ${condition === 'plain' ? 'inputs in order' : 'inputs shuffled'}\n` +
  `step ${step}: ${mean.toFixed(1)}${n > 1 ? ` ± ${halfWidth.toFixed(1)}` : ''} % (n = ${n}${live ? '' : ', shipped'})`;

/** @param {HTMLElement} node @param {{title: string, quantity: Quantity}} options */
export function mountLearningCurvesChart(node, { title, quantity }) {
  return mountPlot(node, (/** @type {Curves} */ { live, shipped, steps, human }, width) => {
    const now = means(live, quantity, true);
    const before = means(shipped, quantity, false).filter(({ step }) => step <= steps);
    const points = [...before, ...now];
    const style = (/** @type {string} */ condition, /** @type {boolean} */ own) => ({
      x: 'step', y: 'mean', z: 'arm', stroke: armColor, clip: true,
      strokeDasharray: condition === 'shuffled' ? '5 4' : undefined,
      strokeWidth: own ? 2 : now.length ? 1 : 1.5,
      strokeOpacity: own || !now.length ? 1 : 0.4,
    });
    const lines = [false, true].flatMap((own) => ['plain', 'shuffled'].map((condition) =>
      Plot.line((own ? now : before).filter((point) => point.condition === condition), style(condition, own))));
    const bands = [before, now].map((set) => Plot.areaY(set.filter(({ n }) => n >= ENOUGH), {
      x: 'step', ...INTERVAL,
      z: ({ arm, condition }) => `${arm} ${condition}`, fill: armColor, fillOpacity: 0.15, clip: true,
    }));
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
        ...(human === null ? [] : [
          Plot.ruleY([human], { stroke: 'var(--ink)', strokeWidth: 0.75 }),
          Plot.text([human], { y: (/** @type {number} */ d) => d, text: () => 'human', frameAnchor: 'left', dx: 4, dy: -7, fill: 'var(--ink)' }),
        ]),
        ...bands,
        ...lines,
        ...ends(now.length ? now : before).map((end) => Plot.text([end], {
          x: 'step', y: 'mean', dx: 6, dy: end.dy, textAnchor: 'start', fill: armColor, stroke: 'var(--paper)', strokeWidth: 3,
          text: ({ arm, condition }) => NAMES[arm] + (condition === 'plain' ? '' : ', shuffled'),
          fontWeight: end.condition === 'plain' ? 600 : 400,
        })),
        tipMark(points, { x: 'step', y: 'mean', title: describePoint }),
      ],
    };
  });
}
