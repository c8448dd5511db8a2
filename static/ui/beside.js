// Where a box of words goes beside a point of a chart: as near as may be, without covering a curve.
// Draws nothing.
// @ts-check

/** @typedef {{x: number, y: number}} Place in pixels */
/** @typedef {{left: number, top: number, right: number, bottom: number}} Bounds */
/** @typedef {{width: number, height: number}} Size */

const GAP = 12; // pixels between the box and its point, or a curve
const STEP = 6; // pixels between two places that are tried, and between two points of a curve

/**
 * Points along a curve, close enough that no box slips between them.
 * @param {Place[]} corners of the curve, in their order @returns {Place[]}
 */
export function alongCurve(corners) {
  return corners.flatMap((from, i) => {
    const to = corners[i + 1] ?? from;
    const count = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / STEP));
    return Array.from({ length: count }, (_, k) => ({
      x: from.x + (k / count) * (to.x - from.x), y: from.y + (k / count) * (to.y - from.y),
    }));
  });
}

/** @param {number} low @param {number} high @returns {number[]} from low to high in steps; `low` alone if there is no room */
const steps = (low, high) =>
  Array.from({ length: 1 + Math.max(0, Math.floor((high - low) / STEP)) }, (_, i) => low + i * STEP);

/** How far a place is from a box, by its longer side. @param {Place} place @param {Place} corner @param {Size} size */
const distance = ({ x, y }, corner, { width, height }) =>
  Math.max(corner.x - x, x - corner.x - width, corner.y - y, y - corner.y - height, 0);

/**
 * @param {Place} point that the box is about @param {Size} size of the box
 * @param {Place[]} curves points of the curves @param {Bounds} bounds the box stays within
 * @returns {Place} its upper left corner: it covers as little of the curves as can be, and is then as near as can be
 */
export function placeBeside(point, size, curves, { left, top, right, bottom }) {
  const rights = [point.x + GAP, point.x - GAP - size.width, left, right - size.width]
    .map((x) => Math.max(left, Math.min(right - size.width, x)));
  const places = rights.flatMap((x) => steps(top, bottom - size.height).map((y) => ({ x, y })));
  const costs = places.map((corner) => {
    const covered = curves.filter((one) => distance(one, corner, size) < GAP / 2).length;
    const onPoint = distance(point, corner, size) < GAP ? 1 : 0;
    const aside = Math.abs(corner.y + size.height / 2 - point.y) / 10; // of equally near ones, level with the point
    return 1e4 * (covered + onPoint) + distance(point, corner, size) + aside;
  });
  return places[costs.indexOf(Math.min(...costs))];
}
