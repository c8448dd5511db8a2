// What a search found, and what was searched, in sentences computed from records. Draws nothing.
// @ts-check
import { aboveOrBelow, formatMeanPercent, formatPercent, formatDifference } from '../records/format.js';
import { summarize, toDense } from '../records/stats.js';
import { TARGET_SPARSITY } from '../from-python.js';
import { describeUnusual } from '../settings/made-with.js';
import { describeData } from '../settings/own-source.js';

/** @typedef {import('../records/types.js').Measurement} Measurement */
/** @typedef {import('../records/stats.js').Summary} Summary */

/**
 * The three arms at the level nearest the target sparsity, over the trials that have finished it.
 * @param {Measurement[]} records
 * @returns {{lottery: Summary, random: Summary, dense: Summary, delta: import('../records/stats.js').Mean,
 *   best: (arm: string) => Summary} | null} `best`: an arm at its best level of all
 */
function atTarget(records) {
  const distance = (/** @type {Measurement} */ { sparsity }) => Math.abs(sparsity - TARGET_SPARSITY);
  const reached = records.filter(({ arm, level }) => arm === 'random' && level > 0);
  const level = reached.sort((a, b) => distance(a) - distance(b))[0]?.level;
  const trials = new Set(reached.filter((row) => row.level === level).map(({ trial }) => trial));
  const same = records.filter(({ trial }) => trials.has(trial));
  const summaries = summarize(same);
  const find = (/** @type {string} */ arm, /** @type {number} */ at) =>
    summaries.find((row) => row.arm === arm && row.level === at);
  const [lottery, random, dense] = [find('lottery', level), find('random', level), find('dense', 0)];
  const delta = toDense(same, 'lottery', level);
  const best = (/** @type {string} */ arm) =>
    summaries.filter((row) => row.arm === arm && row.level > 0).reduce((top, row) => (row.mean > top.mean ? row : top));
  return lottery && random && dense && delta ? { lottery, random, dense, delta, best } : null;
}

/** @param {Measurement[]} records @returns {string} what was found so far; '' if nothing yet */
export function resultSentence(records) {
  const found = atTarget(records);
  if (!found) return '';
  const { lottery, random, dense, delta, best } = found;
  const atBest = (/** @type {string} */ arm) =>
    `${formatMeanPercent(best(arm))} (${formatPercent(100 * best(arm).sparsity)} deleted)`;
  return `With ${formatPercent(100 * lottery.sparsity)} of the weights deleted, the lottery ticket is right on ` +
    `${formatMeanPercent(lottery)} of the test examples, a random mask of the same size on ` +
    `${formatMeanPercent(random)}, and the dense network on ${formatMeanPercent(dense)}: the ticket is ` +
    `${aboveOrBelow(lottery.mean - random.mean)} random. ` +
    `Δ\u00a0to\u00a0dense\u00a0=\u00a0${formatDifference(delta)}\u00a0points, n\u00a0=\u00a0${delta.n}. ` +
    `At their best levels tickets get ${atBest('lottery')}, random masks ${atBest('random')}.`;
}

/** @param {Measurement[]} records @returns {string} on how many trials the sentence rests; '' if there is none */
export function basis(records) {
  const n = atTarget(records)?.lottery.n;
  if (!n) return '';
  return n > 1 ? `Means with 95 % t-intervals over n = ${n} trials; Δ is paired by trial.` :
    'One trial: an example, not yet evidence. Add trials for an interval.';
}

/** @param {number[]} seeds @returns {string} */
function seedWords(seeds) {
  const [first, last] = [Math.min(...seeds), Math.max(...seeds)];
  if (seeds.length === 1) return `seed ${first}`;
  return last - first === seeds.length - 1 ? `seeds ${first} to ${last}` : `seeds ${seeds.join(', ')}`;
}

/** @param {import('../from-python.js').LotterySpec} spec @returns {string} what was run */
export function searched(spec) {
  const { trials, hidden, steps, levels, seed, dataset } = spec;
  const seeds = Array.from({ length: trials }, (_, trial) => seed + trial);
  return `${hidden} hidden units, ${steps} steps per network, ${levels} levels, ${seedWords(seeds)}; ` +
    `${describeData(dataset)}` +
    `${dataset.templates ? ', drawn digits' : ''}${describeUnusual('lottery', spec)}.`;
}

/**
 * @param {import('../records/types.js').ShippedSearch} file @param {string} title of its preset
 * @param {boolean} beside whether there is something else to see @returns {string} where what is drawn came from
 */
export function origin({ seeds, version }, title, beside) {
  const of = `preset “${title}”, ${seedWords(seeds)} (n = ${seeds.length})`;
  const made = `computed beforehand by version ${version} of this code`;
  return beside ? `Thin lines: ${of}, ${made}. Bold: your run.` : `Shown: ${of}, ${made}. Start a run to draw yours on top.`;
}

/**
 * @param {Record<string, any>} args of the job `lottery` @param {{levels?: number, fraction?: number}} kept of it; an
 *   earlier release kept the fraction of the work
 * @returns {string} a run that can go on
 */
export function unfinished({ trials, hidden, steps, levels, seed }, kept) {
  const share = kept.levels === undefined ? `${Math.floor(100 * (kept.fraction ?? 0))} % is kept` :
    `${kept.levels} of ${trials * levels} levels are kept`;
  return `${share} of an unfinished run: ${trials} ${trials === 1 ? 'trial' : 'trials'}, ${hidden} hidden units, ` +
    `${steps} steps per network, first seed ${seed}.`;
}
