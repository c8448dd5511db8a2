// Ten digits as pen strokes, each over its template. Time runs down, the signal sideways. The paths
// are written without Plot, because they follow a slider within a frame.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { extent } from '../../records/stats.js';
import { svgElement } from '../../ui/dom.js';
import { ROUND, dotsPath, linePath, uprightPoints } from '../../ui/upright.js';

/**
 * `x` is (10, numbers of an example), not centred yet; `template` is (10, 12); both row by row.
 * @typedef {{x: ArrayLike<number>, template: ArrayLike<number>}} Digits
 */

const WIDEST = 1.15; // shown to either side, in the units of the templates; what goes beyond is cut off
const HEIGHT = 186; // pixels of a digit's frame
const SHORT = 142; // on a phone, where ten of them and the sliders are to fit one screen
const PHONE = 440; // pixels of width below which it is one
const TOP = 24; // pixels above it for its name
const GAP = 8; // pixels between two frames
const NARROW = 640; // pixels of width below which the digits stand in two rows

/** One digit: its frame, and the three paths in it. */
class DigitCell {
  /** @param {SVGElement} root @param {number} digit @param {{x: number, y: number, width: number, height: number}} box */
  constructor(root, digit, { x, y, width, height }) {
    this.frame = { width, height, reach: WIDEST };
    const place = svgElement('svg', { x, y, width, height });
    const name = svgElement('text', {
      x: x + width / 2, y: y - 8, 'text-anchor': 'middle', fill: 'var(--quiet)', 'font-size': 14, 'font-weight': 600,
    });
    name.textContent = String(digit);
    this.template = svgElement('path', { ...ROUND, stroke: 'var(--template)', 'stroke-width': 7 });
    this.line = svgElement('path', { ...ROUND, stroke: 'var(--ink)', 'stroke-width': 1.25 });
    this.dots = svgElement('path', { ...ROUND, class: 'dots', stroke: 'var(--ink)', 'stroke-width': 3.4 });
    place.append(this.template, this.line, this.dots);
    const frame = svgElement('rect', {
      x: x + 0.5, y: y + 0.5, width: width - 1, height: height - 1, rx: 4, fill: 'none', stroke: 'var(--rule)',
    });
    root.append(name, place, frame);
  }

  /** @param {Digits} digits @param {number} digit */
  update({ x, template }, digit) {
    const row = (/** @type {number} */ count) => ({ from: digit * count, count });
    const points = uprightPoints(x, this.frame, row(x.length / 10));
    this.line.setAttribute('d', linePath(points));
    this.dots.setAttribute('d', dotsPath(points));
    this.template.setAttribute('d', linePath(uprightPoints(template, this.frame, row(12))));
  }
}

/**
 * The same in words and numbers.
 * @param {Digits} digits @returns {import('../../records/types.js').TextAlternative}
 */
export function describeDigits({ x, template }) {
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

/** @param {number} width in pixels @param {string} describedBy id of a text */
function buildCells(width, describedBy) {
  const columns = width < NARROW ? 5 : 10;
  const wide = (width + GAP) / columns;
  const height = width < PHONE ? SHORT : HEIGHT;
  const tall = TOP + height;
  const root = svgElement('svg', {
    width, height: (10 / columns) * tall, role: 'img', 'aria-label': 'Ten digits, one of each class', 'aria-describedby': describedBy,
  });
  const cells = Array.from({ length: 10 }, (_, digit) =>
    new DigitCell(root, digit, {
      x: (digit % columns) * wide, y: Math.floor(digit / columns) * tall + TOP, width: wide - GAP, height,
    }));
  return { root, cells };
}

/**
 * Unlike `responsive`, this keeps its elements from one update to the next.
 * @param {HTMLElement} node @param {{describedBy: string}} options id of the text that says what it shows
 */
export function mountTenDigitsChart(node, { describedBy }) {
  /** @type {DigitCell[]} */ let cells = [];
  /** @type {Digits | undefined} */ let data;
  let width = 0;
  let builtFor = 0; // the width that the cells were built for

  function redraw() {
    if (!data || width <= 0) return;
    if (builtFor !== width) {
      const built = buildCells(width, describedBy);
      cells = built.cells;
      builtFor = width;
      node.replaceChildren(built.root);
    }
    for (const [digit, cell] of cells.entries()) cell.update(data, digit);
  }
  new ResizeObserver(([entry]) => {
    width = Math.floor(entry.contentRect.width);
    if (builtFor !== width) redraw();
  }).observe(node);
  return {
    /** @param {Digits} digits */
    update(digits) {
      data = digits;
      redraw();
    },
  };
}
