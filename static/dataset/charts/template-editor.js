// One template as twelve points to drag. Time runs down, a point moves sideways. What a move changes is
// the caller's.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { svgElement } from '../../ui/dom.js';
import { ROUND } from '../../ui/upright.js';

/**
 * What is called when a point is moved: `begin` before the first move of a drag, and before each key.
 * @typedef {{begin: () => void, move: (index: number, value: number) => void}} Moves
 */

const [WIDTH, HEIGHT, EDGE] = [300, 380, 18];
const WIDEST = 0.8; // shown to either side, in the units of the templates
const STEPS = /** @type {Record<string, number>} */ ({
  ArrowLeft: -0.01, ArrowRight: 0.01, ArrowDown: -0.01, ArrowUp: 0.01, PageDown: -0.1, PageUp: 0.1,
});

/** @param {number} value @param {number} limit @returns {number} within -limit to limit */
const clamp = (value, limit) => Math.max(-limit, Math.min(limit, value));
const xOf = (/** @type {number} */ value) => (clamp(value / WIDEST, 1) * 0.5 + 0.5) * (WIDTH - 2 * EDGE) + EDGE;
const yOf = (/** @type {number} */ index) => EDGE + (index / 11) * (HEIGHT - 2 * EDGE);
const pathOf = (/** @type {number[]} */ points) =>
  `M${points.map((value, i) => `${xOf(value).toFixed(2)} ${yOf(i).toFixed(2)}`).join('L')}`;
const rounded = (/** @type {number} */ value) => Math.round(1000 * value) / 1000;

/**
 * Ten templates in words and numbers.
 * @param {number[][]} shown @param {number[][]} published @returns {import('../../records/types.js').TextAlternative}
 */
export function describeTemplates(shown, published) {
  const moves = shown.flatMap((points, digit) => points.map((value, i) => ({ digit, i, value, by: value - published[digit][i] })));
  const moved = moves.filter(({ by }) => by !== 0);
  const digits = [...new Set(moved.map(({ digit }) => digit))];
  const far = moved.sort((a, b) => Math.abs(b.by) - Math.abs(a.by))[0];
  return {
    sentence: far ? `${digits.join(', ')} ${digits.length === 1 ? 'is' : 'are'} not as published; ${moved.length} of 120 points ` +
      `have moved, point ${far.i + 1} of ${far.digit} furthest, from ${formatNumber(far.value - far.by)} to ${formatNumber(far.value)}.` :
      'All ten digits are as published.',
    tables: [{
      caption: 'The twelve points of each digit, from top to bottom: how far to the right of the middle.',
      head: ['point', ...shown.map((_, digit) => String(digit))],
      rows: Array.from({ length: 12 }, (_, i) => [String(i + 1), ...shown.map((points) => formatNumber(points[i]))]),
      compact: true,
    }],
  };
}

/**
 * @param {number} index of the point @param {() => number} value of it now @param {Moves} moves
 * @returns {SVGCircleElement}
 */
function makeHandle(index, value, { begin, move }) {
  const handle = svgElement('circle', {
    r: 8, cy: yOf(index), tabindex: 0, role: 'slider', 'aria-orientation': 'horizontal', 'aria-label': `Point ${index + 1} of 12`,
    'aria-valuemin': -10, 'aria-valuemax': 10, class: 'handle',
  });
  handle.addEventListener('keydown', (event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || !(key in STEPS || key === 'Home')) return;
    event.preventDefault();
    begin();
    move(index, key === 'Home' ? 0 : rounded(clamp(value() + STEPS[key], 10)));
  });
  return handle;
}

/** A pointer anywhere in the picture drags the point at its height. @param {SVGSVGElement} root @param {SVGElement[]} handles @param {Moves} moves */
function followDrag(root, handles, { begin, move }) {
  /** @type {number | null} */ let held = null; // the point that is dragged
  const drag = (/** @type {PointerEvent} */ { clientX }) => {
    if (held === null) return;
    const box = root.getBoundingClientRect();
    const place = ((clientX - box.left) / box.width) * WIDTH;
    const share = (place - EDGE) / (WIDTH - 2 * EDGE);
    move(held, rounded(clamp(2 * share - 1, 1) * WIDEST));
  };
  root.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const box = root.getBoundingClientRect();
    const place = ((event.clientY - box.top) / box.height) * HEIGHT;
    held = Math.max(0, Math.min(11, Math.round(((place - EDGE) / (HEIGHT - 2 * EDGE)) * 11)));
    root.setPointerCapture(event.pointerId);
    handles[held].focus({ preventScroll: true });
    event.preventDefault();
    begin();
    drag(event);
  });
  root.addEventListener('pointermove', drag);
  for (const kind of ['pointerup', 'pointercancel']) root.addEventListener(kind, () => { held = null; });
}

/** @param {HTMLElement} node @param {Moves} moves */
export function mountTemplateEditorChart(node, moves) {
  /** @type {number[]} */ let points = [];
  const root = svgElement('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'points' });
  const published = svgElement('path', { ...ROUND, stroke: 'var(--template)', 'stroke-width': 12 });
  const line = svgElement('path', { ...ROUND, stroke: 'var(--ink)', 'stroke-width': 1.5 });
  const handles = Array.from({ length: 12 }, (_, i) => makeHandle(i, () => points[i], moves));
  root.append(svgElement('path', { d: `M${WIDTH / 2} 0V${HEIGHT}`, stroke: 'var(--rule)' }), published, line, ...handles);
  node.append(root);
  followDrag(root, handles, moves);
  return {
    /** @param {number[]} next @param {number[]} before the published ones */
    update(next, before) {
      points = next;
      line.setAttribute('d', pathOf(points));
      published.setAttribute('d', pathOf(before));
      handles.forEach((handle, i) => {
        handle.setAttribute('cx', xOf(points[i]).toFixed(2));
        handle.setAttribute('aria-valuenow', String(points[i]));
        handle.setAttribute('aria-valuetext', points[i].toFixed(2));
      });
    },
  };
}
