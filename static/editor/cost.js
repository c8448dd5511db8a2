// What a run of edited code costs, in sentences. It measures nothing.
// @ts-check

/** @typedef {import('./edited-texts.js').Edits} Edits */

// Measured in Chromium with 100 and 500 hidden units: trainings of an unedited network through this path took 26 and 25
// times as long as on the kernels, those with an unedited optimiser at 500 hidden units 1.5 times.
const NUMPY = {
  model: 'A network of your own is computed by NumPy, some 25 times slower than by the compiled kernels: fewer steps and trials help.',
  optimizer: 'NumPy computes the optimiser, the compiled kernels the rest: a step takes about half as long again.',
};

/**
 * @param {Edits} edits @param {Record<string, string>} labels of the hooks @param {{ours: string, does: string}} figure
 *   what is said where nothing is edited, and what runs with the code @returns {string}
 */
export function costOf(edits, labels, { ours, does }) {
  const names = Object.keys(edits);
  if (!names.length) return `${ours} Change something, and run it.`;
  const slower = 'model' in edits ? NUMPY.model : 'optimizer' in edits ? NUMPY.optimizer : 'All else is computed as always, by the compiled kernels.';
  return `Edited: ${names.map((name) => labels[name]).join(', ')}. ${does} in one worker of its own, which reaches neither this page nor a network. ${slower}`;
}
