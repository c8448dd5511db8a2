// Ten digits as pen strokes, each over its template. Time runs down, the signal sideways. It writes
// its few paths itself: they follow a slider within a frame.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { extent } from '../../records/stats.js';

/**
 * Rows of signals as they are before all are centred; arrays are row-major, ten rows.
 * @typedef {{x: ArrayLike<number>, template: ArrayLike<number>}} Digits
 */

const SVG = 'http://www.w3.org/2000/svg';
const WIDEST = 1.15; // to either side, in the units of the templates; what goes beyond is cut off
const HEIGHT = 186;
const TOP = 24; // the digit's name
const GAP = 8;

/** @param {string} tag @param {Record<string, string | number>} attributes */
function svg(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/** One digit: its frame, and the three paths in it. */
class Cell {
  /** @param {SVGElement} root @param {number} digit @param {number} x @param {number} y @param {number} width */
  constructor(root, digit, x, y, width) {
    this.width = width;
    const place = svg('svg', { x, y, width, height: HEIGHT });
    const name = svg('text', { x: x + width / 2, y: y - 8, 'text-anchor': 'middle', fill: 'var(--quiet)', 'font-size': 14, 'font-weight': 600 });
    name.textContent = String(digit);
    const round = { fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
    this.template = svg('path', { ...round, stroke: 'var(--template)', 'stroke-width': 7 });
    this.line = svg('path', { ...round, stroke: 'var(--ink)', 'stroke-width': 1.25 });
    this.dots = svg('path', { ...round, class: 'dots', stroke: 'var(--ink)', 'stroke-width': 3.4 });
    place.append(this.template, this.line, this.dots);
    root.append(name, place, svg('rect', { x: x + 0.5, y: y + 0.5, width: width - 1, height: HEIGHT - 1, rx: 4, fill: 'none', stroke: 'var(--rule)' }));
  }

  /** @param {ArrayLike<number>} values @param {number} from @param {number} count @returns {string[]} */
  points(values, from, count) {
    const out = new Array(count);
    for (let i = 0; i < count; i += 1) {
      const x = (values[from + i] / WIDEST + 1) * 0.5 * this.width;
      out[i] = `${x.toFixed(2)} ${(5 + (i / (count - 1)) * (HEIGHT - 10)).toFixed(2)}`;
    }
    return out;
  }
}

/**
 * The same in words and numbers.
 * @param {Digits} digits @returns {import('../../records/types.js').TextAlternative}
 */
export function tell({ x, template }) {
  const count = x.length / 10;
  const ranges = Array.from({ length: 10 }, (_, digit) => {
    const [low, high] = extent(x, digit * count, (digit + 1) * count);
    return { digit, low, high, span: high - low };
  }).sort((a, b) => b.span - a.span);
  const range = (/** @type {typeof ranges[0]} */ { digit, low, high }) => `${digit}, from ${formatNumber(low)} to ${formatNumber(high)}`;
  const [low, high] = extent(x);
  const cut = Array.from(x).filter((value) => Math.abs(value) > WIDEST).length;
  const row = (/** @type {ArrayLike<number>} */ values, /** @type {number} */ length, /** @type {string} */ name) =>
    Array.from({ length }, (_, i) => [`${name} ${i + 1}`, ...ranges.map((__, digit) => formatNumber(values[digit * length + i]))]);
  return {
    sentence: `Ten digits of ${count} numbers each: from top to bottom, how far a stroke is to the right of the middle, or, ` +
      `below zero, to the left. All are between ${formatNumber(low)} and ${formatNumber(high)}. Widest is ${range(ranges[0])}; ` +
      `narrowest is ${range(ranges[9])}.${cut ? ` ${cut} of ${x.length} numbers are beyond the picture’s edge at ±${WIDEST}.` : ''}`,
    tables: [{
      caption: 'What is drawn: the numbers of each digit and, in grey, the twelve points of its template. Not centred yet.',
      head: ['', ...ranges.map((_, digit) => String(digit))],
      rows: [...row(x, count, 'number'), ...row(template, 12, 'template')],
      compact: true,
    }],
  };
}

/** @param {HTMLElement} node @param {{describedBy: string}} options id of a text that tells what it shows */
export function mountDigits(node, { describedBy }) {
  /** @type {Cell[]} */ let cells = [];
  let made = 0; // for which width

  /** @param {number} width */
  function build(width) {
    const columns = width < 640 ? 5 : 10;
    const wide = (width + GAP) / columns;
    const tall = TOP + HEIGHT;
    const root = /** @type {SVGElement} */ (svg('svg', {
      width, height: (10 / columns) * tall, role: 'img', 'aria-label': 'Ten digits, one of each class', 'aria-describedby': describedBy,
    }));
    cells = Array.from({ length: 10 }, (_, digit) =>
      new Cell(root, digit, (digit % columns) * wide, Math.floor(digit / columns) * tall + TOP, wide - GAP));
    made = width;
    return root;
  }

  /** @param {Digits} digits */
  function write({ x, template }) {
    const count = x.length / 10;
    cells.forEach((cell, digit) => {
      const points = cell.points(x, digit * count, count);
      cell.line.setAttribute('d', `M${points.join('L')}`);
      cell.dots.setAttribute('d', `M${points.join('h0M')}h0`);
      cell.template.setAttribute('d', `M${cell.points(template, digit * 12, 12).join('L')}`);
    });
  }

  /** @type {Digits | undefined} */ let data;
  let width = 0;
  const redraw = () => {
    if (!data || width <= 0) return;
    if (made !== width) node.replaceChildren(build(width));
    write(data);
  };
  new ResizeObserver(([entry]) => {
    width = Math.floor(entry.contentRect.width);
    if (made !== width) redraw();
  }).observe(node);
  return {
    /** @param {Digits} digits */
    update(digits) {
      data = digits;
      redraw();
    },
  };
}
