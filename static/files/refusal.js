// Why a file is not opened, in a sentence, and how such a sentence repeats what is in the file. Reads nothing.
// @ts-check

/** What is wrong with a file: the rest of a sentence that starts with the file's name. */
export class Refusal extends Error {}

const LONGEST = 40; // letters of a value that a sentence repeats

/** @param {unknown} value @returns {string} for a sentence */
export function shown(value) {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, 2 * LONGEST) : value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** @param {string} text of a parser's message @returns {string} its beginning */
export const beginning = (text) => text.slice(0, 2 * LONGEST);

/** @param {string[]} names @param {string} [last] the word before the last one @returns {string} */
export const list = (names, last = 'and') => names.join(', ').replace(/, ([^,]*)$/, ` ${last} $1`);

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
