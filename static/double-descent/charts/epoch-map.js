// The test error over width and epoch as a map: the darker, the higher. Dots: each width's best epoch.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatPercent } from '../../records/format.js';
import { DESCENT_WIDTHS } from '../../from-python.js';
import { mountPlot } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { cellsOf } from '../curves.js';

/** @typedef {import('../curves.js').Row} Row */
/** @typedef {import('../curves.js').Cell} Cell */
/** `epoch`: whose row is framed; null for the last one. @typedef {{rows: Row[], epoch: number | null}} EpochMap */

const LINE = 13; // pixels of an epoch
const FAINT = 0.06; // of the least error
const SPAN = 20; // points from the least error to full strength: beyond it all is equally dark

/** @param {Cell[]} cells @returns {Cell[]} of each width the epoch where the mean is least */
const bestCells = (cells) => [...Map.groupBy(cells, ({ width }) => width).values()]
  .map((column) => column.reduce((best, one) => (one.value < best.value ? one : best)));

/** @param {EpochMap} map */
function plotOf({ rows, epoch }) {
  const cells = cellsOf(rows, 'test_error');
  const epochs = [...new Set(cells.map((cell) => cell.epoch))].sort((a, b) => b - a); // the last one on top
  const least = Math.min(...cells.map(({ value }) => value));
  const strength = (/** @type {Cell} */ { value }) => Math.min(1, FAINT + ((1 - FAINT) * (value - least)) / SPAN);
  const at = { x: 'width', y: 'epoch' };
  return {
    height: 34 + LINE * Math.max(1, epochs.length) + 40, marginLeft: 44, marginRight: 14, marginTop: 34, marginBottom: 40,
    ariaLabel: 'test error by width and epoch',
    x: { type: /** @type {const} */ ('band'), domain: DESCENT_WIDTHS, label: 'units of each hidden layer', padding: 0, tickSize: 0,
      tickFormat: (/** @type {number} */ width) => (DESCENT_WIDTHS.indexOf(width) % 2 ? '' : String(width)) },
    y: { type: /** @type {const} */ ('band'), domain: epochs, label: 'epoch', padding: 0, tickSize: 0,
      tickFormat: (/** @type {number} */ one) => (epochs.indexOf(one) % 2 ? '' : String(one)) },
    opacity: { type: /** @type {const} */ ('identity') },
    marks: [
      Plot.cell(cells, { ...at, fill: 'var(--lottery)', fillOpacity: strength, inset: 0.25 }),
      Plot.dot(bestCells(cells), { ...at, r: 2.5, fill: 'var(--ink)', stroke: 'var(--paper)', strokeWidth: 0.75, ariaDescription: 'best epoch' }),
      ...(epoch === null ? [] : [Plot.cell(cells.filter((cell) => cell.epoch === epoch), { ...at, stroke: 'var(--ink)', strokeOpacity: 0.5, fill: 'none' })]),
      tipMark(cells, {
        ...at,
        title: (/** @type {Cell} */ { width, epoch: when, value, n }) => `width ${width}, epoch ${when}\n${formatPercent(value).replace('\u00a0', ' ')} of the test examples wrong (n = ${n})`,
      }),
    ],
  };
}

/** @returns {import('../../ui/legend.js').Key[]} */
const legend = () => [
  { mark: 'band', text: 'test error: least', color: 'var(--lottery)', opacity: FAINT },
  { mark: 'band', text: `${SPAN} points more, or beyond`, color: 'var(--lottery)', opacity: 1 },
  { mark: 'dot', text: 'a width’s best epoch', color: 'var(--ink)', width: 2.5 },
];

/** @param {HTMLElement} node */
export const mountEpochMapChart = (node) => mountPlot(node, plotOf, legend);
