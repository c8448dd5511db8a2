// Templates that are drawn by hand, as text and back: `3:0,0.5,…;7:…`, as DatasetSpec.templates has them.
// @ts-check

/** @typedef {Map<number, number[]>} Templates digit to its twelve points */

export const POINTS = 12;
export const HIGHEST = 10; // to either side, as DatasetSpec allows
const LONGEST = 5000; // letters of ten templates, each number in full
/** How a number is written. */
export const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i; // Number() also takes 0x10 and blanks

/** @param {string[]} texts @returns {number[] | null} the twelve numbers; null if it is something else */
export function readPoints(texts) {
  const found = texts.map((one) => (NUMBER.test(one.trim()) ? Number(one) : NaN));
  return found.length === POINTS && found.every((one) => Math.abs(one) <= HIGHEST) ? found : null;
}

/** @param {string} text @returns {Templates | null} null if Python would refuse it */
export function readTemplates(text) {
  /** @type {Templates} */ const templates = new Map();
  if (text.length > LONGEST) return null;
  for (const part of text.trim() ? text.split(';') : []) {
    const [, digit, list] = /^\s*(\d)\s*:(.*)$/.exec(part) ?? [];
    const found = list === undefined ? null : readPoints(list.split(','));
    if (!found || templates.has(Number(digit))) return null;
    templates.set(Number(digit), found);
  }
  return templates;
}

/** @param {Templates} templates @returns {string} */
export const writeTemplates = (templates) =>
  [...templates].sort(([a], [b]) => a - b).map(([digit, list]) => `${digit}:${list.join(',')}`).join(';');
