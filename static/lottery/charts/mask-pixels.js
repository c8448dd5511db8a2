// A first layer's mask as pixels: a column a hidden unit, a row an input. It draws them, with axes, and
// tells which weight a pointer is at; what a pointer does there is the figure's.
// @ts-check
import { formatCount, formatNumber, formatPercent } from '../../records/format.js';
import { cssColor, onThemeChange } from '../../ui/css-color.js';
import { element, svgElement } from '../../ui/dom.js';
import { survivors, together } from '../masks.js';
import { BELOW, LEFT, drawMaskAxes } from './mask-axes.js';

/**
 * @typedef {object} Pixels
 * @property {Uint8Array} mask one byte a weight, unit by unit
 * @property {number} inputs
 * @property {number[]} order the units from left to right
 * @property {string} color a CSS variable's name
 * @property {string} [along] what the units' axis is called
 * @property {number | null} [unit] the one to mark
 * @property {number | null} [input] the one of its inputs to frame
 */

/** @typedef {import('./mask-axes.js').Layout} Layout */

const SMALLEST = 4; // CSS pixels a weight: smaller than this, the units go on in a second strip
const LARGEST = 9;

/**
 * How the picture is cut into strips.
 * @param {number} width CSS pixels @param {number} units @param {number} inputs @param {number} ratio
 * @returns {Layout}
 */
export function layout(width, units, inputs, ratio) {
  const strips = Math.max(1, Math.ceil((units * SMALLEST) / width));
  const across = Math.ceil(units / strips);
  const cell = Math.max(1, Math.min(Math.floor((width * ratio) / across), Math.round(LARGEST * ratio)));
  return { cell, across, strips, tall: inputs * cell + Math.round(BELOW * ratio) };
}

/** @param {CanvasRenderingContext2D} context @param {Layout} grid @param {Pixels} pixels */
function draw(context, { cell, across, tall }, { mask, inputs, order, color, unit, input }) {
  const [pruned, marked, kept, ink] = ['--pruned', '--marked', color, '--ink'].map(cssColor);
  const space = cell >= 5 ? 1 : 0; // a line between weights, where there is room for one
  const place = (/** @type {number} */ at) => [(at % across) * cell, Math.floor(at / across) * tall];
  order.forEach((shown, at) => {
    const [x, y] = place(at);
    context.fillStyle = shown === unit ? marked : pruned;
    context.fillRect(x, y, cell - space, inputs * cell - space);
  });
  context.fillStyle = kept;
  order.forEach((shown, at) => {
    const [x, y] = place(at);
    for (let row = 0; row < inputs; row += 1) {
      if (mask[shown * inputs + row]) context.fillRect(x, y + row * cell, cell - space, cell - space);
    }
  });
  const at = order.indexOf(unit ?? -1);
  if (at < 0 || input == null) return;
  const [x, y] = place(at);
  const line = Math.max(2, Math.round(cell / 4));
  context.strokeStyle = ink;
  context.lineWidth = line;
  const side = cell - space + line;
  context.strokeRect(x - line / 2, y + input * cell - line / 2, side, side);
}

const WINDOWS = [2, 3, 4]; // adjacent inputs

/**
 * Masks of one size in words and numbers.
 * @param {{name: string, mask: Uint8Array}[]} masks @param {number} inputs @returns {import('../../records/types.js').TextAlternative}
 */
