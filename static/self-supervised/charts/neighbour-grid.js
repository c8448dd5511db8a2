// A signal and its nearest neighbours in each layer, as small multiples: a row a layer, the signal first.
// @ts-check
import { svgElement, element } from '../../ui/dom.js';
import { responsive } from '../../ui/responsive.js';
import { extent } from '../../records/stats.js';
import { ROUND, linePath, uprightPoints } from '../../ui/upright.js';
import { layerText, rightOf } from '../neighbours.js';

/** @typedef {import('../neighbours.js').Neighbours} Neighbours */

const ROW = { head: 22, gap: 14 }; // pixels of a row's name, and below it
const WIDEST = 84; // pixels of a signal
const HIGH = 1.35; // a signal's height, in widths

/** @param {string} text @param {Record<string, string | number>} attributes */
const textAt = (text, attributes) => Object.assign(svgElement('text', attributes), { textContent: text });

/** One signal in its cell. @param {ArrayLike<number>} x @param {{left: number, top: number, width: number, reach: number}} cell @param {{label: string, color: string, wide: number}} look */
function drawSignal(x, { left, top, width, reach }, { label, color, wide }) {
  const height = HIGH * width;
  const box = svgElement('g', { transform: `translate(${left.toFixed(1)} ${top.toFixed(1)})` });
  const points = uprightPoints(x, { width: width - 6, height, reach });
  box.append(
    svgElement('path', { ...ROUND, 'd': linePath(points), 'transform': 'translate(3 0)', 'stroke': color, 'stroke-width': wide }),
    textAt(label, { 'x': width / 2, 'y': height + 13, 'text-anchor': 'middle', 'font-size': 13, 'fill': color }),
  );
  return box;
}

/** @param {Neighbours} found @param {number} width */
function drawGrid({ x, label, names, layers }, width) {
  const count = layers[0]?.labels.length ?? 0;
  const cell = Math.min(WIDEST, width / (count + 1.3));
  const high = ROW.head + HIGH * cell + 18 + ROW.gap;
  const length = x.length;
  const reach = layers.reduce((most, one) => Math.max(most, ...extent(one.x).map(Math.abs)), Math.max(...extent(x).map(Math.abs)));
  const root = svgElement('svg', {
    viewBox: `0 0 ${width} ${high * layers.length}`, width, height: high * layers.length, role: 'img', 'aria-label': 'the signal and its neighbours, layer by layer',
    'font-family': 'var(--sans)',
  });
  layers.forEach((layer, row) => {
    const top = row * high;
    root.append(
      textAt(`${layerText(layer)}: ${rightOf(layer, label)} of ${count} of class ${names(label)}`, { x: 0, y: top + 14, 'font-size': 14, 'fill': 'var(--ink)' }),
      drawSignal(x, { left: 0, top: top + ROW.head, width: cell, reach }, { label: names(label), color: 'var(--ink)', wide: 2 }),
      svgElement('path', { d: `M${1.15 * cell} ${top + ROW.head}v${HIGH * cell + 14}`, stroke: 'var(--rule)' }),
      ...Array.from(layer.labels, (digit, i) => drawSignal(
        layer.x.slice(i * length, (i + 1) * length), { left: (i + 1.3) * cell, top: top + ROW.head, width: cell, reach },
        digit === label ? { label: names(digit), color: 'var(--lottery)', wide: 1.5 } : { label: `✗ ${names(digit)}`, color: 'var(--random-text)', wide: 1.5 },
      )),
    );
  });
  const box = element('div');
  box.append(root);
  return box;
}

/** In numbers. @param {Neighbours} found @returns {import('../../records/types.js').TextAlternative} */
export function describeNeighbours({ label, names, layers }) {
  return {
    tables: [{
      caption: `The classes of the nearest training signals of this ${names(label)}, the nearest first.`,
      head: ['layer', 'neighbours', 'of its class'],
      rows: layers.map((layer) => [layerText(layer), Array.from(layer.labels, names).join(', '), String(rightOf(layer, label))]),
    }],
  };
}

/** @param {HTMLElement} node @returns {{update: (found: Neighbours) => void}} */
export const mountNeighbourGridChart = (node) => responsive(node, drawGrid);
