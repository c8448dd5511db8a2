// The eight exercises: where each one is done, with which settings it begins, and what its goal is. Their texts are
// in index.html, under the same names. Draws nothing.
// @ts-check
import { formatPercent, formatSigned } from '../records/format.js';
import { finalAccuracy, gainAt, neighbourRatio, prunedLevels } from './measures.js';

/** @typedef {import('../lab/own-results.js').OwnResult} OwnResult */
/** @typedef {{solved: boolean, says: string}} Answer `says`: what was measured, and what is missing, as one sentence */
/** @typedef {Record<string, string | number>} Values of settings, named as in the address bar */
/**
 * @typedef {object} Exercise
 * @property {string} name its element in index.html is `exercise-NAME`
 * @property {OwnResult['kind']} kind of run that can solve it
 * @property {Values} start settings that differ from the defaults when it begins
 * @property {Values} solution settings that solve it, beside those of the start
 * @property {string} found what a run with them shows: tests/parity/make_exercises.py prints it
 * @property {(result: OwnResult) => Answer} check
 */

const TICKET = 0.9; // sparsity from which on a ticket counts here: the published comparison is near it
const SPAN = 0.04; // of sparsity, within which the crossing of `random` is to be found

/** @param {boolean} solved @param {string} measured @param {string} missing */
const answer = (solved, measured, missing) => ({ solved, says: solved ? `${measured}.` : `${measured}: ${missing}.` });

/** @param {OwnResult} result @param {number} least @returns {string} what is missing of a run's length, '' if nothing is */
const tooShort = ({ spec }, least) => (spec.steps < least ? `train for at least ${least} steps` : '');

/** @param {OwnResult} result @returns {Answer} */
function checkShift(result) {
  const [mlp, cnn] = ['mlp', 'cnn'].map((arm) => finalAccuracy(result.records, arm).test);
  const lead = cnn - mlp;
  const measured = `CNN ${formatPercent(cnn)}, MLP ${formatPercent(mlp)}: a lead of ${formatSigned(lead)} points`;
  const short = tooShort(result, 1000);
  const missing = short || (lead > 2 ? 'it is to be at most 2' : 'but the MLP is to get at least 60 % right');
  return answer(!short && lead <= 2 && mlp >= 60, measured, missing);
}

/** @param {OwnResult} result @returns {Answer} */
function checkNoise(result) {
  const [mlp, cnn] = ['mlp', 'cnn'].map((arm) => finalAccuracy(result.records, arm).test);
  const measured = `MLP ${formatPercent(mlp)}, CNN ${formatPercent(cnn)}`;
  const short = tooShort(result, 1000);
  const missing = short || (mlp >= 20 ? 'the MLP is to fall below 20 %' : 'but the CNN is to stay above 50 %');
  return answer(!short && mlp < 20 && cnn > 50, measured, missing);
}

/** @param {OwnResult} result @returns {Answer} */
function checkRate(result) {
  const { train, test } = finalAccuracy(result.records, 'mlp');
  const measured = `The MLP gets ${formatPercent(train)} of the training examples right and ${formatPercent(test)} of the others`;
  const short = tooShort(result, 1000);
  return answer(!short && train < 50, measured, short || 'of the training examples it is to be less than 50 %');
}

/** @param {OwnResult} result @returns {Answer} */
function checkByHeart(result) {
  const { train, test } = finalAccuracy(result.records, 'mlp');
  const measured = `The MLP gets ${formatPercent(train)} of the training examples right and ${formatPercent(test)} of the others`;
  const missing = train < 99 ? 'of the training examples it is to be 99 %' : 'of the others it is to be less than 40 %';
  return answer(train >= 99 && test < 40, measured, missing);
}

/** @param {OwnResult} result @returns {Answer} */
function checkSeeds(result) {
  const found = gainAt(result.records, 'lottery', TICKET);
  if (!found) return answer(false, `No level has ${formatPercent(100 * TICKET, 0)} of its weights deleted`, 'add levels');
  const better = found.gains.filter((gain) => gain > 0).length;
  const measured = `${better} of ${found.gains.length} tickets are better than their dense network, ` +
    `by ${formatSigned(found.gain)} points on average (first seed ${result.spec.seed})`;
  const own = result.spec.seed >= 100;
  const missing = !own ? 'the first seed is to be 100 or more' : found.gains.length < 3 ? 'three trials are wanted' : 'each of them is to be better';
  return answer(own && found.gains.length >= 3 && better === found.gains.length, measured, missing);
}

