// Marks for results that came from files, to be drawn over a chart against sparsity.
// @ts-check
import * as Plot from '@observablehq/plot';
import { DOTS } from '../../ui/opened-keys.js';
import { armColor } from '../../ui/plot.js';

/** @typedef {import('../../records/stats.js').Summary} Summary */
/** @typedef {{name: string, rows: Summary[]}} OpenedResult */

/** @param {OpenedResult[]} opened @param {(row: {sparsity: number}) => number} x */
export const openedMarks = (opened, x) => opened.map(({ rows }) => Plot.line(rows.filter(({ arm }) => arm !== 'dense'), {
  x, y: 'mean', z: 'arm', stroke: armColor, ...DOTS, clip: true,
}));
