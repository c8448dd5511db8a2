// Hashes that name specs and results: equal values have equal hashes. Knows no file and no page.
// @ts-check
import { YOUNGER } from '../from-python.js';

/** @param {unknown} value @returns {unknown} the value; of a number that JSON does not have, its name */
export const spelled = (value) =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** @param {unknown} value @returns {string} JSON with sorted keys: the same text for equal values */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(spelled(value));
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`;
}

/**
 * FNV-1a, 32 bits: it detects mistakes, not forgery. Unlike the browser's SHA-256 it also works on
 * pages without https, and it is synchronous.
 * @param {string} text @returns {string} 8 hex digits
 */
export function shortHash(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** @param {unknown} spec @returns {unknown} without younger fields that change nothing */
function withoutDefaults(spec) {
  const younger = /** @type {Record<string, unknown>} */ (YOUNGER);
  if (spec === null || typeof spec !== 'object' || Array.isArray(spec)) return spec;
  const entries = Object.entries(spec).filter(([name, value]) => !(name in YOUNGER) || value !== younger[name]);
  return Object.fromEntries(entries.map(([name, value]) => [name, withoutDefaults(value)]));
}

/** @param {unknown} spec @returns {string} the same for equal specs */
export const specHash = (spec) => shortHash(canonical(withoutDefaults(spec)));

/**
 * FNV-1a, 64 bits: names what is kept in the browser, so its values must not change.
 * @param {Uint8Array} bytes @returns {string} hex digits, without leading zeros
 */
export function longHash(bytes) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16);
}
