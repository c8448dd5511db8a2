// A search: one quantity against sparsity for lottery, random and dense. The shipped result lies
// quietly under the live one; values can be read with the pointer or the arrow keys.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatPercent, formatMean, formatDifference } from '../../records/format.js';
import { summarize, toDense } from '../../records/stats.js';
import { element } from '../../ui/dom.js';
import { HALO, INTERVAL, armColor, armTextColor, mountPlot } from '../../ui/plot.js';
import { TARGET_SPARSITY } from '../../from-python.js';
import { openedMarks } from './opened-files.js';

/** @typedef {import('../../records/types.js').Measurement} Measurement */
/** @typedef {import('../../records/stats.js').Quantity} Quantity */
/** @typedef {import('../../records/stats.js').Summary} Summary */

/**
 * @typedef {object} Search
 * @property {Measurement[]} live
 * @property {Measurement[]} shipped
 * @property {Measurement[]} current networks in training
 * @property {{name: string, records: Measurement[]}[]} opened results of files
 * @property {Quantity} quantity
 * @property {boolean} log spread out what is nearly empty
 */

/** @typedef {{sparsity: number, value: number, text: string}} Reading all that is known at a sparsity */

const TICKS = [0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999]; // sparsities, for the log axis
const MANY = 200; // dots
const BANDED = 5; // trials from which a band says more than the dots: at 2 its t is 12.7

/** @param {Quantity} quantity */
const digits = (quantity) => (quantity === 'test_loss' ? 3 : 1);

/** @param {Quantity} quantity */
const unit = (quantity) => (quantity === 'test_loss' ? 'nats' : '%');

/** @param {number} value */
const clean = (value) => Number((100 * value).toFixed(2)); // a tick as it is said: 99.5, not 99.50000001

/** The lines of one result at one level, for a reader. @param {string} of @param {Measurement[]} records @param {Summary[]} at @param {Quantity} quantity */
function described(of, records, at, quantity) {
  const text = (/** @type {Summary} */ row) => `${row.arm} ${formatMean(row, digits(quantity))} ${unit(quantity)}`;
  const lottery = at.find(({ arm }) => arm === 'lottery');
  const delta = lottery?.level ? toDense(records, 'lottery', lottery.level, quantity) : null;
  return [
    `${of}, n = ${Math.max(...at.map(({ n }) => n))}`,
    ...(lottery?.level ? at.map(text) : at.filter(({ arm }) => arm === 'dense').map(text)),
    ...(delta ? [`lottery to dense ${formatDifference(delta, digits(quantity))}`] : []),
  ];
}

/** @param {Search} search @returns {Reading[]} ordered by sparsity */
function readings({ live, shipped, opened, quantity }) {
  /** @type {Map<string, Reading>} */ const found = new Map();
  const results = [{ name: 'yours', records: live }, { name: 'shipped', records: shipped }, ...opened];
  for (const { name: of, records } of results) {
    for (const at of Map.groupBy(summarize(records, quantity), ({ level }) => level).values()) {
      // Shipped numbers are rounded: what is equal to three digits is the same level.
      const { sparsity, mean } = at.find(({ arm }) => arm === 'lottery') ?? at[0];
      const before = found.get(sparsity.toFixed(3));
      const head = before?.text ?? (at[0].level ? `${formatPercent(100 * sparsity)} deleted` : 'nothing deleted');
      const text = [head, ...described(of, records, at, quantity)].join('\n');
      found.set(sparsity.toFixed(3), { sparsity, value: before?.value ?? mean, text });
    }
  }
  return [...found.values()].sort((a, b) => a.sparsity - b.sparsity);
}

/** A dot a network. @param {Measurement[]} records @param {Quantity} quantity @param {(row: {sparsity: number}) => number} x @param {boolean} quiet */
function networkMarks(records, quantity, x, quiet) {
  const pruned = records.filter((row) => row.arm !== 'dense' && row.level > 0);
  const few = pruned.length < MANY;
  return Plot.dot(pruned, {
    x, y: quantity, r: few ? 2.5 : 1.3, fill: armColor, fillOpacity: (few ? 0.7 : 0.4) / (quiet ? 2 : 1), clip: true,
    ariaLabel: () => (quiet ? 'shipped network' : 'network'),
  });
}

/** Line and band of each arm of one result. @param {Summary[]} summaries @param {(row: {sparsity: number}) => number} x @param {boolean} quiet */
function resultMarks(summaries, x, quiet) {
  const dense = summaries.filter(({ arm }) => arm === 'dense');
  const sparse = summaries.filter(({ arm }) => arm !== 'dense');
  const band = {
    fill: armColor,
    fillOpacity: quiet ? 0.08 : 0.16,
    ...INTERVAL,
    clip: true,
  };
  const stroke = { stroke: armColor, strokeOpacity: quiet ? 0.5 : 1, clip: true };
  return [
    Plot.rect(dense.filter(({ n }) => n >= BANDED), { ...band, fillOpacity: quiet ? 0.05 : 0.08 }),
    Plot.areaY(sparse.filter(({ n }) => n >= BANDED), { ...band, x, z: 'arm' }),
    Plot.ruleY(dense, { ...stroke, y: 'mean', strokeDasharray: '5 4', strokeWidth: quiet ? 1 : 1.5 }),
    Plot.line(sparse, { ...stroke, x, y: 'mean', z: 'arm', strokeWidth: quiet ? 1.25 : 2.25 }),
  ];
}

