// Retrained drawings on one line of test accuracy, between the found ticket, random and dense.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatNumber } from '../../records/format.js';
import { armColor, armTextColor, mountPlot } from '../../ui/plot.js';

/** @typedef {{arm: 'lottery' | 'random' | 'dense' | 'drawn', accuracy: number, text: string}} Mark */

const DOT = 11; // pixels, the radius of a drawing's dot: its number stands in it

/** @param {HTMLElement} node */
export function mountDrawnAccuracyChart(node) {
  return mountPlot(node, (/** @type {Mark[]} */ marks, width) => {
    const values = marks.map(({ accuracy }) => accuracy);
    const [low, high] = [Math.min(...values) - 1, Math.max(...values) + 1];
    const known = marks.filter(({ arm }) => arm !== 'drawn');
    const drawn = marks.filter(({ arm }) => arm === 'drawn');
    const x = (/** @type {Mark} */ { accuracy }) => ((accuracy - low) / (high - low)) * (width - 60);
    const labels = rowsOf(known, x);
    const dots = rowsOf(drawn, x, 2 * DOT + 2);
    const above = 24 + 16 * Math.max(0, ...labels.map(({ row }) => row));
    const tall = (2 * DOT + 2) * (1 + Math.max(1, ...dots.map(({ row }) => row)));
    return {
      height: 40 + tall + above,
      marginTop: above,
      marginLeft: 30,
      marginRight: 30,
      marginBottom: 40,
      ariaLabel: 'Test accuracy of the drawings beside lottery, random and dense',
      x: { domain: [low, high], label: 'test accuracy, %', ticks: width < 640 ? 5 : 9, grid: true },
      y: { domain: [0, tall], axis: null }, // pixels
      marks: [
        Plot.ruleX(known, { x: 'accuracy', stroke: armColor, strokeWidth: 2 }),
        ...labels.map(({ mark, row }) => Plot.text([mark], {
          x: 'accuracy', text: ({ text, accuracy }) => `${text} ${formatNumber(accuracy, 1)}`, frameAnchor: 'top',
          dy: -16 - 16 * row, fill: armTextColor, fontWeight: 600,
          textAnchor: x(mark) < 60 ? 'start' : x(mark) > width - 130 ? 'end' : 'middle',
        })),
        ...dots.flatMap(({ mark, row }) => {
          const place = { x: 'accuracy', y: (2 * DOT + 2) * (row + 0.5) };
          return [
            Plot.dot([mark], { ...place, r: DOT, fill: armColor, stroke: 'var(--paper)' }),
            Plot.text([mark], { ...place, text: 'text', fill: 'var(--paper)', fontWeight: 600 }),
          ];
        }),
      ],
    };
  });
}

/**
 * The line of text each label goes to, so that none overprints another.
 * @param {Mark[]} marks @param {(mark: Mark) => number} x @param {number} [room] a label's width
 */
function rowsOf(marks, x, room = 110) {
  /** @type {number[]} */ const ends = [];
  return [...marks].sort((a, b) => a.accuracy - b.accuracy).map((mark) => {
    const free = ends.findIndex((end) => end < x(mark));
    const row = free < 0 ? ends.length : free;
    ends[row] = x(mark) + room;
    return { mark, row };
  });
}
