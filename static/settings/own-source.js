// The name of data of one's own, which says what is in them, as dataset/source.py has it. Holds no data.
// @ts-check

/**
 * What a name says: the file's name, classes, numbers of an example, examples to train on and to test.
 * @typedef {{name: string, classes: number, length: number, train: number, test: number}} Source
 */
/** A spec's part that says which data are meant. @typedef {{source?: string}} HasSource */

const FORM = /^([A-Za-z0-9._-]{1,40})-(\d{1,3})-(\d{1,4})-(\d{1,7})-(\d{1,7})-[0-9a-f]{32}$/;
const DIGITS = 10;

/** Fields of a dataset that count for data of one's own too. */
export const OF_ANY_DATA = ['seed', 'shuffle_seq', 'source'];

/** @param {string} text @returns {Source | null} null if it is no such name */
export function readSource(text) {
  const found = FORM.exec(text);
  if (!found) return null;
  const [classes, length, train, test] = found.slice(2).map(Number);
  const within = classes >= 2 && classes <= 100 && length >= 8 && length <= 1024 && train >= 1 && test >= 1 &&
    train + test >= 10 && train + test <= 1e6;
  return within ? { name: found[1], classes, length, train, test } : null;
}

/** @param {HasSource | null | undefined} dataset @returns {Source | null} null of the generator's */
export const ownOf = (dataset) => (dataset?.source ? readSource(dataset.source) : null);

/** @param {HasSource | null | undefined} dataset @returns {number} */
export const classesOf = (dataset) => ownOf(dataset)?.classes ?? DIGITS;

/** Names of classes, as far as the data have been at hand. @type {Map<string, string[]>} */ const names = new Map();

/** @param {string} source @param {string[]} classes */
export const rememberNames = (source, classes) => { names.set(source, classes); };

/** @param {HasSource | null | undefined} dataset @returns {string[]} what its classes are called; of digits the digits */
export const classNames = (dataset) =>
  names.get(dataset?.source ?? '') ?? Array.from({ length: classesOf(dataset) }, (_, i) => String(i));

/** @param {Source} own @returns {string} */
export const describeOwn = ({ name, classes, length, train, test }) =>
  `${name} (${classes} classes, ${length} numbers each, ${train} examples to train on and ${test} to test)`;

/** @param {Record<string, any>} dataset of a spec @returns {string} its main fields in words, for a sentence */
export function describeData(dataset) {
  const own = ownOf(dataset);
  return own ? `data of your own: ${describeOwn(own)}` :
    `noise ${dataset.corr_noise_scale}, shift ${dataset.max_translation}, resolution ${dataset.final_seq_length}`;
}
