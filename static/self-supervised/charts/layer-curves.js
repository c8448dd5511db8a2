// Accuracy by layer of the encoders that came with the page and of the visitor's, beside what was published.
// Two such charts stand side by side: of linear probes, and of nearest neighbours.
// @ts-check
import * as Plot from '@observablehq/plot';
import { formatMeanPlain } from '../../records/format.js';
import { INTERVAL, mountPlot } from '../../ui/plot.js';
import { tipMark } from '../../ui/tip.js';
import { ARMS, H, armName, layerMeans, layerName, publishedPoints } from '../layer-means.js';

/** @typedef {import('../layer-means.js').Probe} Probe */
/** @typedef {import('../layer-means.js').Quantity} Quantity */
/** @typedef {import('../layer-means.js').Point} Point */
/** @typedef {{shipped: Probe[], own: Probe[]}} Layers */

/** What each curve is drawn with. @type {Record<string, {color: string, dash: string}>} */
const STYLES = {
  default: { color: 'var(--lottery)', dash: 'none' },
  deep: { color: 'var(--mlp)', dash: '7 3' },
  none: { color: 'var(--random)', dash: '2 3' },
  untrained: { color: 'var(--quiet)', dash: '5 4' },
};
const SHIFT = 3; // pixels between the arms at one layer, so that their intervals do not cover one another
const DEEPEST = H + 4;
const ORDER = Object.keys(STYLES);

/** @param {string} arm @returns {number} pixels to the side */
const shiftOf = (arm) => SHIFT * (ORDER.indexOf(arm) - (ORDER.length - 1) / 2);

/** @param {string} whose @returns {(point: Point) => string} the text of a tip */
const tipText = (whose) => (point) =>
  `${whose ? 'your ' : ''}${armName(point.arm)}, ${layerName(point.layer)}\n${formatMeanPlain(point)} % (n = ${point.n})`;

/** The curve of one arm. @param {Point[]} points @param {{color: string, dash: string}} style */
function armMarks(points, { color, dash }) {
  const dx = shiftOf(points[0]?.arm);
  const at = { x: 'layer', dx };
  return [
    Plot.line(points, { ...at, y: 'mean', stroke: color, strokeWidth: 2, strokeDasharray: dash === 'none' ? undefined : dash }),
    Plot.ruleX(points.filter(({ n }) => n > 1), { ...at, ...INTERVAL, stroke: color, strokeWidth: 1.5 }),
    Plot.dot(points, { ...at, y: 'mean', r: 3, fill: color, ariaDescription: points[0]?.arm }),
  ];
}

/** The visitor's. @param {Point[]} points */
const ownMarks = (points) => [
  Plot.line(points, { x: 'layer', y: 'mean', z: 'arm', stroke: 'var(--ink)', strokeWidth: 2.5 }),
  Plot.ruleX(points.filter(({ n }) => n > 1), { x: 'layer', ...INTERVAL, stroke: 'var(--ink)' }),
  Plot.dot(points, { x: 'layer', y: 'mean', r: 4.5, fill: 'var(--ink)', stroke: 'var(--paper)', ariaDescription: 'yours' }),
];

/** @param {Quantity} quantity @param {string} title @returns {(layers: Layers, width: number) => Plot.PlotOptions} */
const plotOf = (quantity, title) => ({ shipped, own }, width) => {
  const points = layerMeans(shipped, quantity);
  const yours = layerMeans(own, quantity);
  const published = publishedPoints(quantity);
  const text = (/** @type {number} */ layer) => (width < 420 ? layerName(layer).replace(/^(conv|proj\.) /, (_, kind) => kind[0].toUpperCase()).replace('signal', 'x') : layerName(layer));
  const all = [...points.map((one) => ({ ...one, own: false })), ...yours.map((one) => ({ ...one, own: true }))];
  return {
    height: 330, marginLeft: 34, marginRight: 14, marginTop: 28, marginBottom: 34,
    ariaLabel: `${title} by layer`,
    x: { type: 'point', domain: Array.from({ length: DEEPEST + 1 }, (_, layer) => layer), label: null, tickFormat: text, padding: 0.3 },
    y: { domain: [Math.min(20, ...all.map(({ mean }) => mean - 3)), Math.max(90, ...all.map(({ mean }) => mean + 3))], label: `${title}, %`, grid: true, ticks: 7 },
    marks: [
      Plot.ruleX([H], { x: (d) => d, stroke: 'var(--rule)', strokeWidth: 12, strokeOpacity: 0.6 }),
      Plot.text([H], { x: (d) => d, text: () => 'H', frameAnchor: 'bottom', dy: -3, fill: 'var(--quiet)', fontWeight: 600 }),
      ...ORDER.flatMap((arm) => armMarks(points.filter((one) => one.arm === arm), STYLES[arm])),
      ...ORDER.flatMap((arm) => Plot.dot(published.filter((one) => one.arm === arm), {
        x: 'layer', y: 'value', dx: shiftOf(arm), symbol: 'diamond', r: 4.5, stroke: STYLES[arm].color, strokeWidth: 1.5, fill: 'var(--paper)', fillOpacity: 0.5,
        ariaDescription: 'published',
      })),
      ...ownMarks(yours),
      tipMark(all, {
        x: 'layer', y: 'mean', title: (/** @type {typeof all[0]} */ point) => tipText(point.own ? 'your ' : '')(point),
      }, all.map(({ layer, mean, arm, own: mine }) => ({ x: layer, y: mean, curve: `${arm} ${mine}` }))),
    ],
  };
};

/** @param {Layers} layers @returns {import('../../ui/legend.js').Key[]} */
const legend = ({ shipped, own }) => [
  ...ORDER.filter((arm) => shipped.some((one) => one.arm === arm)).map((arm) => (
    { mark: /** @type {const} */ ('line'), text: ARMS[arm], color: STYLES[arm].color, dash: STYLES[arm].dash })),
  ...(own.length ? [{ mark: /** @type {const} */ ('line'), text: 'yours', color: 'var(--ink)', width: 2.5 }] : []),
  { mark: 'diamond', text: 'published' },
];

/** In numbers. @param {Layers} layers @returns {import('../../records/types.js').TextAlternative} */
export function describeLayers({ shipped, own }) {
  const table = (/** @type {string} */ of, /** @type {Probe[]} */ probes) => {
    const [linear, knn] = [layerMeans(probes, 'linear_acc'), layerMeans(probes, 'knn_acc')];
    return linear.map((point, i) => [of, armName(point.arm), layerName(point.layer), formatMeanPlain(point), formatMeanPlain(knn[i]),
      of === 'shipped' ? String(publishedPoints('linear_acc').find((one) => one.arm === point.arm && one.layer === point.layer)?.value ?? '–') : '–',
      String(point.n)]);
  };
  return {
    tables: [{
      caption: 'Test accuracy by layer, in percent: means over seeds, from two on with 95 % t-intervals.',
      head: ['result', 'network', 'layer', 'linear probe', 'nearest neighbours', 'published, linear', 'n'],
      rows: [...table('shipped', shipped), ...table('yours', own)],
    }],
  };
}

/** @param {HTMLElement} node @param {Quantity} quantity @param {string} title */
export const mountLayerCurvesChart = (node, quantity, title) => mountPlot(node, plotOf(quantity, title), legend);
