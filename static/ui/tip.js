// The tip of a chart: lines of text at the point that the pointer or the keys are at, beside the curves
// and not on them. Plot's own tip knows no curves.
// @ts-check
import * as Plot from '@observablehq/plot';
import { alongCurve, placeBeside } from './beside.js';
import { element, svgElement } from './dom.js';

/** @typedef {import('./beside.js').Place} Place */
/** A corner of a curve in the chart's own units; `fx`, `fy`: its panel, if there are several. @typedef {{x: any, y: any, curve?: string, fx?: any, fy?: any}} Corner */

const LINE = 17; // pixels of a line of text
const PAD = 8; // pixels around the text
const FAR = 24; // pixels from the point to the box from which a line joins them

/** @type {CanvasRenderingContext2D | null | undefined} */ let measure; // made for the first tip

/** @param {string[]} lines @returns {{width: number, height: number}} of the box around them, in pixels */
function boxOf(lines) {
  measure ??= element('canvas').getContext('2d');
  const family = getComputedStyle(document.documentElement).getPropertyValue('--sans');
  if (measure) measure.font = `13px ${family}`;
  const widths = lines.map((line) => measure?.measureText(line).width ?? 7 * line.length);
  return { width: Math.ceil(Math.max(...widths)) + 2 * PAD, height: lines.length * LINE + 2 * PAD - 4 };
}

/** @param {string[]} lines @param {Place} corner @param {{width: number, height: number}} size */
function drawBox(lines, { x, y }, size) {
  const box = svgElement('rect', { x, y, ...size, rx: 3, fill: 'var(--paper)', stroke: 'var(--quiet)' });
  const text = svgElement('text', { 'text-anchor': 'start', 'fill': 'var(--ink)', 'stroke': 'none' });
  text.append(...lines.map((line, i) => {
    const span = svgElement('tspan', { x: x + PAD, y: y + PAD + 10 + i * LINE });
    span.textContent = line;
    return span;
  }));
  return [box, text];
}

/** A line to a box that could not be close. @param {Place} point @param {Place} corner @param {{width: number, height: number}} size */
function leader(point, corner, size) {
  const x2 = Math.max(corner.x, Math.min(corner.x + size.width, point.x));
  const y2 = Math.max(corner.y, Math.min(corner.y + size.height, point.y));
  if (Math.hypot(x2 - point.x, y2 - point.y) < FAR) return [];
  return [svgElement('line', { x1: point.x, y1: point.y, x2, y2, stroke: 'var(--quiet)' })];
}

/** How far a panel is from the first. @param {any} scale of the panels @param {any} value */
const offset = (scale, value) => (scale && value !== undefined ? scale(value) - Math.min(...scale.domain().map(scale)) : 0);

/** Half the width of a band, where a scale has bands. @param {any} scale */
const half = (scale) => (scale?.bandwidth?.() ?? 0) / 2;

/**
 * The curves of all panels as points in the pixels of the first.
 * @param {Corner[]} corners @param {any} scales @returns {Place[]}
 */
const pixelsOf = (corners, { x, y, fx, fy }) => [...Map.groupBy(corners, ({ curve, ...one }) => `${curve} ${one.fx} ${one.fy}`).values()]
  .flatMap((curve) => alongCurve(curve.map((one) => ({
    x: x(one.x) + half(x) + offset(fx, one.fx), y: y(one.y) + half(y) + offset(fy, one.fy),
  }))))
  .filter((one) => Number.isFinite(one.x) && Number.isFinite(one.y));

/**
 * The mark's own drawing, for Plot: nothing, or the tip of one row.
 * @param {Corner[]} corners
 */
const drawing = (corners) =>
  /** @param {any} index @param {any} scales @param {any} values @param {any} frame @returns {SVGElement} */
  (index, scales, values, { width, height }) => {
    const node = svgElement('g', { 'role': 'group', 'aria-label': 'tip', 'pointer-events': 'none' });
    if (!index.length) return node;
    const [i] = index;
    const [left, top] = [offset(scales.fx, index.fx), offset(scales.fy, index.fy)];
    const point = { x: values.x[i] + half(scales.x) + left, y: values.y[i] + half(scales.y) + top };
    const lines = String(values.title[i]).split('\n');
    const size = boxOf(lines);
    const corner = placeBeside(point, size, pixelsOf(corners, scales), { left: 0, top: 0, right: width, bottom: height });
    const drawn = svgElement('g', { transform: `translate(${-left} ${-top})` }); // Plot moves what is drawn to its panel
    drawn.append(
      ...leader(point, corner, size), ...drawBox(lines, corner, size),
      svgElement('circle', { cx: point.x, cy: point.y, r: 4, fill: 'none', stroke: 'var(--ink)' }),
    );
    node.append(drawn);
    return node;
  };

/**
 * The tip at the pointer.
 * @template T
 * @param {T[]} data @param {any} options x, y, title, and fx and fy of panels
 * @param {Corner[]} [curves] that it must not cover
 * @param {typeof Plot.pointer | null} [pointer] which row it is at; null: at each row, for the one that keys have chosen
 */
export function tipMark(data, options, curves = [], pointer = Plot.pointer) {
  const about = { ...options, render: drawing(curves) };
  return Plot.dot(data, pointer ? pointer(about) : about);
}
