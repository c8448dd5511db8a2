// A matrix as a heatmap on a canvas: one hue below zero and another above; or from paper to ink.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { extent } from '../../records/stats.js';
import { cssRgb } from '../../ui/css-color.js';
import { element } from '../../ui/dom.js';

/**
 * `values` row by row. `signed`: zero has the colour of the paper, and both hues are equally strong at
 * the same distance from it. Else the least value has the colour of the paper, the largest that of ink.
 * @typedef {{values: ArrayLike<number>, rows: number, signed: boolean}} Matrix
 */

const FEW = 12; // columns that fit a table on the page

/**
 * In numbers: all of each row, or only its least and largest value where rows are long.
 * @param {string} caption @param {string} row what a row is @param {Matrix} matrix @returns {import('../../records/types.js').Table}
 */
export function tabulateMatrix(caption, row, { values, rows }) {
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
 * @param {Matrix} matrix @param {{cell: number, gap: number}} size in pixels
 * @returns {ImageData} a pixel a column; `cell` pixels a row, and `gap` between two rows
 */
function paint({ values, rows, signed }, { cell, gap }) {
  const [paper, below, above, ink] = ['--paper', '--random', '--lottery', '--ink'].map(cssRgb);
  const columns = values.length / rows;
  const [low, high] = extent(values);
  const reach = signed ? Math.max(Math.abs(low), Math.abs(high)) : high - low;
  const image = new ImageData(columns, rows * (cell + gap));
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column];
      const share = (signed ? Math.abs(value) : value - low) / (reach || 1);
      const hue = signed ? (value < 0 ? below : above) : ink;
      const color = [...paper.map((part, i) => part + share * (hue[i] - part)), 255];
      for (let y = 0; y < cell; y++) image.data.set(color, 4 * ((row * (cell + gap) + y) * columns + column));
    }
  }
  return image;
}

/**
 * @param {HTMLElement} node @param {{label: string, cell?: number, gap?: number}} options `cell`: the
 *   height of a row in pixels; `gap`: pixels of paper between two rows
 */
export function mountHeatmapChart(node, { label, cell = 3, gap = 0 }) {
  const canvas = element('canvas', { className: 'heat' });
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  node.append(canvas);
  return {
    /** @param {Matrix} matrix */
    update(matrix) {
      canvas.hidden = !matrix.values.length;
      if (canvas.hidden) return;
      const image = paint(matrix, { cell, gap });
      Object.assign(canvas, { width: image.width, height: image.height });
      canvas.style.height = `${image.height}px`;
      canvas.getContext('2d')?.putImageData(image, 0, 0);
    },
  };
}
