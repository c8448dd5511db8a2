// The axes of a mask's picture: a few ticks along its units and its inputs. The weights are the canvas's.
// @ts-check
import { svgElement } from '../../ui/dom.js';

/** @typedef {{cell: number, across: number, strips: number, tall: number}} Layout in device pixels */

export const LEFT = 44; // CSS pixels for the inputs' axis
export const BELOW = 22; // CSS pixels between strips, with the ticks of the units
const LABEL = 16; // CSS pixels below the last strip for the name of its axis
const TICK = 4; // CSS pixels
const [ROOM_ACROSS, ROOM_DOWN] = [84, 48]; // CSS pixels that a tick's number needs

/** A round step that leaves each tick this much room. @param {number} cell @param {number} room both in pixels @returns {number} */
export function tickStep(cell, room) {
  const least = room / cell;
  const power = 10 ** Math.max(0, Math.floor(Math.log10(least)));
  return [1, 2, 5, 10].map((digit) => digit * power).find((step) => step >= least) ?? 10 * power;
}

/** @param {number} count @param {number} step @param {number} [first] @returns {number[]} multiples of the step from `first` on */
const multiples = (count, step, first = 0) =>
  Array.from({ length: count }, (_, i) => first + i).filter((place) => place % step === 0);

/** @param {number} x @param {number} y @param {string} words @param {Record<string, string | number>} [more] */
const textAt = (x, y, words, more = {}) =>
  Object.assign(svgElement('text', { x, y, 'fill': 'var(--quiet)', 'text-anchor': 'middle', ...more }), { textContent: words });

/** @param {number} x @param {number} y @param {'h' | 'v'} way @param {number} by */
const tick = (x, y, way, by) => svgElement('path', { d: `M${x} ${y}${way}${by}`, stroke: 'var(--quiet)', fill: 'none' });

/** The inputs' ticks, beside one strip. @param {number} top @param {number} cell @param {number} inputs @returns {SVGElement[]} */
const inputTicks = (top, cell, inputs) => multiples(inputs, tickStep(cell, ROOM_DOWN)).flatMap((input) => {
  const y = top + (input + 0.5) * cell;
  return [tick(LEFT - 1, y, 'h', -TICK), textAt(LEFT - TICK - 4, y, String(input), { 'text-anchor': 'end', 'dominant-baseline': 'central' })];
});

/** The units' ticks, below one strip. @param {number} first unit's place @param {number} count @param {number} bottom @param {number} cell @returns {SVGElement[]} */
const unitTicks = (first, count, bottom, cell) => multiples(count, tickStep(cell, ROOM_ACROSS), first).flatMap((place) => {
  const x = LEFT + (place - first + 0.5) * cell;
  return [tick(x, bottom, 'v', TICK), textAt(x, bottom + TICK + 12, String(place))];
});

/**
 * @param {SVGSVGElement} root to be filled; it covers the canvas and what is around it
 * @param {Layout} layout @param {{units: number, inputs: number, along: string, ratio: number}} about `along`: what
 *   the axis of the units is called; `ratio`: device pixels a CSS pixel
 */
export function drawMaskAxes(root, { cell: wide, across, strips, tall }, { units, inputs, along, ratio }) {
  const cell = wide / ratio;
  const strip = tall / ratio;
  const parts = Array.from({ length: strips }, (_, i) => {
    const [top, first] = [i * strip, i * across];
    return [...inputTicks(top, cell, inputs), ...unitTicks(first, Math.min(across, units - first), top + inputs * cell, cell)];
  });
  const height = strips * strip + LABEL;
  const middle = (inputs * cell) / 2;
  root.setAttribute('width', String(LEFT + across * cell));
  root.setAttribute('height', String(height));
  root.replaceChildren(
    ...parts.flat(),
    textAt(12, middle, 'input', { transform: `rotate(-90 12 ${middle})` }),
    textAt(LEFT, height - 4, along, { 'text-anchor': 'start' }),
  );
}
