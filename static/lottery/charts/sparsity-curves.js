// A search: one quantity, or its difference to dense, against sparsity for lottery, random and dense. The
// shipped result lies quietly under the live one; values can be read with the pointer or the arrow keys.
// @ts-check
import * as Plot from '@observablehq/plot';
import { lessDense, summarize } from '../../records/stats.js';
import { element } from '../../ui/dom.js';
import { fileNumber, openedKeys } from '../../ui/opened-keys.js';
import { BAND_KEY, INTERVAL, armColor, curveEnds, labelColumn, mountPlot, spreadLabels } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { UNITS, readings } from '../search-readings.js';
import { fittedRange } from '../value-range.js';
import { openedMarks } from './opened-files.js';

/** @typedef {import('../../records/types.js').Measurement} Measurement */
/** @typedef {import('../../records/stats.js').Quantity} Quantity */
/** @typedef {import('../../records/stats.js').Summary} Summary */
/** @typedef {import('../search-readings.js').Reading} Reading */
/** @typedef {(row: {sparsity: number}) => number} Across the place of a row on the axis */

/**
 * @typedef {object} Search
 * @property {Measurement[]} live
 * @property {Measurement[]} shipped
 * @property {Measurement[]} current networks in training
 * @property {{name: string, records: Measurement[]}[]} opened results of files
 * @property {Quantity} quantity
 * @property {boolean} difference to dense, paired by trial, not the values themselves
 * @property {boolean} log spread out what is nearly empty
 */

/**
 * What is drawn of a search: rows, and their means.
 * @typedef {object} Drawn
 * @property {Measurement[]} dots networks of the live result
 * @property {Measurement[]} shippedDots of the shipped one, where no band shows their spread
 * @property {Measurement[]} current
 * @property {Summary[]} below the shipped result
 * @property {Summary[]} above the live one
 * @property {Summary[][]} files
 * @property {Summary[]} dense of the foremost result: one line says where dense is
 */

const TICKS = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999]; // sparsities, for the log axis
const MANY = 200; // dots
const BANDED = 5; // trials from which a band says more than the dots: at 2 its t is 12.7
const MARGINS = { top: 30, bottom: 42 }; // pixels

/** Of a quantity: what it is called, and its axis as ../value-range.js takes it. @type {Record<Quantity, {what: string, least: number, limits: [number, number], empty: [number, number]}>} */
const SCALES = {
  test_acc: { what: 'test accuracy', least: 4, limits: [0, 100], empty: [0, 100] },
  best_test_acc: { what: 'best test accuracy', least: 4, limits: [0, 100], empty: [0, 100] },
  test_loss: { what: 'test loss', least: 0.2, limits: [0, Infinity], empty: [0, 1] },
};

/** What the values are called. @param {Quantity} quantity */
export const whatIs = (quantity) => SCALES[quantity].what;

/** @param {number} value */
const clean = (value) => Number((100 * value).toFixed(2)); // a tick as it is said: 99.5, not 99.50000001

/** What is drawn: on a log axis there is no place for "all deleted". @param {boolean} log */
const hasPlace = (log) => (/** @type {{sparsity: number}} */ { sparsity }) => !log || sparsity < 1;

/** @param {{arm: string, level: number}} row */
const isPruned = ({ arm, level }) => arm !== 'dense' && level > 0;

/** @param {Search} search @returns {Drawn} */
function drawnOf({ live, shipped, current, opened, quantity, difference, log }) {
  const rowsOf = (/** @type {Measurement[]} */ records, among = records) =>
    (difference ? lessDense(records, quantity, among) : records).filter(hasPlace(log));
  const growing = current.map((row) => ({ ...row, best_test_acc: row.test_acc })); // the best so far is not known
  const [dots, shippedRows] = [rowsOf(live), rowsOf(shipped)];
  const [below, above, ...files] = [shippedRows, dots, ...opened.map(({ records }) => rowsOf(records))]
    .map((rows) => summarize(rows, quantity));
  const front = hasBegun(above) || !below.length ? above : below;
  return {
    dots, below, above, files,
    current: rowsOf(growing, live),
    shippedDots: below.every(({ n }) => n < BANDED) ? shippedRows : [],
    dense: [front, ...files].map((rows) => rows.filter(({ arm }) => arm === 'dense')).find((rows) => rows.length) ?? [],
  };
}

