// A result in one line, for a link: written, read and compared with another. Uses no DOM.
// @ts-check
import { formatNumber, formatPercent } from '../records/format.js';
import { shortHash, specHash } from '../records/hash.js';
import { mean, summarize } from '../records/stats.js';
import { LIMITS, TARGET_SPARSITY } from '../from-python.js';

/** @typedef {import('../records/types.js').Measurement} Measurement */

/**
 * Test accuracies in tenths of a point: what a link carries, and what is compared.
 * @typedef {object} Fingerprint
 * @property {number} version of the link: 1 was of releases with other usual settings (settings/old-links.js)
 * @property {string} spec hash of what was run
 * @property {string} records hash of every single result, rounded
 * @property {number} n trials
 * @property {{level: number, sparsity: number}} shown the level that sentences quote; sparsity 0 to 1
 * @property {Record<string, number[]>} means of each arm by level, in tenths of a point
 */

const VERSION = 2;
const SHAPE = /^([12])-([0-9a-f]{8})-([0-9a-f]{8})-(\d{1,4})-(\d{1,3})\.(\d{1,4})((?:-[a-z]+(?:\.\d{1,4})+)+)$/;
const ARMS = ['lottery', 'random', 'dense']; // of a search
const LISTED = 4; // differences that are listed one by one

/** @param {number} points */
const tenths = (points) => Math.round(10 * points);
/** @param {number} value tenths of a point */
const formatTenths = (value) => formatNumber(value / 10, 1);

/** @param {Measurement[]} records @returns {Measurement[]} in one order, whoever made them */
const ordered = (records) => records.toSorted((a, b) =>
  Number(a.arm > b.arm) - Number(a.arm < b.arm) || a.level - b.level || a.trial - b.trial);

/** @param {import('../from-python.js').LotterySpec} spec @param {Measurement[]} records of all its trials @returns {Fingerprint} */
export function fingerprint(spec, records) {
  const rows = ordered(records);
  const lines = rows.map((row) => [row.arm, row.trial, row.level, tenths(row.test_acc)].join(' '));
  /** @type {Record<string, number[]>} */ const means = {};
  for (const row of summarize(rows)) (means[row.arm] ??= [])[row.level] = tenths(row.mean);
  const distance = (/** @type {Measurement} */ row) => Math.abs(row.sparsity - TARGET_SPARSITY);
  const { level } = rows.reduce((best, row) => (distance(row) < distance(best) ? row : best));
  const sparsity = mean(rows.filter((row) => row.level === level).map((row) => row.sparsity));
  const n = new Set(rows.map(({ trial }) => trial)).size;
  return { version: VERSION, spec: specHash(spec), records: shortHash(lines.join('\n')), n, shown: { level, sparsity }, means };
}

/** @param {Fingerprint} print @returns {string} of letters, digits, dots and hyphens only */
export function write({ version, spec, records, n, shown, means }) {
  const arms = Object.keys(means).sort().map((arm) => [arm, ...means[arm]].join('.'));
  return [version, spec, records, n, `${shown.level}.${Math.round(1000 * shown.sparsity)}`, ...arms].join('-');
}

/** @param {string} text @returns {Fingerprint | null} null if `write` did not make it */
export function read(text) {
  const match = SHAPE.exec(text);
  if (!match) return null;
  const [, version, spec, records, n, level, sparsity, arms] = match;
  /** @type {[string, number[]][]} */
  const entries = arms.slice(1).split('-').map((arm) => {
    const [name, ...means] = arm.split('.');
    return [name, means.map(Number)];
  });
  const shown = { level: Number(level), sparsity: Number(sparsity) / 1000 };
  const print = { version: Number(version), spec, records, n: Number(n), shown, means: Object.fromEntries(entries) };
  return write(print) === text && isPossible(print) ? print : null; // no leading zeros, no arm twice
}

/** @param {Fingerprint} print @returns {boolean} whether a search can have it: accuracies are at most 100 % */
const isPossible = ({ n, shown, means }) => n >= 1 && n <= LIMITS.lottery.trials.high
  && shown.level <= LIMITS.lottery.levels.high && shown.sparsity <= 1
  && Object.keys(means).every((arm) => ARMS.includes(arm))
  && Object.values(means).flat().every((one) => one <= 1000);

/** @param {Fingerprint} print @returns {string} the values at the level it shows, in words */
export function expectation({ n, shown: { level, sparsity }, means }) {
  const values = ['lottery', 'random', 'dense'].flatMap((arm) => {
    const value = arm === 'dense' ? means[arm]?.[0] : means[arm]?.[level];
    return value === undefined ? [] : [`${arm}\u00a0${formatTenths(value)}`];
  });
  return `with ${formatPercent(100 * sparsity)} of the weights deleted, ${values.join(', ')} ` +
    `(% of the test examples right, ${n > 1 ? 'means over ' : ''}n\u00a0=\u00a0${n})`;
}

/**
 * The means as measurements, to be drawn. Each round deletes the same share, so the sparsity of the level that
 * is told gives those of the others.
 * @param {Fingerprint} print @returns {{arm: string, trial: number, level: number, sparsity: number, test_acc: number}[]}
 */
export function expectedRecords({ shown, means }) {
  const kept = (1 - shown.sparsity) ** (1 / Math.max(1, shown.level)); // of a round
  return Object.entries(means).flatMap(([arm, values]) => values.flatMap((value, level) => (
    value === undefined ? [] : [{ arm, trial: 0, level, sparsity: 1 - kept ** level, test_acc: value / 10 }])));
}

/**
 * @param {Fingerprint} expected @param {Fingerprint} got
 * @returns {{arm: string, level: number, expected?: number, got?: number}[]} where the means differ
 */
export function differences(expected, got) {
  const arms = [...new Set([...Object.keys(expected.means), ...Object.keys(got.means)])].sort();
  return arms.flatMap((arm) => {
    const [before, now] = [expected.means[arm] ?? [], got.means[arm] ?? []];
    const levels = Array.from({ length: Math.max(before.length, now.length) }, (_, level) => level);
    return levels.filter((level) => before[level] !== now[level])
      .map((level) => ({ arm, level, expected: before[level], got: now[level] }));
  });
}

/**
 * @param {Fingerprint} expected of a link @param {Fingerprint} got of a run
 * @returns {{verdict: 'reproduced' | 'differs' | 'other settings', text: string}}
 */
export function compare(expected, got) {
  if (expected.spec !== got.spec) {
    return {
      verdict: 'other settings',
      text: 'Not compared with the link: this run has other settings than the one the link is of.',
    };
  }
  const count = Object.values(expected.means).flat().length;
  const different = differences(expected, got);
  if (different.length) {
    const orNothing = (/** @type {number | undefined} */ value) => (value === undefined ? 'nothing' : formatTenths(value));
    const list = different.slice(0, LISTED).map(({ arm, level, expected: before, got: now }) =>
      `${arm} at level ${level}: expected ${orNothing(before)}, got ${orNothing(now)}`);
    const more = different.length > LISTED ? `; and ${different.length - LISTED} more` : '';
    return {
      verdict: 'differs',
      text: `Not reproduced: ${different.length} of the link’s ${count} means differ. ${list.join('; ')}${more}.`,
    };
  }
  if (expected.records !== got.records || expected.n !== got.n) {
    return {
      verdict: 'differs',
      text: `Not reproduced: all ${count} means are the link’s, but the single results behind them are not.`,
    };
  }
  return {
    verdict: 'reproduced',
    text: `Reproduced: all ${count} means, and every single result behind them, are the link’s to 0.1 points.`,
  };
}
