// Masks of a first layer, one byte a weight, unit by unit: unpacked, counted, ordered. Draws nothing.
// @ts-check
import { classesOf } from '../settings/own-source.js';

/**
 * The first `count` bits of a packed mask, one byte each.
 * @param {Uint8Array} packed lowest bit first @param {number} count @returns {Uint8Array} of 0 and 1
 */
export const unpack = (packed, count) =>
  Uint8Array.from({ length: count }, (_, i) => (packed[i >> 3] >> (i & 7)) & 1);

/**
 * A packed mask whose first bits are replaced; what comes after them (the other layers) stays.
 * @param {Uint8Array} mask of 0 and 1 @param {Uint8Array} [rest] a packed mask to take the rest from
 * @returns {Uint8Array}
 */
export function pack(mask, rest = new Uint8Array(Math.ceil(mask.length / 8))) {
  const packed = rest.slice();
  mask.forEach((kept, i) => {
    const bit = 1 << (i & 7);
    packed[i >> 3] = kept ? packed[i >> 3] | bit : packed[i >> 3] & ~bit;
  });
  return packed;
}

/** @param {Uint8Array} mask @returns {number} how many weights it keeps */
export const survivors = (mask) => mask.reduce((sum, kept) => sum + kept, 0);

/**
 * What one unit keeps: its surviving inputs, and how many pairs of neighbours are among them.
 * @param {Uint8Array} mask @param {number} inputs @param {number} unit
 */
export function fieldOf(mask, inputs, unit) {
  const row = mask.subarray(unit * inputs, (unit + 1) * inputs);
  const kept = [...row.keys()].filter((input) => row[input]);
  return { unit, kept, pairs: kept.filter((input) => row[input + 1]).length };
}

/**
 * How much survives side by side. The same as `together` in lottery/adjacency.py.
 * @param {Uint8Array} mask @param {number} inputs @param {number} width of a window of adjacent inputs
 * @returns {{share: number, units: number}} of all windows those that survive whole; units that have one
 */
export function together(mask, inputs, width) {
  const places = inputs - width + 1;
  let [windows, units] = [0, 0];
  for (let from = 0; from < mask.length; from += inputs) {
    let [run, found] = [0, 0]; // survivors side by side up to here, windows among them
    for (let input = from; input < from + inputs; input += 1) {
      run = mask[input] ? run + 1 : 0;
      if (run >= width) found += 1;
    }
    windows += found;
    if (found) units += 1;
  }
  return { share: places < 1 ? 0 : windows / ((mask.length / inputs) * places), units };
}

/** @typedef {'pairs' | 'kept' | 'unit'} Sorting by adjacent pairs, by survivors, or not at all */

/**
 * The units in the order in which to show them, most first; equals keep their own order.
 * @param {Uint8Array} mask @param {number} inputs @param {Sorting} by @returns {number[]}
 */
export function ordered(mask, inputs, by) {
  const fields = Array.from({ length: mask.length / inputs }, (_, unit) => fieldOf(mask, inputs, unit));
  if (by === 'pairs') fields.sort((a, b) => b.pairs - a.pairs || b.kept.length - a.kept.length);
  if (by === 'kept') fields.sort((a, b) => b.kept.length - a.kept.length);
  return fields.map(({ unit }) => unit);
}

/** @param {Uint8Array} bytes @returns {string} */
export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));

/** @param {string} text @returns {Uint8Array} */
export const fromBase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** @param {import('../from-python.js').LotterySpec} spec @returns {number} how many bytes a mask of all its layers has */
function bytesOf({ hidden, depth = 2, prune_biases, dataset }) {
  const [inputs, classes] = [dataset.final_seq_length, classesOf(dataset)];
  const weights = hidden * (inputs + (depth - 1) * hidden + classes);
  return Math.ceil((weights + (prune_biases ? depth * hidden + classes : 0)) / 8);
}

/**
 * Whether there is a mask, of all layers: a shipped one may have the first layer only.
 * @param {Uint8Array | null} packed @param {import('../from-python.js').LotterySpec} spec
 */
export const isWhole = (packed, spec) => packed?.length === bytesOf(spec);

/**
 * A packed mask as long as that of the whole network, whose other layers are empty if they are not
 * known. For what looks at the first layer only.
 * @param {Uint8Array} packed @param {import('../from-python.js').LotterySpec} spec @returns {Uint8Array}
 */
export function whole(packed, spec) {
  const longer = new Uint8Array(bytesOf(spec));
  longer.set(packed.subarray(0, longer.length));
  return longer;
}
