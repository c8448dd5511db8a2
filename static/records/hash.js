// Equal values, equal text, equal hash: what names specs and results. Knows no file and no page.
// @ts-check

/** @param {unknown} value @returns {unknown} the value, or the name of a number that JSON has not */
export const spelled = (value) =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;

/** @param {any} value @returns {string} JSON whose keys are in order: equal values, equal text */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(spelled(value));
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/**
 * FNV-1a, 32 bits: against mistakes, not against forgers. Unlike the browser's SHA-256 it is there
 * on every address, and at once.
 * @param {string} text @returns {string} 8 hex digits
 */
export function shortHash(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** @param {any} spec @returns {any} without what is no news: links are older than the field */
function settled(spec) {
  if (spec === null || typeof spec !== 'object' || Array.isArray(spec)) return spec;
  const entries = Object.entries(spec).filter(([name, value]) => name !== 'templates' || value !== '');
  return Object.fromEntries(entries.map(([name, value]) => [name, settled(value)]));
}

/** @param {any} spec @returns {string} equal for equal specs */
export const specHash = (spec) => shortHash(canonical(settled(spec)));

/**
 * FNV-1a, 64 bits: names what is kept in the browser, so its values must not change.
 * @param {Uint8Array} bytes @returns {string} hex digits, without leading zeros
 */
export function longHash(bytes) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of bytes) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16);
}
