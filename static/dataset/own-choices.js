// What is asked before a file becomes data: which files, and the visitor's choices. Reads no file, draws nothing.
// @ts-check

/**
 * What the job `prepare_data` returns; see py/mnist1d_lab/jobs/own_data.py.
 * @typedef {{source: string, data: Uint8Array, names: string[], counts: Int32Array, counts_test: Int32Array,
 *   length: number, length_before: number, train: number, test: number, has_test: boolean, columns: string[],
 *   column: number, examples: Float32Array, shown: number}} Prepared
 */
/** @typedef {{name: string, bytes: Uint8Array}} DataFile */
/** @typedef {{column: string, split: string, train_share: number, seed: number, centring: string, length: number}} Choices */

export const LARGEST = 200 * 2 ** 20; // bytes of a file that is opened
/** What the file chooser offers; a file is known by what is in it. */
export const ENDINGS = '.npz,.csv,.json,.tsv,.txt,.ts,.arff,.pkl';

/** @type {Choices} */
export const USUAL = { column: '', split: 'file', train_share: 0.8, seed: 0, centring: 'all', length: 0 };

/**
 * Archives have a file to train on and a file to test: which is which.
 * @param {{name: string}[]} files @returns {string} what is wrong with so many; '' if nothing
 */
export function wrongFiles(files) {
  if (files.length > 2) return `One file is opened at a time, or two that are a TRAIN and a TEST file; these are ${files.length}.`;
  const tests = files.filter(({ name }) => isTest(name)).length;
  return files.length === 2 && tests !== 1 ? 'Of two files, one must be a TEST file by its name.' : '';
}

/** @param {string} name of a file */
const isTest = (name) => /test/i.test(name);

/** @param {DataFile[]} files one or two @param {Choices} choices @returns {Record<string, any>} the arguments of the job `prepare_data` */
export function prepareArgs(files, choices) {
  const [train, test] = files.length === 2 && isTest(files[0].name) ? [files[1], files[0]] : files;
  const second = test ? { test_file: test.bytes, test_name: test.name.slice(-300) } : {};
  return { ...choices, file: train.bytes, name: train.name.slice(-300), ...second };
}

/** @param {Prepared} prepared @returns {string} what was found in the file */
export function describePrepared({ names, train, test, length, length_before: before, has_test: hasTest }) {
  const made = length === before ? '' : `, resampled from ${before}`;
  return `${names.length} classes, ${length} numbers an example${made}; ${train} examples to train on, ${test} to test` +
    `${hasTest ? '' : ' (the file has no test part, so some were drawn)'}.`;
}
