// The columns of a record in a file: what each may hold, and how a message says that. Reads no file.
// @ts-check

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
function within(name, low, high, { whole = false, required = true } = {}) {
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

/** @param {string} name @param {boolean} required @returns {Column} */
const loss = (name, required) => ({
  name, required,
  allowed: 'a number of at least 0, Infinity or NaN', // some trainings diverge
  read(value) {
    const read = number(value);
    return read !== undefined && !(read < 0) ? read : undefined;
  },
});

/** @param {string} name @param {string[]} names @param {boolean} [required] @returns {Column} */
const oneOf = (name, names, required = true) => ({
  name, required,
  allowed: names.join(', ').replace(/, ([^,]*)$/, ' or $1'),
  read: (value) => names.find((one) => one === value),
});

/** The short name of somebody's code that made a record. @type {Column} */
const edited = {
  name: 'edited', required: false, allowed: '8 hex digits',
  read: (value) => (typeof value === 'string' && /^[0-9a-f]{8}$/.test(value) ? value : undefined),
};
const optional = { required: false };
const share = (/** @type {string} */ name) => within(name, 0, 1, optional);

/** Columns of a lottery search, one row an arm, trial and level. */
export const SEARCH = [
  oneOf('arm', ['lottery', 'random', 'dense']),
  within('trial', 0, 1e6, { whole: true }),
  within('level', 0, 100, { whole: true }),
  within('step', 0, 1e9, { whole: true }),
  within('sparsity', 0, 1),
  loss('train_loss', false),
  within('train_acc', 0, 100, optional),
  loss('test_loss', true),
  within('test_acc', 0, 100),
  within('best_test_acc', 0, 100, optional),
  ...['p2', 'p3', 'p4', 'null2', 'null3', 'null4'].map(share),
  edited,
];
