// How many windows of neighbours survive, as a multiple of what each mask's own units would give in
// other places; and what that leaves of the published comparison. Arithmetic and words: it draws nothing.
// @ts-check
import { PUBLISHED_ADJACENT_RATIO } from '../from-python.js';
import { formatMean, formatNumber, formatPercent } from '../records/format.js';
import { interval, mean } from '../records/stats.js';
import { nearest } from './levels.js';

/** @typedef {import('../from-python.js').SearchMeasurement} Row */
/** @typedef {import('../from-python.js').LotterySpec} LotterySpec */
/** @typedef {import('../records/stats.js').Mean} Mean */
/** @typedef {Mean & {arm: string, level: number, size: number, sparsity: number}} Ratio to chance, over trials */

/**
 * A ticket's pairs of neighbours beside those of the random mask, and what is left of that.
 * @typedef {object} Comparison
 * @property {number} sparsity
 * @property {number} n trials that have both masks
 * @property {number} total the ticket's pairs through the random mask's: what was published
 * @property {number} unequal the same if each of the ticket's units had its survivors in other places
 * @property {Mean | null} left the ticket's pairs through those; null if too few are expected to tell
 * @property {(Mean & {size: number})[]} longer the same of three and four neighbours, where that can be told
 */

export const SIZES = [2, 3, 4];

/** @param {Row[]} records @returns {Row[]} of a mask whose neighbours were counted */
export const counted = (records) => records.filter(({ arm, p2, null2 }) =>
  ['lottery', 'random'].includes(arm) && Number.isFinite(p2) && Number.isFinite(null2));

/**
 * Windows found to windows expected by chance, one number a trial.
 * @param {Row[]} rows @param {number} size of a window @param {LotterySpec} spec
 * @returns {number[]} without the trials in whose whole layer fewer than one such window is expected
 */
function ratios(rows, size, { hidden, dataset }) {
  const windows = hidden * (dataset.final_seq_length - size + 1);
  return rows
    .map((row) => ({
      found: row[/** @type {'p2'} */ (`p${size}`)], chance: row[/** @type {'null2'} */ (`null${size}`)],
    }))
    .filter(({ chance }) => windows * chance >= 1)
    .map(({ found, chance }) => found / chance);
}

/** @param {Row[]} records @param {LotterySpec} spec @returns {Ratio[]} ordered by level */
export function summarizeRatios(records, spec) {
  const groups = [...Map.groupBy(counted(records), ({ arm, level }) => `${arm} ${level}`).values()];
  groups.sort((a, b) => a[0].level - b[0].level);
  return groups.flatMap((rows) => SIZES.flatMap((size) => {
    const { arm, level, sparsity } = rows[0];
    const values = ratios(rows, size, spec);
    return values.length ? [{ arm, level, size, sparsity, ...interval(values) }] : [];
  }));
}

/** @param {Row[]} records @param {LotterySpec} spec @returns {Comparison | null} at the level nearest the target sparsity */
export function comparePairs(records, spec) {
  const both = [...Map.groupBy(counted(records), ({ trial, level }) => `${trial} ${level}`).values()]
    .map((rows) => ({
      ticket: rows.find(({ arm }) => arm === 'lottery'), random: rows.find(({ arm }) => arm === 'random'),
    }))
    .flatMap(({ ticket, random }) => (ticket && random && ticket.level > 0 ? [{ ticket, random }] : []));
  if (!both.length) return null;
  const level = nearest(both.map(({ ticket }) => ticket), both.map(({ ticket }) => ticket.level));
  const here = both.filter(({ ticket }) => ticket.level === level);
  const tickets = here.map(({ ticket }) => ticket);
  const byLot = mean(here.map(({ random }) => random.p2));
  const [left, ...longer] = SIZES.map((size) => ({ size, values: ratios(tickets, size, spec) }));
  return {
    sparsity: tickets[0].sparsity,
    n: here.length,
    total: mean(tickets.map(({ p2 }) => p2)) / byLot,
    unequal: mean(tickets.map(({ null2 }) => null2)) / byLot,
    left: left.values.length ? interval(left.values) : null,
    longer: longer.flatMap(({ size, values }) => (values.length ? [{ size, ...interval(values) }] : [])),
  };
}

