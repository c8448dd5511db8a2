// Columns of records in a file: what each may hold, and how a message says that. Which of them a kind of records
// has is said where that is drawn. Reads no file.
// @ts-check
import { list } from './refusal.js';

/**
 * What a column may hold. `read` takes a value of JSON, or the text of a cell, and returns the clean
 * value; undefined if it is not allowed.
 * @typedef {object} Column
 * @property {string} name
 * @property {boolean} required
 * @property {string} allowed in words
 * @property {(value: unknown) => string | number | undefined} read
 */

// Number() would also take '', '0x10' and ' 1 '.
const NUMERAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Numbers that JSON does not have; files spell them out. @type {Record<string, number>} */
export const UNBOUNDED = { NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity };

/** @param {unknown} value @returns {number | undefined} a number, or the text of one */
function number(value) {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  if (Object.hasOwn(UNBOUNDED, value)) return UNBOUNDED[value];
  return NUMERAL.test(value) ? Number(value) : undefined;
}

/**
 * @param {string} name @param {number} low @param {number} high
 * @param {{whole?: boolean, required?: boolean}} [options] @returns {Column}
 */
export function within(name, low, high, { whole = false, required = true } = {}) {
  const range = high === Infinity ? `of at least ${low}` : `from ${low} to ${high}`;
  return {
    name, required,
    allowed: `a ${whole ? 'whole ' : ''}number ${range}`,
    read(value) {
      const read = number(value);
      const fits = read !== undefined && read >= low && read <= high && Number.isFinite(read);
      return fits && (!whole || Number.isInteger(read)) ? read : undefined;
    },
  };
}

/** @param {string} name @returns {Column} */
export const loss = (name, required = true) => ({
  name, required,
  allowed: 'a number of at least 0, Infinity or NaN', // some trainings diverge
  read(value) {
    const read = number(value);
    return read !== undefined && !(read < 0) ? read : undefined;
  },
});

/** @param {string} name @param {string[]} names @param {boolean} [required] @returns {Column} */
export const oneOf = (name, names, required = true) => ({
  name, required,
  allowed: list(names, 'or'),
  read: (value) => names.find((one) => one === value),
});

/** The short name of somebody's code that made a record. @type {Column} */
export const edited = {
  name: 'edited', required: false, allowed: '8 hex digits',
  read: (value) => (typeof value === 'string' && /^[0-9a-f]{8}$/.test(value) ? value : undefined),
};
/** @param {string} name @returns {Column} */
export const share = (name) => within(name, 0, 1, { required: false });

/** @param {string} name @returns {Column} */
export const accuracy = (name, required = true) => within(name, 0, 100, { required });
