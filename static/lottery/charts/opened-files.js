// Marks for results that came from files, to be drawn over a chart against sparsity, and their legend.
// @ts-check
import * as Plot from '@observablehq/plot';
import { armColor } from '../../ui/plot.js';

/** @typedef {import('../../records/stats.js').Summary} Summary */
/** @typedef {{name: string, rows: Summary[]}} OpenedResult */

const SHORT = 24; // letters of a file's name that a chart has room for
const DOTTED = '0.1 5'; // so that they are told from the page's own

/** @param {string} name its beginning and its end, where files of one kind differ */
const short = (name) => (name.length > SHORT ? `${name.slice(0, 9)}…${name.slice(9 - SHORT)}` : name);

/** What tells one file from the others. @param {number} index @param {number} count @returns {string} '' if it is the only one */
export const fileNumber = (index, count) => (count > 1 ? String(index + 1) : '');

/** @param {{name: string}[]} opened @returns {import('../../ui/legend.js').Key[]} */
export const openedKeys = (opened) => opened.map(({ name }, index) => ({
  mark: 'line', dash: DOTTED, width: 3, text: `dotted ${fileNumber(index, opened.length)}: ${short(name)}`.replace(' :', ':'),
}));

/** @param {OpenedResult[]} opened @param {(row: {sparsity: number}) => number} x */
export const openedMarks = (opened, x) => opened.map(({ rows }) => Plot.line(rows.filter(({ arm }) => arm !== 'dense'), {
  x, y: 'mean', z: 'arm', stroke: armColor, strokeDasharray: DOTTED, strokeLinecap: 'round', strokeWidth: 3, clip: true,
}));
