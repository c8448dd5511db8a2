// Marks for results that came from files, to be drawn over a chart against sparsity.
// @ts-check
import * as Plot from '@observablehq/plot';
import { HALO, armColor } from '../../ui/plot.js';

/** @typedef {import('../../records/stats.js').Summary} Summary */
/** @typedef {{name: string, rows: Summary[]}} OpenedResult */

const SHORT = 24; // letters of a file's name that a chart has room for

/** @param {string} name its beginning and its end, where files of one kind differ */
const short = (name) => (name.length > SHORT ? `${name.slice(0, 9)}…${name.slice(9 - SHORT)}` : name);

/**
 * @param {OpenedResult[]} opened @param {(row: {sparsity: number}) => number} x
 * @returns {any[]} dotted, so that they are told from the page's own
 */
export function openedMarks(opened, x) {
  const dotted = { stroke: armColor, strokeDasharray: '0.1 5', strokeLinecap: 'round', strokeWidth: 3, clip: true };
  const number = (/** @type {number} */ index) => (opened.length > 1 ? String(index + 1) : '');
  return opened.flatMap(({ name, rows }, index) => [
    Plot.ruleY(rows.filter(({ arm }) => arm === 'dense'), { ...dotted, y: 'mean' }),
    Plot.line(rows.filter(({ arm }) => arm !== 'dense'), { ...dotted, x, y: 'mean', z: 'arm' }),
    Plot.text(rows.filter(({ arm }) => arm === 'lottery').slice(-1), {
      ...HALO, x, y: 'mean', text: () => number(index), dx: 10, fontWeight: 600, fill: armColor,
    }),
    Plot.text([`dotted ${number(index)}: ${short(name)}`.replace(' :', ':')], { // the lower left corner, where there are few curves
      frameAnchor: 'bottom-left', dx: 8, dy: -8 - 17 * (opened.length - 1 - index), fill: 'var(--quiet)',
      ...HALO, text: (/** @type {string} */ text) => text,
    }),
  ]);
}
