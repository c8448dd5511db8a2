// Ten digits as pen strokes, each over its template. Time runs down, the signal sideways.
// @ts-check
import * as Plot from '@observablehq/plot';
import { responsive } from './frame.js';

/**
 * What the `digits` job returns; arrays are row-major, ten rows.
 * @typedef {{x: ArrayLike<number>, t: ArrayLike<number>, template_x: ArrayLike<number>,
 *   template_t: ArrayLike<number>}} Digits
 * @typedef {{digit: number, x: number, t: number}} Point
 */

const WIDEST = 3.6; // standard deviations to either side; what goes beyond is cut off

/** @param {ArrayLike<number>} x @param {ArrayLike<number>} t @param {number} scale @returns {Point[]} */
function points(x, t, scale) {
  return Array.from({ length: x.length }, (_, i) => ({
    digit: Math.floor(i / t.length),
    x: x[i] * scale,
    t: t[i % t.length] * scale,
  }));
}

/** @param {HTMLElement} node */
export function mountDigits(node) {
  return responsive(node, (/** @type {Digits} */ { x, t, template_x, template_t }, width) => {
    const columns = width < 640 ? 5 : 10;
    const bottom = t[t.length - 1];
    const templates = points(template_x, template_t, bottom / template_t[template_t.length - 1]);
    const facet = {
      fx: (/** @type {Point} */ { digit }) => digit % columns,
      fy: (/** @type {Point} */ { digit }) => Math.floor(digit / columns),
      x: 'x',
      y: 't',
    };
    return Plot.plot({
      width,
      height: (10 / columns) * 210,
      margin: 0,
      marginTop: 24,
      ariaLabel: 'Ten digits, one of each class',
      x: { domain: [-WIDEST, WIDEST], axis: null },
      y: { domain: [-bottom * 1.06, bottom * 1.06], reverse: true, axis: null },
      fx: { axis: null, padding: 0.08 },
      fy: { axis: null, padding: 0.14 },
      marks: [
        Plot.frame({ stroke: 'var(--rule)', rx: 4 }),
        Plot.line(templates, {
          ...facet, z: 'digit', stroke: 'var(--template)', strokeWidth: 7, strokeLinecap: 'round',
          strokeLinejoin: 'round', clip: true,
        }),
        Plot.line(points(x, t, 1), {
          ...facet, z: 'digit', stroke: 'var(--ink)', strokeWidth: 1.25, clip: true,
        }),
        Plot.dot(points(x, t, 1), { ...facet, r: 1.7, fill: 'var(--ink)', clip: true }),
        Plot.text(Array.from({ length: 10 }, (_, digit) => ({ digit })), {
          fx: facet.fx, fy: facet.fy, text: 'digit', frameAnchor: 'top', dy: -18, fontSize: 14,
          fontWeight: 600, fill: 'var(--quiet)',
        }),
      ],
    });
  });
}
