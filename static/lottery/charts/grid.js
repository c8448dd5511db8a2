// Where tickets win: for each comparison a map of width and sparsity, and below it lines for matched
// numbers of survivors. Cells are chosen by a click or the arrow keys. Which are run is the figure's.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatCount, formatSigned } from '../../records/format.js';
import { element } from '../../ui/dom.js';
import { makeLegend } from '../../ui/legend.js';
import { DOTS } from '../../ui/opened-keys.js';
import { mountPlot } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { CELLS, COMPARISONS } from '../../from-python.js';
import { LINES, WIDTHS, cellAt, cellKey, lineKey, lineText, sideOf, spanText, titleOf, widthsText } from '../grid-cells.js';

/** @typedef {import('../grid-cells.js').Cell} Cell */
/** @typedef {import('../grid-cells.js').GridRow} GridRow */
/** @typedef {import('../opened-results.js').OpenedGrid} OpenedGrid */
/** @typedef {{shipped: GridRow[], live: GridRow[], opened: OpenedGrid[], chosen: Cell}} Grid `opened` is of files */
/** @typedef {Grid & {comparison: string}} Panel */

const FULL = 8; // points at which a cell has its full colour
const BEYOND = 3; // points that an interval may stretch the axis by
const ROW = 42; // pixels
const MARGINS = { marginLeft: 46, marginRight: 4 }; // so that the columns of both charts are in line
/** Of the matched numbers of survivors: mark, its place beside the others, and the line. @type {Record<string, {symbol: any, sign: string, dx: number, dash: string}>} */
const MATCHED = {
  5000: { symbol: 'circle', sign: '○', dx: -9, dash: '1 3' },
  20000: { symbol: 'square', sign: '□', dx: 0, dash: '5 3' },
  27000: { symbol: 'triangle', sign: '△', dx: 9, dash: '' },
};
const X = { type: /** @type {const} */ ('band'), domain: WIDTHS, label: 'hidden units', padding: 0 };
const PLAIN = CELLS.filter(({ survivors }) => !survivors);
const SPARSITIES = [...new Set(PLAIN.map(({ sparsity }) => sparsity))];

/** @type {import('../../ui/legend.js').Key[]} */ const KEYS = [
  { mark: 'band', text: 'above zero', color: 'var(--gain)' },
  { mark: 'band', text: 'below zero', color: 'var(--loss)' },
  { text: 'bold or filled: the whole 95 % interval is on that side; pale or hollow: it is not' },
  { text: 'yours: the lower half of a cell, or ◇' },
];

/** By name, the rows of each result. @param {Grid} grid @returns {[string, GridRow[]][]} */
const resultsOf = ({ shipped, live, opened }) => [
  ['shipped', shipped], ['yours', live], ...opened.map(({ name, rows }) => /** @type {[string, GridRow[]]} */ ([name, rows])),
];

const colorOf = (/** @type {{mean: number}} */ { mean }) => (mean < 0 ? 'var(--loss)' : 'var(--gain)');
const isClear = (/** @type {GridRow} */ row) => sideOf(row) !== 'open';

/** In numbers. @param {Grid & {holds: import('../grid-cells.js').GridHolds[]}} grid @returns {import('../../records/types.js').TextAlternative} */
export function describe({ holds, ...grid }) {
  const rows = COMPARISONS.flatMap(({ name }) => CELLS.flatMap((cell) =>
    resultsOf(grid).flatMap(([of, all]) => all
      .filter((row) => row.comparison === name && cellKey(row) === cellKey(cell))
      .map((row) => [titleOf(name), String(cell.hidden), lineText(cell), of, spanText(row), String(row.n)]))));
  const where = (/** @type {import('../grid-cells.js').GridHolds} */ { sparsity, survivors }) =>
    (survivors ? `${formatCount(survivors)} survivors` : lineText({ hidden: 0, sparsity: Number(sparsity), survivors }));
  return {
    tables: [
      {
        caption: 'Differences of test accuracy, in points: means, from two trials on with 95 % t-intervals.',
        head: ['difference', 'hidden units', 'ticket', 'result', 'mean [interval]', 'n'],
        rows,
      },
      {
        caption: 'Where the whole interval is above zero, as shipped.',
        head: ['difference', 'ticket', 'above zero'],
        rows: holds.map((one) => [titleOf(one.comparison), where(one), widthsText(one)]),
      },
    ],
  };
}

/** What a tip says of a cell. @param {Panel} panel @param {Cell} cell */
function tipText({ comparison, ...grid }, cell) {
  const told = resultsOf(grid).flatMap(([of, rows]) => rows
    .filter((row) => row.comparison === comparison && cellKey(row) === cellKey(cell))
    .map((row) => `${of} ${spanText(row)}, n = ${row.n}`));
  return [`${cell.hidden} hidden units`, lineText(cell), ...(told.length ? told : ['not run yet'])].join('\n');
}

/**
 * The cells of one result: a colour, and the number on it.
 * @param {GridRow[]} rows @param {{top?: number, bottom?: number, name: string}} place which part of the cell
 */
