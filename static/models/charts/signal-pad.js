// A signal to draw: a handle for each number, upright. A pointer draws along them; the arrow keys go from
// one to the next, and move it. What a move changes is the caller's.
// @ts-check
import { svgElement } from '../../ui/dom.js';
import { ROUND, linePath, numberAt, uprightPoints, xOf, yOf } from '../../ui/upright.js';

/** @typedef {import('../drawn-signal.js').Place} Place */
/**
 * What is called: `draw` for each part of a pointer's way, `move` for a key.
 * @typedef {{draw: (from: Place, to: Place) => void, move: (index: number, value: number) => void}} Moves
 */
/** @typedef {{values: number[], ghost: number[], reach: number}} Drawing `ghost`: what it started from */

const [WIDTH, HEIGHT] = [240, 400];
const STEPS = /** @type {Record<string, number>} */ ({ ArrowLeft: -0.1, ArrowRight: 0.1, PageDown: -1, PageUp: 1 });
const ROWS = /** @type {Record<string, number>} */ ({ ArrowUp: -1, ArrowDown: 1 });

/** A handle for each number; Tab gets to one of them. @param {() => Drawing} drawing @param {Moves} moves @returns {SVGCircleElement[]} */
function makeHandles(drawing, { move }) {
  const { length } = drawing().values;
  const handles = Array.from({ length }, (_, index) => {
    const handle = svgElement('circle', {
      r: 3.5, class: 'number', tabindex: index ? -1 : 0, role: 'slider', 'aria-orientation': 'horizontal',
      'aria-label': `Number ${index + 1} of ${length}`,
    });
    handle.addEventListener('focus', () => {
      for (const one of handles) one.setAttribute('tabindex', one === handle ? '0' : '-1');
    });
    handle.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
      if (ctrlKey || metaKey || altKey) return;
      if (key in ROWS) handles[index + ROWS[key]]?.focus();
      else if (key === 'Home') move(index, 0);
      else if (key in STEPS) move(index, drawing().values[index] + STEPS[key]);
    });
    return handle;
  });
  return handles;
}

/** A pointer draws along its way. @param {SVGSVGElement} root @param {() => Drawing} drawing @param {Moves} moves */
function followPointer(root, drawing, { draw }) {
  /** @type {Place | null} */ let last = null; // where the pointer was
  const placeOf = (/** @type {PointerEvent} */ { clientX, clientY }) => {
    const box = root.getBoundingClientRect();
    const { values, reach } = drawing();
    const place = { x: ((clientX - box.left) / box.width) * WIDTH, y: ((clientY - box.top) / box.height) * HEIGHT };
    return numberAt(place, values.length, { width: WIDTH, height: HEIGHT, reach });
  };
  root.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    root.setPointerCapture(event.pointerId);
    last = placeOf(event);
    /** @type {SVGElement} */ (root.querySelectorAll('.number')[last.index]).focus({ preventScroll: true });
    draw(last, last);
  });
  root.addEventListener('pointermove', (event) => {
    if (!last) return;
    const next = placeOf(event);
    draw(last, next);
    last = next;
  });
  for (const kind of ['pointerup', 'pointercancel']) root.addEventListener(kind, () => { last = null; });
}

/** @param {HTMLElement} node empty until the first update @param {Moves} moves */
export function mountSignalPadChart(node, moves) {
  /** @type {Drawing} */ let now = { values: [], ghost: [], reach: 1 };
  /** @type {SVGCircleElement[]} */ let handles = [];
  const root = svgElement('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'group', 'aria-label': 'Your signal, from top to bottom' });
  const ghost = svgElement('path', { ...ROUND, stroke: 'var(--template)', 'stroke-width': 8 });
  const line = svgElement('path', { ...ROUND, class: 'line', stroke: 'var(--ink)', 'stroke-width': 1.25 });
  const place = svgElement('g');
  root.append(svgElement('path', { d: `M${WIDTH / 2} 0V${HEIGHT}`, stroke: 'var(--rule)' }), ghost, line, place);
  root.addEventListener('keydown', (event) => { // the page must not scroll
    if (event.key in STEPS || event.key in ROWS || event.key === 'Home') event.preventDefault();
  });
  followPointer(root, () => now, moves);
  return {
    /** @param {Drawing} drawing */
    update(drawing) {
      now = drawing;
      const { values, reach } = now;
      const frame = { width: WIDTH, height: HEIGHT, reach };
      if (handles.length !== values.length) {
        handles = makeHandles(() => now, moves);
        place.replaceChildren(...handles);
      }
      ghost.setAttribute('d', linePath(uprightPoints(now.ghost, frame)));
      line.setAttribute('d', linePath(uprightPoints(values, frame)));
      handles.forEach((handle, i) => {
        handle.setAttribute('cx', xOf(values[i], frame).toFixed(2));
        handle.setAttribute('cy', yOf(i, values.length, frame).toFixed(2));
        for (const [name, value] of [['valuemin', -reach], ['valuemax', reach], ['valuenow', values[i]]]) {
          handle.setAttribute(`aria-${name}`, Number(value).toFixed(2));
        }
      });
      if (!root.isConnected) node.replaceChildren(root);
    },
  };
}