/** @param {Summary[]} summaries of a result @returns {boolean} whether it has more than the dense network */
const hasBegun = (summaries) => summaries.some(({ arm, level }) => arm === 'lottery' && level > 0);

/** A dot a network. @param {Measurement[]} records @param {Quantity} quantity @param {Across} x @param {boolean} quiet */
function networkMarks(records, quantity, x, quiet) {
  const pruned = records.filter(isPruned);
  const few = pruned.length < MANY;
  return Plot.dot(pruned, {
    x, y: quantity, r: few ? 2.5 : 1.3, fill: armColor, fillOpacity: (few ? 0.7 : 0.4) / (quiet ? 2 : 1), clip: true,
    ariaLabel: () => (quiet ? 'shipped network' : 'network'),
  });
}

/** Line and band of each arm of one result. @param {Summary[]} summaries @param {Across} x @param {boolean} quiet */
function resultMarks(summaries, x, quiet) {
  const sparse = summaries.filter(({ arm }) => arm !== 'dense');
  return [
    Plot.areaY(sparse.filter(({ n }) => n >= BANDED), {
      fill: armColor, fillOpacity: quiet ? 0.08 : 0.16, ...INTERVAL, clip: true, x, z: 'arm',
    }),
    Plot.line(sparse, { stroke: armColor, strokeOpacity: quiet ? 0.5 : 1, clip: true, x, y: 'mean', z: 'arm', strokeWidth: quiet ? 1.25 : 2.25 }),
  ];
}

/** The dense network, from one side to the other. @param {Summary[]} dense */
const denseMarks = (dense) => [
  Plot.rect(dense.filter(({ n }) => n >= BANDED), { fill: armColor, fillOpacity: 0.08, ...INTERVAL, clip: true }),
  Plot.ruleY(dense, { stroke: armColor, clip: true, y: 'mean', strokeDasharray: '5 4', strokeWidth: 1.5, ariaDescription: 'dense' }),
];

/**
 * The arms' names, each at the height where the foremost result's curve ends, and the numbers of the files.
 * @param {Drawn} drawn @param {[number, number]} domain @param {number} tall pixels of the frame
 */
function nameMarks({ below, above, files, dense }, [low, high], tall) {
  const rows = (hasBegun(above) ? above : below).filter(isPruned);
  const numbers = files.flatMap((rows, index) => rows.filter(({ arm }) => arm === 'lottery').slice(-1)
    .map((row) => ({ ...row, name: fileNumber(index, files.length) })));
  const labels = [...curveEnds(rows, ({ arm }) => arm), ...dense].map((row) => ({ ...row, name: row.arm }));
  const all = [...labels, ...numbers.filter(({ name }) => name)].sort((a, b) => b.mean - a.mean);
  return labelColumn(
    spreadLabels(all, ({ mean }) => tall * ((high - mean) / (high - low)), { line: 15, bottom: tall }), { text: 'name' },
  );
}

/** @param {Drawn} drawn @param {Search} search @returns {[number, number]} */
function range({ dots, shippedDots, current, below, above, files, dense }, { quantity, difference }) {
  const banded = [...below, ...above].filter(({ arm }) => arm !== 'dense').concat(dense);
  const means = [...banded, ...files.flat().filter(({ arm }) => arm !== 'dense')];
  /** @type {[number, number][]} */ const spans = banded.filter(({ n }) => n >= BANDED)
    .map(({ mean, halfWidth }) => [mean - halfWidth, mean + halfWidth]);
  const values = [...dots, ...shippedDots].filter(isPruned).map((row) => Number(row[quantity]));
  // A network in training comes up from below; the axis would follow it at every redraw.
  const waiting = means.length ? [] : current.map((row) => Number(row[quantity]));
  const { least, limits, empty } = SCALES[quantity];
  return fittedRange(
    { spans: [...spans, ...means.map(({ mean }) => /** @type {[number, number]} */ ([mean, mean]))], dots: [...values, ...waiting] },
    { least, limits: difference ? [-Infinity, Infinity] : limits, empty: difference ? [-least, least] : empty },
  );
}

