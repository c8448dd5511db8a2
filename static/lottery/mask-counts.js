// How many weights and biases a mask keeps, layer by layer, in words and as a table. The counts are
// Python's (job `masks`): nothing is counted and nothing drawn here.
// @ts-check
import { formatCount } from '../records/format.js';
import { classesOf } from '../settings/own-source.js';

/** @typedef {import('../from-python.js').LotterySpec} LotterySpec */
/** @typedef {Record<string, number>} Counts entries by parameter, as linear1.weight; without biases if none are pruned */

/** @param {LotterySpec} spec @returns {Counts} how many entries a parameter has, biases in any case */
export function sizesOf({ hidden, depth = 2, dataset }) {
  const sizes = [dataset.final_seq_length, ...Array(depth).fill(hidden), classesOf(dataset)];
  return Object.fromEntries(sizes.slice(1).flatMap((outputs, i) =>
    [[`linear${i + 1}.weight`, sizes[i] * outputs], [`linear${i + 1}.bias`, outputs]]));
}

/**
 * What a mask keeps of the first layer.
 * @param {LotterySpec} spec @param {number} weights as drawn @param {Counts | null} counts null: not known yet
 * @returns {string}
 */
export function firstLayerText(spec, weights, counts) {
  const sizes = sizesOf(spec);
  const kept = `${formatCount(weights)} of ${formatCount(sizes['linear1.weight'])} weights`;
  if (!spec.prune_biases) return `${kept}, all ${formatCount(sizes['linear1.bias'])} biases`;
  if (!counts) return kept;
  return `${kept}, ${formatCount(counts['linear1.bias'])} of ${formatCount(sizes['linear1.bias'])} biases`;
}

/**
 * Why the random mask has another number of weights in the first layer than the ticket.
 * @param {LotterySpec} spec @param {Counts | null} lottery @param {Counts | null} random
 * @returns {string} '' if it has as many
 */
export function differenceSentence({ scope, prune_biases }, lottery, random) {
  const [ours, theirs] = [lottery, random].map((counts) => counts?.['linear1.weight']);
  if (ours === undefined || theirs === undefined || ours === theirs) return '';
  const what = prune_biases ? 'weights and biases' : 'weights';
  const where = scope === 'global' ? 'in the whole network' : 'in a layer';
  return `Counted together, as published: the random mask has ${formatCount(theirs)} weights where the ticket has ` +
    `${formatCount(ours)}. Only the number of all ${what} ${where} is the same.`;
}

/**
 * All layers of the masks whose counts are known.
 * @param {LotterySpec} spec @param {{name: string, counts: Counts}[]} masks @returns {import('../records/types.js').Table}
 */
export function countsTable(spec, masks) {
  const names = Object.entries(sizesOf(spec)).filter(([name]) => spec.prune_biases || name.endsWith('.weight'));
  return {
    caption: 'What each mask keeps of all layers.',
    head: ['layer', 'kind', 'of', ...masks.map(({ name }) => name)],
    rows: masks.length ? names.map(([name, size]) => {
      const [layer, kind] = name.split('.');
      return [
        layer.replace('linear', ''), kind === 'bias' ? 'biases' : 'weights', String(size),
        ...masks.map(({ counts }) => String(counts[name])),
      ];
    }) : [],
    compact: true,
  };
}
