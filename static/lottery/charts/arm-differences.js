// Each arm's difference to the dense network: trials, mean and interval; shipped and published behind.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatDifference, formatSigned } from '../../records/format.js';
import { DOTS, openedKeys } from '../../ui/opened-keys.js';
import { armColor, armTextColor, mountPlot } from '../../ui/plot.js';
import { describeDelta, nameOf, rank } from '../arm-differences.js';
import { SOURCES } from '../published.js';

/** @typedef {import('../arm-differences.js').Delta} Delta */
/** @typedef {{arm: string, condition: string, source: import('../published.js').Source, delta: number}} Mark */
/** @typedef {{name: string, deltas: Delta[]}} OpenedDeltas of a file */
/** @typedef {{live: Delta[], shipped: Delta[], published: Mark[], opened: OpenedDeltas[]}} Differences */

const BELOW = 8; // pixels that what files say stands below the page’s own
const BEYOND = 8; // points that an interval may stretch the axis by
/** @type {Record<import('../published.js').Source, 'diamond' | 'times'>} */ const SYMBOLS = { figure: 'diamond', rerun: 'times' };

/** @param {{arm: string, condition: string}} row */
const row = (row) => `${row.arm} ${row.condition}`;

/** In numbers. @param {Differences} differences @returns {import('../../records/types.js').TextAlternative} */
export function describe(differences) {
  const { live, shipped, opened } = differences;
  const rows = (/** @type {string} */ of, /** @type {Delta[]} */ all) =>
    all.map((one) => [nameOf(one), of, formatDifference(one), String(one.n)]);
  const marks = marksOf(differences);
  return {
    tables: [{
      caption: 'Test accuracy minus the dense network’s, in points: means, from two trials on with 95 % t-intervals.',
      head: ['arm', 'result', 'difference', 'n'],
      rows: [
        ...rows('your run', live), ...rows('shipped', shipped),
        ...opened.flatMap((file) => rows(file.name, file.deltas)),
        ...marks.map((mark) => [nameOf(mark), SOURCES[mark.source], formatSigned(mark.delta), '–']),
      ],
    }],
  };
}

/**
 * Where the words of a row stand: in columns beside the marks, or on a narrow screen the name above them.
 * @typedef {{row: number, left: number, right: number, name: {dx: number, dy: number}, dy: number, strip: boolean}} Layout
 * @property dy of marks and value
 */

/** @param {number} width in pixels @returns {Layout} */
const layoutFor = (width) => (width < 720 ?
  { row: 46, left: 8, right: 122, name: { dx: -8, dy: -12 }, dy: 9, strip: true } :
  { row: 32, left: 250, right: 136, name: { dx: -250, dy: 0 }, dy: 0, strip: false });

/** What is to be seen of the axis. @param {Differences} differences @param {Mark[]} marks @returns {[number, number]} */
function range({ live, shipped, opened }, marks) {
  const reach = [
    -2, 2,
    ...[...live, ...shipped, ...opened.flatMap((file) => file.deltas)].flatMap(({ mean, halfWidth, values }) => {
      const span = Math.min(halfWidth || 0, BEYOND); // two trials can have an interval far wider than the chart
      return [...values, mean - span, mean + span];
    }),
    ...marks.map(({ delta }) => delta),
  ];
  return [Math.min(...reach) - 0.5, Math.max(...reach) + 0.5];
}

/**
 * Names and values, each in a column of its own.
 * @param {Delta[]} known @param {Delta[]} live @param {Layout} layout @param {[number, number]} domain
 */
function words(known, live, { row: tall, right, name, dy, strip }, domain) {
  return [
    Plot.barX(strip ? known : [], { y: row, x1: domain[0], x2: domain[1], insetBottom: tall / 2 + 1, fill: 'var(--paper)' }), // no line runs through a name
    Plot.text(known, { y: row, text: nameOf, frameAnchor: 'left', ...name, fontWeight: 600, fill: armTextColor }),
    Plot.text(known, {
      y: row, text: describeDelta, frameAnchor: 'right', textAnchor: 'end', dx: right, dy,
      fill: (d) => (live.includes(d) ? 'var(--ink)' : 'var(--quiet)'),
    }),
    Plot.text(['mean ± 95 %'], { text: (d) => d, frameAnchor: 'top-right', textAnchor: 'end', dx: right, dy: -18, fill: 'var(--quiet)' }),
  ];
}