function cellMarks(rows, { top = 0, bottom = 0, name }) {
  const at = { x: 'hidden', y: 'sparsity' };
  const write = { ...at, text: (/** @type {GridRow} */ { mean }) => formatSigned(mean), dy: (top - bottom) / 2 };
  return [
    Plot.cell(rows, {
      ...at, ...(name === 'opened' ? { stroke: 'var(--ink)', strokeWidth: 1, strokeDasharray: '1 3' } : {}), insetTop: 1 + top, insetBottom: 1 + bottom, insetLeft: 1, insetRight: 1, fill: colorOf, ariaDescription: name,
      fillOpacity: ({ mean }) => Math.min(1, Math.abs(mean) / FULL),
    }),
    Plot.text(rows.filter(isClear), { ...write, fontWeight: 700, fill: 'var(--ink)', ariaDescription: `${name}, clear of zero` }),
    Plot.text(rows.filter((row) => !isClear(row)), { ...write, fill: 'var(--quiet)', ariaDescription: `${name}, open` }),
  ];
}

/**
 * Results above one another, in each cell those that have it.
 * @param {[name: string, rows: GridRow[]][]} layers
 */
function stacked(layers) {
  const has = (/** @type {string} */ key) => layers.filter(([, rows]) => rows.some((row) => cellKey(row) === key));
  return layers.flatMap(([name, rows]) => {
    const groups = Map.groupBy(rows, (row) => {
      const there = has(cellKey(row)).map(([one]) => one);
      return `${there.indexOf(name)} ${there.length}`;
    });
    return [...groups].flatMap(([key, members]) => {
      const [at, of] = key.split(' ').map(Number);
      return cellMarks(members, { top: (ROW * at) / of, bottom: (ROW * (of - 1 - at)) / of, name });
    });
  });
}

/** The map of one comparison. @param {Panel} panel */
function mapPlot(panel) {
  const { comparison, chosen } = panel;
  const here = (/** @type {GridRow} */ row) => row.comparison === comparison && !row.survivors && SPARSITIES.includes(row.sparsity);
  const newest = new Map(panel.opened.flatMap(({ rows }) => rows.filter(here).map((row) => [cellKey(row), row]))); // of several files the last
  return {
    ...MARGINS,
    height: 24 + SPARSITIES.length * ROW + 6,
    marginTop: 24,
    marginBottom: 6,
    ariaLabel: `${titleOf(comparison)}, by hidden units and share of weights deleted`,
    x: { ...X, axis: null },
    y: { type: /** @type {const} */ ('band'), domain: SPARSITIES, padding: 0 },
    opacity: { type: /** @type {const} */ ('identity') },
    marks: [
      Plot.axisX({ anchor: 'top', label: null, tickSize: 0 }),
      Plot.axisY({ label: null, tickSize: 0, tickFormat: (/** @type {number} */ d) => `${Math.round(100 * d)}\u00a0%` }),
      Plot.text(['deleted'], { text: (d) => d, frameAnchor: 'top-left', textAnchor: 'start', dx: -MARGINS.marginLeft, dy: -18, fill: 'var(--quiet)' }),
      Plot.cell(PLAIN, { x: 'hidden', y: 'sparsity', inset: 1, stroke: 'var(--rule)' }),
      ...stacked([['shipped', panel.shipped.filter(here)], ['yours', panel.live.filter(here)], ['opened', [...newest.values()]]]),
      Plot.cell(chosen.survivors ? [] : [chosen], { x: 'hidden', y: 'sparsity', stroke: 'var(--ink)', strokeWidth: 2.5, ariaDescription: 'chosen' }),
      tipMark(PLAIN, { x: 'hidden', y: 'sparsity', title: (/** @type {Cell} */ cell) => tipText(panel, cell) }),
    ],
  };
}