/** @param {number} ratio @returns {string} as a difference: 7 % more */
function moreOrFewer(ratio) {
  const percent = Math.round(100 * ratio - 100);
  if (percent === 0) return 'no more';
  return `${formatPercent(Math.abs(percent), 0)} ${percent > 0 ? 'more' : 'fewer'}`;
}

/** @param {Mean} left @returns {string} how much of the published claim that is */
function judgement({ mean: ratio, halfWidth, n }) {
  if (n > 1 && ratio + halfWidth < 1) return 'Nothing is left of the published claim: there are fewer than by chance.';
  if (n > 1 && ratio - halfWidth <= 1) return 'The interval includes 1: this cannot be told from chance.';
  const share = (ratio - 1) / (PUBLISHED_ADJACENT_RATIO - 1);
  if (share <= 0) return 'Nothing is left of the published claim.';
  if (share >= 1) return 'All of the published claim is left.';
  return `The ${share < 0.5 ? 'smaller' : 'larger'} part of the published claim is left, ${formatPercent(100 * share, 0)} of it.`;
}

/** @param {Comparison} found @param {LotterySpec} spec @returns {string} */
function comparedWithRandom({ total, unequal }, { random_counts }) {
  const published = `published: ${formatNumber(PUBLISHED_ADJACENT_RATIO, 2)} times`;
  if (!Number.isFinite(total)) return `no pair of neighbours survives in the random mask (${published})`;
  const reasons = [
    ...(unequal > 1.005 ? ['its units keep unequal numbers of inputs'] : []),
    ...(random_counts === 'together' ? ['the random mask, counted together with its biases, has another number of weights'] : []),
  ];
  return `the ticket keeps ${formatNumber(total, 2)} times as many pairs of neighbours as the random mask (${published}). ` +
    `With each unit’s survivors at random inputs it would keep ${formatNumber(unequal, 2)} times as many` +
    `${reasons.length ? `, because ${reasons.join(' and ')}` : ''}`;
}

/** @param {Comparison} found @returns {string} of more than two neighbours; '' if nothing can be told */
function longerSentence({ longer }) {
  if (!longer.length) return '';
  const sizes = longer.map(({ size }) => (size === 3 ? 'three' : 'four')).join(' and ');
  return ` Of windows of ${sizes}, ${longer.map((row) => formatMean(row, 2)).join(' and ')} times as many survive as by chance.`;
}

/** @param {Comparison | null} found @param {LotterySpec} spec @returns {string} '' if there is nothing to say yet */
export function pairsSentence(found, spec) {
  if (!found) return '';
  const start = `With ${formatPercent(100 * found.sparsity)} deleted, ${comparedWithRandom(found, spec)}.`;
  const { left } = found;
  if (!left) return `${start} By chance less than one pair would survive: too few to tell what the places add.`;
  return `${start} The places add a factor of ${formatMean(left, 2)} (n\u00a0=\u00a0${left.n}): ` +
    `${moreOrFewer(left.mean)} than chance, against ${formatPercent(100 * PUBLISHED_ADJACENT_RATIO - 100, 0)} ` +
    `as published. ${judgement(left)}${longerSentence(found)}`;
}

/** @param {Ratio[]} drawn @returns {import('../records/types.js').Table} */
export function ratioTable(drawn) {
  const rows = [...Map.groupBy(drawn, ({ arm, level }) => `${arm} ${level}`).values()].map((group) => {
    const n = Math.max(...group.map((row) => row.n));
    const cells = SIZES.map((size) => {
      const row = group.find((one) => one.size === size);
      if (!row) return '–';
      return `${formatMean(row, 2)}${row.n < n ? ` (n\u00a0=\u00a0${row.n})` : ''}`;
    });
    const { arm, level, sparsity } = group[0];
    return [arm, String(level), formatNumber(100 * sparsity, 1), ...cells, String(n)];
  });
  return {
    caption: 'Windows that survive whole, as a multiple of chance: means over trials, from two on with 95 % ' +
      't-intervals. A dash: by chance less than one such window would survive in the layer.',
    head: ['mask', 'level', 'deleted, %', ...SIZES.map((size) => `${size} adjacent inputs`), 'n'],
    rows,
  };
}
