// Twelve points to drag: an editor of one template. Time runs down, a point moves sideways. What a
// move means is the caller's.
// @ts-check
import { formatNumber } from '../../records/format.js';

const SVG = 'http://www.w3.org/2000/svg';
const [WIDTH, HEIGHT, EDGE] = [300, 380, 18];
const WIDEST = 0.8; // to either side
const STEPS = /** @type {Record<string, number>} */ ({
  ArrowLeft: -0.01, ArrowRight: 0.01, ArrowDown: -0.01, ArrowUp: 0.01, PageDown: -0.1, PageUp: 0.1,
});

/** @param {string} tag @param {Record<string, string | number>} attributes */
function svg(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

const x = (/** @type {number} */ value) => (Math.max(-1, Math.min(1, value / WIDEST)) * 0.5 + 0.5) * (WIDTH - 2 * EDGE) + EDGE;
const y = (/** @type {number} */ index) => EDGE + (index / 11) * (HEIGHT - 2 * EDGE);
const d = (/** @type {number[]} */ points) => `M${points.map((value, i) => `${x(value).toFixed(2)} ${y(i).toFixed(2)}`).join('L')}`;
const rounded = (/** @type {number} */ value) => Math.round(1000 * value) / 1000;

/**
 * Ten of them in words and numbers.
 * @param {number[][]} shown @param {number[][]} published @returns {import('../../records/types.js').TextAlternative}
 */
export function tell(shown, published) {
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
 * @param {HTMLElement} node
 * @param {{begin: () => void, move: (index: number, value: number) => void}} hand
 *   `begin` comes before the first move of a drag, and before each key
 */
export function mountTemplate(node, { begin, move }) {
  const root = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'points' });
  const round = { fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' };
  const published = svg('path', { ...round, stroke: 'var(--template)', 'stroke-width': 12 });
  const line = svg('path', { ...round, stroke: 'var(--ink)', 'stroke-width': 1.5 });
  /** @type {number[]} */ let points = [];
  const handles = Array.from({ length: 12 }, (_, i) => {
    const handle = svg('circle', {
      r: 8, cy: y(i), tabindex: 0, role: 'slider', 'aria-orientation': 'horizontal', 'aria-label': `Point ${i + 1} of 12`,
      'aria-valuemin': -10, 'aria-valuemax': 10, class: 'handle',
    });
    handle.addEventListener('keydown', (event) => {
      const { key, ctrlKey, metaKey, altKey } = /** @type {KeyboardEvent} */ (event);
      if (ctrlKey || metaKey || altKey || !(key in STEPS || key === 'Home')) return;
      event.preventDefault();
      begin();
      move(i, key === 'Home' ? 0 : rounded(Math.max(-10, Math.min(10, points[i] + STEPS[key]))));
    });
    return handle;
  });
  root.append(svg('path', { d: `M${WIDTH / 2} 0V${HEIGHT}`, stroke: 'var(--rule)' }), published, line, ...handles);
  node.append(root);

  /** @type {number | null} */ let held = null;
  const drag = (/** @type {PointerEvent} */ event) => {
    if (held === null) return;
    const box = root.getBoundingClientRect();
    const place = ((event.clientX - box.left) / box.width) * WIDTH;
    const share = (place - EDGE) / (WIDTH - 2 * EDGE);
    move(held, rounded(Math.max(-1, Math.min(1, 2 * share - 1)) * WIDEST));
  };
  root.addEventListener('pointerdown', (event) => {
    const { button, pointerId, clientY } = /** @type {PointerEvent} */ (event);
    if (button !== 0) return;
    const box = root.getBoundingClientRect();
    const place = ((clientY - box.top) / box.height) * HEIGHT;
    held = Math.max(0, Math.min(11, Math.round(((place - EDGE) / (HEIGHT - 2 * EDGE)) * 11)));
    root.setPointerCapture(pointerId);
    /** @type {any} */ (handles[held]).focus({ preventScroll: true });
    event.preventDefault();
    begin();
    drag(/** @type {PointerEvent} */ (event));
  });
  root.addEventListener('pointermove', (event) => drag(/** @type {PointerEvent} */ (event)));
  for (const kind of ['pointerup', 'pointercancel']) root.addEventListener(kind, () => { held = null; });
  return {
    /** @param {number[]} next @param {number[]} before the published ones */
    update(next, before) {
      points = next;
      line.setAttribute('d', d(points));
      published.setAttribute('d', d(before));
      handles.forEach((handle, i) => {
        handle.setAttribute('cx', x(points[i]).toFixed(2));
        handle.setAttribute('aria-valuenow', String(points[i]));
        handle.setAttribute('aria-valuetext', points[i].toFixed(2));
      });
    },
  };
}

/** A small picture of a template. */
export function mountThumb() {
  const root = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true' });
  const line = svg('path', { fill: 'none', stroke: 'var(--ink)', 'stroke-width': 12, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' });
  root.append(line);
  return { root, update: (/** @type {number[]} */ points) => line.setAttribute('d', d(points)) };
}