/** The lines of one comparison. @param {Panel} panel */
function linesPlot(panel) {
  const { comparison, chosen } = panel;
  const matched = [panel.shipped, panel.live, panel.opened.flatMap(({ rows }) => rows)]
    .map((rows) => rows.filter(({ survivors, hidden }) => survivors && WIDTHS.includes(hidden)));
  const [allShipped, allLive, allOpened] = matched;
  const here = (/** @type {GridRow[]} */ rows) => rows.filter((row) => row.comparison === comparison);
  const reach = [-1, 1, ...matched.flat().flatMap(({ mean, low, high }) =>
    [Math.max(low ?? mean, mean - BEYOND), Math.min(high ?? mean, mean + BEYOND)])];
  const fill = (/** @type {GridRow} */ row) => (isClear(row) ? colorOf(row) : 'var(--paper)');
  const span = { x: 'hidden', y1: 'low', y2: 'high', clip: true };
  return {
    ...MARGINS,
    height: 210,
    marginTop: 10,
    marginBottom: 40,
    ariaLabel: `${titleOf(comparison)}, by hidden units, for matched numbers of survivors`,
    x: X,
    y: { domain: [Math.min(...reach) - 0.5, Math.max(...reach) + 0.5], label: null, grid: true, ticks: 5, tickFormat: (/** @type {number} */ d) => (d ? formatSigned(d, 0) : '0') },
    marks: [
      Plot.ruleY([0], { stroke: 'var(--ink)' }),
      ...Object.entries(MATCHED).flatMap(([survivors, { symbol, dx, dash }]) => {
        const own = (/** @type {GridRow[]} */ rows) => here(rows).filter((row) => String(row.survivors) === survivors);
        const [shipped, live, opened] = matched.map(own);
        const picked = chosen.survivors === Number(survivors) ? [chosen, ...shipped, ...live, ...opened].filter((row) => cellKey(row) === cellKey(chosen)) : [];
        return [
          Plot.ruleX(picked.slice(0, 1), { x: 'hidden', dx, stroke: 'var(--ink)', strokeOpacity: 0.14, strokeWidth: 14, ariaDescription: 'chosen' }),
          Plot.line(shipped, { x: 'hidden', y: 'mean', dx, stroke: 'var(--quiet)', strokeDasharray: dash }),
          Plot.ruleX(shipped.filter(({ low }) => low != null), { ...span, dx, stroke: 'var(--ink)' }),
          Plot.dot(shipped, { x: 'hidden', y: 'mean', dx, symbol, r: 4, fill, stroke: 'var(--ink)', ariaDescription: 'shipped' }),
          Plot.ruleX(live.filter(({ low }) => low != null), { ...span, dx: dx + 4, stroke: 'var(--ink)', strokeDasharray: '2 2' }),
          Plot.dot(live, { x: 'hidden', y: 'mean', dx: dx + 4, symbol: 'diamond', r: 5, fill, stroke: 'var(--ink)', strokeWidth: 1.5, ariaDescription: 'yours' }),
          Plot.ruleX(opened.filter(({ low }) => low != null), { ...span, dx: dx - 4, stroke: 'var(--ink)', ...DOTS }),
          Plot.dot(opened, { x: 'hidden', y: 'mean', dx: dx - 4, symbol: 'times', r: 5, stroke: 'var(--ink)', strokeWidth: 1.5, ariaDescription: 'opened' }),
        ];
      }),
      tipMark([...here(allShipped), ...here(allLive), ...here(allOpened)], {
        x: 'hidden', y: 'mean', title: (/** @type {GridRow} */ row) => tipText(panel, row),
      }, here(allShipped).map(({ hidden, mean, survivors }) => ({ x: hidden, y: mean, curve: String(survivors) }))),
    ],
  };
}

/** @type {Record<string, [number, number]>} columns and lines */
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** The next cell in a direction, over those that no network of a width can have. @param {Cell} from @param {[number, number]} step */
function nextCell(from, [right, down]) {
  let [column, line] = [WIDTHS.indexOf(from.hidden), LINES.indexOf(lineKey(from))];
  do {
    [column, line] = [column + right, line + down];
    const found = LINES[line] && cellAt(WIDTHS[column], LINES[line]);
    if (found) return found;
  } while (LINES[line] && WIDTHS[column]);
  return from;
}

/** @param {HTMLElement} node @param {(cell: Cell) => void} onChoose */
export function mountGridChart(node, onChoose) {
  const legend = Object.entries(MATCHED).map(([survivors, { sign }]) => `${sign}\u00a0${formatCount(Number(survivors))}`).join(', ');
  /** @type {Grid | null} */ let shown = null;
  let keys = makeLegend(KEYS);
  node.append(keys);
  const views = COMPARISONS.map(({ name }) => {
    const panel = element('div', { className: 'panel' });
    const [map, lines] = [element('div', { className: 'map' }), element('div', { className: 'matched' })];
    panel.append(element('p', { className: 'title', textContent: titleOf(name) }), map,
      element('p', { className: 'legend', textContent: `Matched on survivors: ${legend}` }), lines);
    node.append(panel);
    return { name, charts: [mountPlot(map, mapPlot), mountPlot(lines, linesPlot)] };
  });
  node.tabIndex = 0;
  node.setAttribute('role', 'group');
  node.setAttribute('aria-label', 'Maps of width and sparsity: the arrow keys choose a cell');
  node.addEventListener('keydown', (event) => {
    const step = ARROWS[event.key];
    if (!step || !shown || event.altKey || event.ctrlKey || event.metaKey) return; // the browser's own
    event.preventDefault(); // the page stays where it is
    onChoose(nextCell(shown.chosen, step));
  });
  node.addEventListener('click', ({ target }) => {
    const drawn = /** @type {any} */ (/** @type {Element} */ (target).closest('svg'));
    const cell = drawn?.value && cellAt(drawn.value.hidden, lineKey(drawn.value)); // what the tip is at
    if (cell) onChoose(cell);
  });
  return {
    /** @param {Grid} grid */
    update(grid) {
      shown = grid;
      const names = grid.opened.map(({ name }) => ({ mark: /** @type {const} */ ('times'), text: `dotted, or ✕: ${name}`, color: 'var(--ink)' }));
      const next = makeLegend([...KEYS, ...names]);
      keys.replaceWith(next);
      keys = next;
      for (const { name, charts } of views) for (const chart of charts) chart.update({ ...grid, comparison: name });
    },
  };
}