/** @param {Summary[][]} results @param {boolean} log */
function axis(results, log) {
  const label = 'weights deleted';
  const labelArrow = /** @type {const} */ ('right');
  if (!log) return { domain: [0, 1], label, labelArrow, tickFormat: (/** @type {number} */ d) => `${clean(d)} %`, ticks: 6 };
  const left = results.flat().map(({ sparsity }) => 1 - sparsity).filter((density) => density > 0);
  const least = 0.9 * Math.min(0.1, ...left);
  const ticks = TICKS.map((sparsity) => 1 - sparsity).filter((density) => density >= least);
  return {
    type: /** @type {const} */ ('log'), domain: [1, least], label, labelArrow, ticks,
    tickFormat: (/** @type {number} */ d) => `${clean(1 - d)} %`,
  };
}

/** What its axis says. @param {Search} search */
function valueLabel({ quantity, difference }) {
  const { unit, step } = UNITS[quantity];
  return difference ? `${whatIs(quantity)} minus dense, ${step}` : `${whatIs(quantity)}, ${unit}`;
}

/** What its marks mean. @param {Search} search @returns {import('../../ui/legend.js').Key[]} */
function legend(search) {
  const { below, above, shippedDots, dots, current } = drawnOf(search);
  const live = hasBegun(above);
  const trials = (/** @type {Summary[]} */ rows) => Math.max(...rows.map(({ n }) => n));
  /** @type {[boolean, import('../../ui/legend.js').Key][]} */ const keys = [
    [live, { mark: 'line', text: `your run, n = ${trials(above)}`, width: 2.25 }],
    [below.length > 0, { mark: 'line', text: `shipped, n = ${trials(below)}`, ...(live ? { width: 1.25, opacity: 0.6 } : { width: 2.25 }) }],
    [[...below, ...above].some(({ n }) => n >= BANDED), BAND_KEY],
    [[...dots, ...shippedDots].some(isPruned), { mark: 'dot', text: 'one network', width: 2.5 }],
    [current.length > 0, { mark: 'dot', text: 'in training', width: 5, hollow: true }],
  ];
  return [...keys.flatMap(([there, key]) => (there ? [key] : [])), ...openedKeys(search.opened)];
}

/** Corners of all lines, which a tip must not cover. @param {Drawn} drawn @param {Across} x @param {number[]} across the axis */
const corners = ({ below, above, files, dense }, x, across) => [
  ...[below, above, ...files].flatMap((rows, index) => rows.filter(({ arm }) => arm !== 'dense')
    .map((row) => ({ x: x(row), y: row.mean, curve: `${index} ${row.arm}` }))),
  ...dense.flatMap(({ mean }) => across.map((end) => ({ x: end, y: mean, curve: 'dense' }))),
];

/**
 * @param {Search} search @param {number} width in pixels
 * @param {number | null} picked the sparsity that the arrow keys read
 * @returns {Plot.PlotOptions}
 */