/** The arms' names near the target, each on the outer side of its line. @param {Summary[]} summaries @param {(row: {sparsity: number}) => number} x */
function nameMarks(summaries, x) {
  const distance = (/** @type {Summary} */ { sparsity }) => Math.abs(sparsity - TARGET_SPARSITY);
  const pruned = summaries.filter(({ arm, level }) => arm !== 'dense' && level > 0);
  const level = pruned.toSorted((a, b) => distance(a) - distance(b))[0]?.level;
  const named = pruned.filter((row) => row.level === level).sort((a, b) => b.mean - a.mean);
  const dense = summaries.filter(({ arm }) => arm === 'dense');
  const style = { text: 'arm', fontWeight: 600, fill: armTextColor, ...HALO };
  return [
    Plot.text(dense, { ...style, y: 'mean', frameAnchor: 'right', textAnchor: 'start', dx: 8 }),
    ...named.map((row, i) => Plot.text([row], { ...style, x, y: 'mean', dy: i === 0 ? -15 : 16 })),
  ];
}

/** @param {Search} search @param {Summary[][]} results @returns {[number, number]} */
function range({ live, current, quantity }, results) {
  const dots = [...live, ...current].map((row) => Number(row[quantity])).filter(Number.isFinite);
  const values = [...dots, ...results.flat().map(({ mean }) => mean)];
  if (quantity === 'test_loss') return [0, 1.05 * Math.max(1, ...values)];
  return [Math.max(0, Math.min(40, ...values) - 3), Math.max(75, ...values)];
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

const WHAT = { test_acc: 'test accuracy', best_test_acc: 'best test accuracy', test_loss: 'test loss' };

/** What is drawn: on a log axis there is no place for "all deleted". @param {boolean} log */
const hasPlace = (log) => (/** @type {{sparsity: number}} */ { sparsity }) => !log || sparsity < 1;

/**
 * @param {Search} search @param {number} width in pixels
 * @param {number | null} picked the sparsity that the arrow keys read
 * @returns {Plot.PlotOptions}
 */
function plotOptions(search, width, picked) {
  const { live, shipped, current, opened, quantity, log } = search;
  const results = [shipped, live, ...opened.map(({ records }) => records)]
    .map((records) => summarize(records, quantity).filter(hasPlace(log)));
  const [below, above, ...files] = results;
  const x = (/** @type {{sparsity: number}} */ row) => (log ? 1 - row.sparsity : row.sparsity);
  const begun = above.some(({ arm, level }) => arm === 'lottery' && level > 0);
  const scattered = below.every(({ n }) => n < BANDED); // no band shows the spread: draw the networks
  return {
    height: width < 640 ? 280 : 420,
    marginTop: 32,
    marginLeft: 44,
    marginRight: 58,
    marginBottom: 42,
    ariaLabel: `${WHAT[quantity]} against sparsity for lottery, random and dense`,
    x: axis(results, log),
    y: { domain: range(search, results), label: `${WHAT[quantity]}, ${unit(quantity)}`, grid: true },
    marks: [
      ...resultMarks(below, x, above.length > 0),
      ...resultMarks(above, x, false),
      networkMarks(scattered ? shipped.filter(hasPlace(log)) : [], quantity, x, true),
      networkMarks(live.filter(hasPlace(log)), quantity, x, false),
      ...openedMarks(opened.map(({ name }, i) => ({ name, rows: files[i] })), x),
      Plot.dot(current, {
        x, y: quantity === 'best_test_acc' ? 'test_acc' : quantity, r: 5, stroke: armColor, strokeWidth: 2,
        fill: 'var(--paper)', clip: true,
      }),
      ...nameMarks(begun ? above : below, x),
      ...readingMarks(readings(search).filter(hasPlace(log)), picked, x),
    ],
  };
}

/** What is read at a sparsity: the one that the keys have picked, or the pointer's. @param {Reading[]} read @param {number | null} picked @param {(row: {sparsity: number}) => number} x */
function readingMarks(read, picked, x) {
  const tip = { x, y: 'value', title: 'text', fill: 'var(--paper)', stroke: 'var(--quiet)' };
  const line = { x, stroke: 'var(--quiet)', strokeOpacity: 0.6 };
  const here = read.filter(({ sparsity }) => sparsity === picked);
  if (here.length) return [Plot.ruleX(here, line), Plot.tip(here, tip)];
  return [Plot.ruleX(read, Plot.pointerX(line)), Plot.tip(read, Plot.pointerX(tip))];
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
  const view = mountPlot(place, (/** @type {Search} */ search, width) => plotOptions(search, width, picked));

  node.addEventListener('keydown', (event) => {
    if (!shown || event.altKey || event.ctrlKey || event.metaKey) return; // the browser's own
    const read = readings(shown).filter(hasPlace(shown.log));
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