/** @param {Differences} differences @param {Mark[]} marks @param {Layout} layout */
function drawings({ live, shipped, opened }, marks, { row: tall, dy }) {
  const spans = (/** @type {Delta[]} */ rows) => rows.filter(({ n }) => n > 1);
  const ends = { x1: (/** @type {Delta} */ d) => d.mean - d.halfWidth, x2: (/** @type {Delta} */ d) => d.mean + d.halfWidth };
  const at = { y: row, dy };
  const below = { y: row, dy: dy + BELOW };
  return [
    Plot.ruleY(spans(shipped), { ...ends, ...at, stroke: armColor, strokeWidth: 9, strokeOpacity: 0.22, clip: true, ariaDescription: 'shipped' }),
    Plot.tickX(shipped, { x: 'mean', y: row, stroke: armColor, strokeWidth: 2, strokeOpacity: 0.55, insetTop: tall / 2 - 5 + dy, insetBottom: tall / 2 - 5 - dy }),
    Plot.ruleY(spans(live), { ...ends, ...at, stroke: armColor, strokeWidth: 2, clip: true, ariaDescription: 'interval' }),
    Plot.dot(live.flatMap(({ values, ...rest }) => values.map((value) => ({ ...rest, value }))), {
      ...at, x: 'value', r: 2.5, fill: armColor, fillOpacity: 0.6, ariaDescription: 'trials',
    }),
    Plot.dot(live, { ...at, x: 'mean', r: 5, fill: armColor, stroke: 'var(--paper)', strokeWidth: 1.5, ariaDescription: 'means' }),
    ...opened.flatMap((file) => [
      Plot.ruleY(spans(file.deltas), { ...ends, ...below, stroke: armColor, ...DOTS, clip: true, ariaDescription: `${file.name}, interval` }),
      Plot.dot(file.deltas, { ...below, x: 'mean', r: 4, fill: 'var(--paper)', stroke: armColor, strokeWidth: 1.5, ariaDescription: file.name }),
    ]),
    Plot.dot(marks, {
      ...at, x: 'delta', r: 5.5, symbol: (/** @type {Mark} */ { source }) => SYMBOLS[source],
      stroke: 'var(--ink)', strokeWidth: 1.5, ariaDescription: 'published',
      title: (/** @type {Mark} */ { source, delta }) => `${SOURCES[source]}: ${delta.toFixed(1)}`,
    }),
  ];
}

/** What its marks mean. @param {Differences} differences @returns {import('../../ui/legend.js').Key[]} */
function legend(differences) {
  const { live, shipped, opened } = differences;
  const sources = new Set(marksOf(differences).map(({ source }) => source));
  /** @type {[boolean, import('../../ui/legend.js').Key][]} */ const keys = [
    [live.length > 0, { mark: 'dot', text: 'your run, mean', width: 5 }],
    [live.length > 0, { mark: 'dot', text: 'one trial', width: 2.5, opacity: 0.6 }],
    [live.some(({ n }) => n > 1), { mark: 'line', text: 'its 95 % interval' }],
    [shipped.length > 0, { mark: 'band', text: 'shipped, 95 % interval', opacity: 0.3 }],
  ];
  return [
    ...keys.flatMap(([there, key]) => (there ? [key] : [])),
    ...openedKeys(opened),
    ...[...sources].map((source) => ({ mark: SYMBOLS[source], text: SOURCES[source], color: 'var(--ink)' })),
  ];
}

/** The arms that are drawn: the live ones, then the shipped ones and those of files that no other one replaces. @param {Differences} differences @returns {Delta[]} */
const knownOf = ({ live, shipped, opened }) => [...Map.groupBy([...live, ...shipped, ...opened.flatMap((file) => file.deltas)], row).values()]
  .map(([first]) => first).sort((a, b) => rank(a) - rank(b));

/** The published values of these arms. @param {Differences} differences @returns {Mark[]} */
function marksOf(differences) {
  const names = knownOf(differences).map(row);
  return differences.published.filter((mark) => names.includes(row(mark)));
}

/** @param {HTMLElement} node */
export function mountArmDifferencesChart(node) {
  return mountPlot(node, (/** @type {Differences} */ differences, width) => {
    const layout = layoutFor(width);
    const known = knownOf(differences);
    const marks = marksOf(differences);
    const domain = range(differences, marks);
    return {
      height: 62 + known.length * layout.row,
      marginTop: 22,
      marginLeft: layout.left,
      marginRight: layout.right,
      marginBottom: 40,
      ariaLabel: 'Test accuracy of each arm minus the dense network’s, in points',
      x: { domain, label: 'points of test accuracy above dense', labelAnchor: 'center', labelArrow: 'none', grid: true, ticks: width < 640 ? 5 : 9 },
      y: { type: 'band', domain: known.map(row), axis: null, padding: 0 },
      marks: [
        Plot.ruleX([0], { stroke: 'var(--dense)', strokeWidth: 1.5 }),
        Plot.text(['dense'], { x: 0, text: (d) => d, frameAnchor: 'top', dy: -18, fontWeight: 600, fill: 'var(--dense)' }),
        ...words(known, differences.live, layout, domain),
        ...drawings(differences, marks, layout),
      ],
    };
  }, legend);
}