function plotOptions(search, width, picked) {
  const { quantity, difference, log } = search;
  const drawn = drawnOf(search);
  const { below, above, current } = drawn;
  const x = (/** @type {{sparsity: number}} */ row) => (log ? 1 - row.sparsity : row.sparsity);
  const domain = range(drawn, search);
  const height = width < 640 ? 280 : 400;
  const across = axis([below, above, ...drawn.files], log);
  const within = (/** @type {Measurement} */ row) => Math.max(domain[0], Math.min(domain[1], Number(row[quantity])));
  return {
    height,
    marginTop: MARGINS.top,
    marginLeft: 44,
    marginRight: 62,
    marginBottom: MARGINS.bottom,
    ariaLabel: `${difference ? 'Difference to dense of ' : ''}${whatIs(quantity)} against sparsity for lottery, random and dense`,
    x: across,
    y: { domain, label: valueLabel(search), grid: true, ticks: 6 },
    marks: [
      ...denseMarks(drawn.dense),
      ...resultMarks(below, x, hasBegun(above)),
      ...resultMarks(above, x, false),
      networkMarks(drawn.shippedDots, quantity, x, true),
      networkMarks(drawn.dots, quantity, x, false),
      ...openedMarks(search.opened.map(({ name }, i) => ({ name, rows: drawn.files[i] })), x),
      Plot.dot(current, { x, y: within, r: 5, stroke: armColor, strokeWidth: 2, fill: 'var(--paper)' }), // out of sight, it waits at the edge
      ...nameMarks(drawn, domain, height - MARGINS.top - MARGINS.bottom),
      ...readingMarks(readingsOf(search), picked, x, corners(drawn, x, across.domain)),
    ],
  };
}

/** @param {Search} search @returns {Reading[]} of what is drawn */
const readingsOf = ({ live, shipped, opened, quantity, difference, log }) =>
  readings([{ name: 'yours', records: live }, { name: 'shipped', records: shipped }, ...opened], quantity, difference).filter(hasPlace(log));

/**
 * What is read at a sparsity: the one that the keys have picked, or the pointer's.
 * @param {Reading[]} read @param {number | null} picked @param {Across} x @param {import('../../ui/tip.js').Corner[]} curves
 */
function readingMarks(read, picked, x, curves) {
  const tip = { x, y: 'value', title: 'text' };
  const line = { x, stroke: 'var(--quiet)', strokeOpacity: 0.6 };
  const here = read.filter(({ sparsity }) => sparsity === picked);
  if (here.length) return [Plot.ruleX(here, line), tipMark(here, tip, curves, null)];
  return [Plot.ruleX(read, Plot.pointerX(line)), tipMark(read, tip, curves, Plot.pointerX)];
}

/** @param {string} key @param {number} at index of the reading that is picked, -1 for none @param {number} count @returns {number | undefined} the next; -1 for none */
function nextReading(key, at, count) {
  const next = { ArrowRight: at + 1, ArrowLeft: at < 0 ? count - 1 : at - 1, Home: 0, End: count - 1 }[key];
  if (key === 'Escape') return -1;
  return next === undefined ? undefined : Math.max(0, Math.min(count - 1, next));
}

/** @param {HTMLElement} node */
export function mountSparsityChart(node) {
  const place = element('div');
  const spoken = element('p', { className: 'visually-hidden' });
  spoken.setAttribute('role', 'status');
  node.tabIndex = 0;
  node.setAttribute('role', 'group');
  node.setAttribute('aria-label', 'Chart against sparsity: the arrow keys read its values');
  node.append(place, spoken);
  /** @type {Search | null} */ let shown = null;
  /** @type {number | null} */ let picked = null; // sparsity that the keys have got to
  const view = mountPlot(place, (/** @type {Search} */ search, width) => plotOptions(search, width, picked), legend);

  node.addEventListener('keydown', (event) => {
    if (!shown || event.altKey || event.ctrlKey || event.metaKey) return; // the browser's own
    const read = readingsOf(shown);
    const to = nextReading(event.key, read.findIndex(({ sparsity }) => sparsity === picked), read.length);
    if (to === undefined) return;
    event.preventDefault(); // the page stays where it is
    picked = read[to]?.sparsity ?? null;
    spoken.textContent = read[to]?.text.replaceAll('\n', ', ') ?? '';
    view.update(shown);
  });
  node.addEventListener('focusout', () => {
    if (picked === null || !shown) return;
    picked = null;
    view.update(shown);
  });

  return {
    /** @param {Search} search */
    update(search) {
      shown = search;
      view.update(search);
    },
  };
}
