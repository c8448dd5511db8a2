// What the comparison of pooling says of the published claim, in sentences. Draws nothing.
// @ts-check
import { formatCount, formatDifference } from '../records/format.js';
import { POOLING_BUDGETS } from '../from-python.js';
import { budgetOf, leadsOf } from './pooling-run.js';

/** @typedef {import('./pooling-run.js').PoolingRow} PoolingRow */
/** @typedef {import('./pooling-run.js').Protocol} Protocol */
/** @typedef {import('../records/stats.js').Mean} Mean */

const JUDGED = 'max_pool'; // chosen beforehand, like the largest size: it is the pooling that most people use

/**
 * The claim is that pooling hinders with many examples: that the lead is below zero.
 * @param {Mean} lead @returns {'supported' | 'not supported' | 'undecided'}
 */
export function judge({ mean, halfWidth, n }) {
  if (n < 2) return 'undecided';
  if (mean + halfWidth < 0) return 'supported';
  return mean - halfWidth > 0 ? 'not supported' : 'undecided';
}

/** @param {PoolingRow[]} rows of one protocol @returns {({value: number} & Mean)[]} max pooling's lead, by size */
export const judgedLeads = (rows) => leadsOf(rows).filter(({ arm }) => arm === JUDGED);

/** @param {{value: number} & Mean} lead */
const at = (lead) => `${formatDifference(lead)} points at ${formatCount(lead.value)} examples (n = ${lead.n})`;

/** @param {Protocol} protocol @param {number} budget */
export const equalWords = (protocol, budget) => `${formatCount(budget)} ${protocol} for every size`;

/**
 * @param {PoolingRow[]} rows of one protocol @param {Protocol} protocol @param {number} budget steps or epochs
 * @returns {string} '' if there is nothing to compare
 */
export function poolingSentence(rows, protocol, budget) {
  const leads = judgedLeads(rows);
  const [first, last] = [leads[0], leads.at(-1)];
  if (!first || !last || first === last) return '';
  return `Max pooling minus no pooling, with ${equalWords(protocol, budget)}: ${at(first)}, ${at(last)}. ` +
    `That pooling hinders with ${formatCount(last.value)} examples is ${judge(last)}.`;
}

/** @param {import('./pooling-run.js').PoolingSpec | null} spec of the visitor's run; null: what came with the page @param {PoolingRow[]} rows @param {Protocol} protocol */
export function poolingSource(spec, rows, protocol) {
  if (!rows.length) return '';
  const trials = [...Map.groupBy(rows, ({ value }) => value)].map(([, all]) => new Set(all.map(({ trial }) => trial)).size);
  const [least, most] = [Math.min(...trials), Math.max(...trials)];
  return `${spec ? 'Your run' : 'Shipped with the page'}, n = ${least === most ? most : `${least} to ${most}`}: ` +
    `${equalWords(protocol, spec ? budgetOf(spec) : POOLING_BUDGETS[protocol])}, first seed ${spec?.seed ?? 0}.`;
}