/** @param {OwnResult} result @returns {Answer} */
function checkRandom({ records }) {
  const levels = prunedLevels(records).map(({ sparsity }) => ({ sparsity, gain: gainAt(records, 'random', sparsity)?.gain ?? NaN }));
  const after = levels.findIndex(({ gain }) => gain < 0);
  if (after < 1) {
    return answer(false, 'Random masks are better than the dense network at all levels, or at none', 'find a level of each kind');
  }
  const [from, to] = [levels[after - 1], levels[after]];
  const measured = `Random masks are ${formatSigned(from.gain)} points from the dense network with ` +
    `${formatPercent(100 * from.sparsity)} deleted, ${formatSigned(to.gain)} with ${formatPercent(100 * to.sparsity)}`;
  return answer(to.sparsity - from.sparsity <= SPAN, measured, `these are to be at most ${100 * SPAN} points of sparsity apart`);
}

/** @param {OwnResult} result @returns {Answer} */
function checkNarrow(result) {
  const found = gainAt(result.records, 'lottery', TICKET);
  if (!found) return answer(false, `No level has ${formatPercent(100 * TICKET, 0)} of its weights deleted`, 'add levels');
  const measured = `With ${result.spec.hidden} hidden units tickets are ${formatSigned(found.gain)} points from the dense network`;
  const missing = found.gains.length < 3 ? 'three trials are wanted' : 'they are to be below it';
  return answer(found.gains.length >= 3 && found.gain < 0, measured, missing);
}

/** @param {OwnResult} result @returns {Answer} */
function checkNeighbours({ spec, records }) {
  const ratio = neighbourRatio(records, TICKET);
  if (Number.isNaN(ratio)) return answer(false, `No level has ${formatPercent(100 * TICKET, 0)} of its weights deleted`, 'add levels');
  const measured = `Neighbours survive together ${ratio.toFixed(2)} times as often as by chance`;
  const wide = spec.hidden >= 500; // few weights leave few pairs, whatever the data
  return answer(wide && ratio <= 1.05, measured, wide ? 'this is to be 1.05 at most' : 'leave the network at 500 hidden units');
}

/** @type {Exercise[]} */
export const EXERCISES = [
  {
    name: 'shift', kind: 'training', start: {}, solution: { max_translation: 1 }, check: checkShift,
    found: 'CNN 99.9\u00a0%, MLP 100.0\u00a0%: a lead of −0.1 points.',
  },
  {
    name: 'noise', kind: 'training', start: {}, solution: { corr_noise_scale: 1 }, check: checkNoise,
    found: 'MLP 15.7\u00a0%, CNN 57.3\u00a0%.',
  },
  {
    name: 'rate', kind: 'training', start: {}, solution: { 'train.learning_rate': 0.3 }, check: checkRate,
    found: 'The MLP gets 35.2\u00a0% of the training examples right and 33.5\u00a0% of the others.',
  },
  {
    name: 'by-heart', kind: 'training', start: {}, solution: { num_samples: 500 }, check: checkByHeart,
    found: 'The MLP gets 100.0\u00a0% of the training examples right and 31.0\u00a0% of the others.',
  },
  {
    name: 'seeds', kind: 'search', start: {}, solution: { 'lottery.seed': 100 }, check: checkSeeds,
    found: '3 of 3 tickets are better than their dense network, by +6.8 points on average (first seed 100).',
  },
  {
    name: 'random', kind: 'search', start: { 'lottery.trials': 1 }, check: checkRandom,
    solution: { 'lottery.levels': 9, 'lottery.prune_fraction': 0.25 },
    found: 'Random masks are +5.4 points from the dense network with 90.0\u00a0% deleted, −0.8 with 92.5\u00a0%.',
  },
  {
    name: 'narrow', kind: 'search', start: {}, solution: { 'lottery.hidden': 50 }, check: checkNarrow,
    found: 'With 50 hidden units tickets are −20.3 points from the dense network.',
  },
  {
    name: 'neighbours', kind: 'search', start: { 'lottery.trials': 1 }, check: checkNeighbours,
    solution: { shuffle_seq: 'true' },
    found: 'Neighbours survive together 0.91 times as often as by chance.',
  },
];
