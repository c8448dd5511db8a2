// Masks to start a drawing from: as many weights as the found ticket, laid out in another way.
// @ts-check

/** @typedef {{hidden: number, inputs: number, kept: number}} Size */

/**
 * A mask with `kept` weights, spread evenly over the units.
 * `place` says which inputs a unit keeps, given how many.
 * @param {Size} size @param {(unit: number, count: number) => number[]} place @returns {Uint8Array}
 */
function spreadOverUnits({ hidden, inputs, kept }, place) {
  const mask = new Uint8Array(hidden * inputs);
  const upTo = (/** @type {number} */ unit) => Math.floor((kept * unit) / hidden);
  for (let unit = 0; unit < hidden; unit += 1) {
    for (const input of place(unit, upTo(unit + 1) - upTo(unit))) mask[unit * inputs + input] = 1;
  }
  return mask;
}

/** Neighbours: each unit sees one stretch of the input. @param {Size} size */
export const band = (size) => spreadOverUnits(size, (unit, count) => {
  const start = Math.round((unit / Math.max(1, size.hidden - 1)) * (size.inputs - count));
  return Array.from({ length: count }, (_, i) => start + i);
});

/** No neighbours: each unit's inputs as far apart as they can be. @param {Size} size */
export const comb = (size) => spreadOverUnits(size, (unit, count) => {
  const gap = size.inputs / count;
  const shift = (unit * 0.618) % 1; // offsets by the golden ratio: units do not repeat each other's pattern
  return Array.from({ length: count }, (_, i) => Math.floor((i + shift) * gap));
});

/** Any weights, chosen at random. @param {Size} size */
export function randomMask({ hidden, inputs, kept }) {
  const mask = new Uint8Array(hidden * inputs);
  const places = Array.from(mask.keys());
  for (let i = 0; i < kept; i += 1) {
    const other = i + Math.floor(Math.random() * (places.length - i));
    [places[i], places[other]] = [places[other], places[i]];
    mask[places[i]] = 1;
  }
  return mask;
}
