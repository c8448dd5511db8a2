// The stages of one digit: a small picture of each, and a large one between two of them. Time runs
// down, the signal sideways, as in the picture of the ten digits.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { extent } from '../../records/stats.js';

/** @typedef {{name: string, sentence: string, code: string, drawn: string, by: number, x: ArrayLike<number>}} Stage */
/** @typedef {{values: number[], places: number[]}} Curve places from 0 to 1, downwards */

const SVG = 'http://www.w3.org/2000/svg';
const WIDEST = 1.05;

/** @param {Stage[]} stages @param {number} index @returns {Curve} */
function curve(stages, index) {
  const values = Array.from(stages[index].x);
  const samples = index === 1 ? stages[2].x.length : values.length; // padding has not been stretched yet
  return { values, places: values.map((_, i) => i / (samples - 1)) };
}

/** @param {Curve} curve @param {number} count @returns {Curve} with this many points, read off between its own */
function spread({ values, places }, count) {
  const at = (/** @type {number[]} */ list, /** @type {number} */ i) => {
    const place = (i / (count - 1)) * (list.length - 1);
    const left = Math.min(Math.floor(place), list.length - 2);
    return list[left] + (place - left) * (list[left + 1] - list[left]);
  };
  return {
    values: Array.from({ length: count }, (_, i) => at(values, i)),
    places: Array.from({ length: count }, (_, i) => at(places, i)),
  };
}

/**
 * @param {Stage[]} stages @param {number} position 2.5 is half-way from stage 2 to stage 3
 * @returns {Curve}
 */
export function between(stages, position) {
  const index = Math.min(Math.floor(position), stages.length - 1);
  const share = position - index;
  let from = curve(stages, index);
  if (!share) return from;
  let to = curve(stages, index + 1);
  if (stages[index + 1].name === 'translate') { // it moves round rather than across
    const { length } = from.values;
    const by = share * stages[index + 1].by;
    const values = from.values.map((_, i) => {
      const place = (((i - by) % length) + length) % length;
      const left = Math.floor(place);
      const right = (left + 1) % length;
      return from.values[left] + (place - left) * (from.values[right] - from.values[left]);
    });
    return { values, places: from.places };
  }
  if (index === 0) { // the zeros come out of the template's end
    const more = to.values.length - from.values.length;
    from = { values: [...from.values, ...Array(more).fill(from.values.at(-1))], places: [...from.places, ...Array(more).fill(1)] };
  }
  const count = Math.max(from.values.length, to.values.length);
  [from, to] = [spread(from, count), spread(to, count)];
  const mixed = (/** @type {number[]} */ a, /** @type {number[]} */ b) => a.map((value, i) => value + share * (b[i] - value));
  return { values: mixed(from.values, to.values), places: mixed(from.places, to.places) };
}

/**
 * The same in words and numbers.
 * @param {Stage[]} stages @param {number} position @returns {import('../../records/types.js').TextAlternative}
 */
export function tell(stages, position) {
  const before = Math.floor(position);
  const at = (/** @type {number} */ index) => {
    const { name, x } = stages[index];
    const [low, high] = extent(x);
    return `“${name}”, ${x.length} numbers between ${formatNumber(low)} and ${formatNumber(high)}`;
  };
  const most = Math.max(...stages.map(({ x }) => x.length));
  return {
    sentence: before === position ? `Shown is the stage ${at(before)}.` :
      `Shown is the way from ${at(before)}, to ${at(before + 1)}: ${Math.round(100 * (position - before))} % of it.`,
    tables: [{
      caption: 'The numbers of this example at each stage, from top to bottom.',
      head: ['number', ...stages.map(({ name }) => name)],
      rows: Array.from({ length: most }, (_, i) => [String(i + 1), ...stages.map(({ x }) => (i < x.length ? formatNumber(x[i]) : '–'))]),
      compact: true,
    }],
  };
}

/**
 * A picture of one curve.
 * @param {string} label @param {number} width @param {number} height @param {number} dot
 * @param {string} [describedBy] id of a text that tells what it shows
 */
export function mountCurve(label, width, height, dot, describedBy) {
  const root = document.createElementNS(SVG, 'svg');
  const [line, dots] = [1.25, dot].map((stroke) => {
    const path = document.createElementNS(SVG, 'path');
    for (const [name, value] of Object.entries({
      fill: 'none', stroke: 'var(--ink)', 'stroke-width': stroke, 'stroke-linecap': 'round', 'stroke-linejoin': 'round',
    })) path.setAttribute(name, String(value));
    return path;
  });
  const middle = document.createElementNS(SVG, 'path');
  middle.setAttribute('d', `M${width / 2} 0V${height}`);
  middle.setAttribute('stroke', 'var(--rule)');
  root.setAttribute('viewBox', `0 0 ${width} ${height}`);
  if (label) {
    root.setAttribute('role', 'img');
    root.setAttribute('aria-label', label);
    if (describedBy) root.setAttribute('aria-describedby', describedBy);
  } else root.setAttribute('aria-hidden', 'true');
  root.append(middle, line, dots);
  return {
    root,
    /** @param {Curve} curve */
    update({ values, places }) {
      const points = values.map((value, i) =>
        `${((value / WIDEST + 1) * 0.5 * width).toFixed(2)} ${(5 + places[i] * (height - 10)).toFixed(2)}`);
      line.setAttribute('d', `M${points.join('L')}`);
      dots.setAttribute('d', dot ? `M${points.join('h0M')}h0` : '');
    },
  };
}