export function describeMasks(masks, inputs) {
  const rows = masks.map(({ name, mask }) => {
    const [units, kept] = [mask.length / inputs, survivors(mask)];
    return { name, units, weights: mask.length, kept, beside: WINDOWS.map((width) => together(mask, inputs, width)) };
  });
  const sentences = rows.map(({ name, units, weights, kept, beside: [pairs] }) =>
    `The ${name} mask keeps ${formatCount(kept)} of ${formatCount(weights)} weights, ${formatPercent((100 * kept) / weights)}; ${pairs.units} of its ${units} units ` +
    `keep two neighbours or more, and ${formatPercent(100 * pairs.share, 2)} of all pairs of adjacent inputs survive.`);
  return {
    sentence: sentences.join(' '),
    tables: [{
      caption: 'The first layer. A window is two, three or four adjacent inputs of a unit; it survives if all of it does.',
      head: [
        'mask', 'units', 'weights', 'survivors', 'deleted, %', 'units with a surviving pair',
        ...WINDOWS.map((width) => `windows of ${width} that survive, %`),
      ],
      rows: rows.map(({ name, units, weights, kept, beside }) => [
        name, String(units), String(weights), String(kept), formatNumber(100 * (1 - kept / weights), 1), String(beside[0].units),
        ...beside.map(({ share }) => formatNumber(100 * share)),
      ]),
    }],
  };
}

/**
 * @param {HTMLCanvasElement} canvas @param {Layout} grid @param {Pixels} pixels that are drawn
 * @param {{clientX: number, clientY: number}} event of a pointer
 * @returns {{unit: number, input: number} | null} null beside the mask
 */
function weightAt(canvas, grid, { order, inputs }, { clientX, clientY }) {
  const box = canvas.getBoundingClientRect();
  const [x, y] = [clientX - box.left, clientY - box.top].map((at) => (at * canvas.width) / box.width);
  const strip = Math.floor(y / grid.tall);
  const column = Math.floor(x / grid.cell);
  const unit = order[strip * grid.across + column];
  const input = Math.floor((y - strip * grid.tall) / grid.cell);
  if (column < 0 || column >= grid.across || unit === undefined) return null;
  return input >= 0 && input < inputs ? { unit, input } : null;
}

/**
 * @param {HTMLElement} node @param {string} label for those who do not see it
 * @param {string} describedBy id of a text that tells what it shows
 */
export function mountMaskChart(node, label, describedBy) {
  const canvas = element('canvas', { tabIndex: 0 });
  canvas.setAttribute('role', 'application'); // it takes the arrow keys
  canvas.setAttribute('aria-label', label);
  canvas.setAttribute('aria-describedby', describedBy);
  const axes = svgElement('svg', { 'aria-hidden': 'true' });
  const frame = element('div', { className: 'mask-frame' });
  frame.append(axes, canvas);
  node.append(frame);
  /** @type {Pixels | null} */ let shown = null;
  /** @type {Layout | null} */ let grid = null;
  let width = 0;

  const redraw = () => {
    if (!shown || width < 1) return;
    const ratio = Math.max(1, devicePixelRatio);
    const { mask, inputs, along = 'hidden unit' } = shown;
    const units = mask.length / inputs;
    grid = layout(width - LEFT, units, inputs, ratio);
    drawMaskAxes(axes, grid, { units, inputs, along, ratio });
    const [wide, high] = [grid.across * grid.cell, grid.strips * grid.tall];
    if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
    canvas.style.width = `${wide / ratio}px`;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    context.clearRect(0, 0, wide, high);
    draw(context, grid, shown);
  };
  new ResizeObserver(([{ contentRect }]) => {
    if (Math.floor(contentRect.width) === width) return;
    width = Math.floor(contentRect.width);
    redraw();
  }).observe(node);
  onThemeChange(redraw);

  return {
    canvas,
    /** @param {Pixels} pixels */
    update(pixels) {
      shown = pixels;
      redraw();
    },
    /** The weight below a pointer. @param {{clientX: number, clientY: number}} event @returns {{unit: number, input: number} | null} */
    weightAt: (event) => (shown && grid ? weightAt(canvas, grid, shown, event) : null),
    /**
     * The unit reached from one by moving in the picture.
     * @param {number} unit @param {number} columns to the right @returns {number} itself at an end
     */
    beside(unit, columns) {
      const { order } = /** @type {Pixels} */ (shown);
      return order[order.indexOf(unit) + columns] ?? unit;
    },
  };
}
