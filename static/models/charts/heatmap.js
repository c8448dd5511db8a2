// A matrix as a picture on a canvas: below zero one hue, above it another; or from nothing to ink.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { extent } from '../../records/stats.js';
import { element } from '../../ui/dom.js';

/**
 * `values` row by row; `signed`: zero is the paper's colour and both hues are as strong at the same
 * distance from it; else the least value is the paper and the largest the ink.
 * @typedef {{values: ArrayLike<number>, rows: number, signed: boolean}} Matrix
 */

const FEW = 12; // columns of a table that fit a page

/** @param {string} color as CSS computes it @returns {number[]} red, green, blue */
function channels(color) {
  const context = /** @type {CanvasRenderingContext2D} */ (element('canvas').getContext('2d', { willReadFrequently: true }));
  context.fillStyle = color;
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data];
}

/**
 * In numbers: its rows one by one, or only how far each reaches where they are long.
 * @param {string} caption @param {string} row what a row is @param {Matrix} matrix @returns {import('../../records/types.js').Table}
 */
export function tabulate(caption, row, { values, rows }) {
  const columns = values.length / rows;
  const all = columns <= FEW;
  return {
    caption,
    head: [row, ...(all ? Array.from({ length: columns }, (_, i) => String(i)) : ['least', 'in column', 'largest', 'in column'])],
    rows: Array.from({ length: rows }, (_, i) => {
      const own = Array.from({ length: columns }, (__, j) => values[i * columns + j]);
      if (all) return [String(i), ...own.map((value) => formatNumber(value))];
      return [String(i), ...extent(own).flatMap((value) => [formatNumber(value), String(own.indexOf(value))])];
    }),
    compact: true,
  };
}

/**
 * @param {HTMLElement} node @param {{label: string, cell?: number, gap?: number}} options `cell`: the
 *   least height of a row in pixels; `gap`: paper between rows
 */
export function mountHeat(node, { label, cell = 3, gap = 0 }) {
  const canvas = element('canvas', { className: 'heat' });
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  node.append(canvas);
  /** @type {Matrix | undefined} */ let shown;
  function draw() {
    if (!shown) return;
    const { values, rows, signed } = shown;
    const columns = values.length / rows;
    canvas.hidden = !values.length;
    if (!values.length) return;
    const style = getComputedStyle(node);
    const [paper, below, above, ink] = ['--paper', '--random', '--lottery', '--ink'].map((name) => channels(style.getPropertyValue(name)));
    const pitch = cell + gap;
    canvas.width = columns;
    canvas.height = rows * pitch;
    canvas.style.height = `${rows * pitch}px`;
    const [low, high] = extent(values);
    const reach = signed ? Math.max(Math.abs(low), Math.abs(high)) : high - low;
    const picture = new ImageData(columns, rows * pitch);
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const value = values[row * columns + column];
        const share = (signed ? Math.abs(value) : value - low) / (reach || 1);
        const hue = signed ? (value < 0 ? below : above) : ink;
        const color = paper.map((part, i) => part + share * (hue[i] - part));
        for (let y = 0; y < cell; y++) picture.data.set([...color.slice(0, 3), 255], 4 * ((row * pitch + y) * columns + column));
      }
    }
    canvas.getContext('2d')?.putImageData(picture, 0, 0);
  }
  return {
    /** @param {Matrix} matrix */
    update(matrix) {
      shown = matrix;
      draw();
    },
  };
}
