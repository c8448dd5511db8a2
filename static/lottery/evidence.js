// What the claims are judged by, a column of the verdict each: the sets that come with the page, and
// the visitor's own runs. The verdicts themselves are Python's. Draws nothing.
// @ts-check
import { PRESETS } from '../from-python.js';
import { formatPercent } from '../records/format.js';
import { rowsOf } from '../records/rows.js';
import { shipped } from '../records/shipped.js';
import { describeData } from '../settings/own-source.js';

/** @typedef {import('../from-python.js').VerdictRow} VerdictRow */
/** @typedef {import('./arm-differences.js').Row} ArmRow */
/** @typedef {import('../files/opened-results.js').Results} Results */

/**
 * @typedef {object} Evidence
 * @property {string} head whose runs they are
 * @property {string} basis width, sparsity, steps, seeds and data
 * @property {VerdictRow[]} rows
 */

const MOST_FILES = 3; // newest files with a column each: more are no table

/** The shipped sets, the settings of the published analysis first: the claims were made for those. */
export const SHIPPED_SETS = ['paper', 'quick'];

/** @param {number} count @param {string} one @param {string} many */
const counted = (count, one, many) => `${count}\u00a0${count === 1 ? one : many}`;

/** @param {number} least @param {number} most sparsity */
const countsSentence = (least, most) => `Only tickets of ${formatPercent(100 * least, 0)} to ${formatPercent(100 * most, 0)} sparsity count.`;

/**
 * The settings that verdicts depend on, in words.
 * @param {import('../from-python.js').LotterySpec} search
 * @param {{steps: number, batch_size: number | null, records: ArmRow[]} | null} arms null: nothing was taken apart; a
 *   batch size of null: it is not known
 * @param {number} n seeds @returns {string}
 */
export function describeBasis(search, arms, n) {
  const { hidden, steps, dataset } = search;
  const ticket = arms?.records.find(({ arm }) => arm === 'lottery');
  const data = new Set(arms?.records.map(({ fresh_seed }) => fresh_seed ?? 1)).size;
  return [
    counted(hidden, 'hidden unit', 'hidden units'),
    ...(ticket ? [`${formatPercent(100 * ticket.sparsity, 0)} sparse`] : []),
    `searched with ${counted(steps, 'step', 'steps')} per network`,
    arms ? `taken apart with ${counted(arms.steps, 'step', 'steps')}${arms.batch_size === null ? '' : ` of ${arms.batch_size} examples`}` : 'not taken apart yet',
    counted(n, 'seed', 'seeds'),
    ...(arms ? [`${counted(data, 'fresh dataset', 'fresh datasets')} each`] : []),
    `${describeData(dataset)}.`,
  ].join(', ');
}

/** @param {string} preset @returns {Promise<Evidence | null>} null if no such set came with the page */
export async function shippedEvidence(preset) {
  /** @type {import('../records/types.js').ShippedSearch | null} */ const file = await shipped(preset);
  if (!file) return null;
  const arms = file.arms ? { ...file.arms.spec, records: rowsOf(file.arms) } : null;
  return {
    head: `Shipped: ${PRESETS[/** @type {'quick'} */ (preset)].title}`,
    basis: describeBasis(file.spec, arms, file.seeds.length),
    rows: file.verdict,
  };
}

/**
 * @param {import('../lab/lab.js').Lab} lab @param {import('./ablation-run.js').AblationRun} ablation
 * @param {import('./current-search.js').SearchResult | null} result what the search figure holds
 * @returns {Promise<Evidence | null>} the visitor's own; null if they have run nothing
 */
export async function ownEvidence(lab, ablation, result) {
  const search = result && !result.shipped ? result : null;
  if (!search && !ablation.current) return null;
  const { arms, other } = ablation.armsOf(result);
  const records = search?.records ?? [];
  const { rows, least, most } = await lab.run('verdict', { search: records, arms });
  const spec = search?.spec ?? /** @type {import('./ablation-run.js').Arms} */ (ablation.current).spec.lottery;
  const apart = arms.length && ablation.current ? { ...ablation.current.spec, records: arms } : null;
  const n = new Set([...records, ...arms].map(({ trial }) => trial)).size;
  const counts = countsSentence(least, most);
  const another = 'The ticket that was taken apart is of another search and does not count: take this search’s ticket apart.';
  return { head: 'Your own runs', basis: `${describeBasis(spec, apart, n)} ${counts}${other ? ` ${another}` : ''}`, rows };
}

/** @param {Results[]} searches @param {Results[]} arms of files @returns {string[]} the newest files */
const newestOf = (searches, arms) => [...new Set([...searches, ...arms].filter(({ kind }) => kind).map(({ name }) => name))].slice(-MOST_FILES);

/** @param {any} spec of a file @returns {any} of the search in it: that of arms names it */
const searchOf = (spec) => spec?.lottery ?? spec;

/**
 * What results files say, one column a file.
 * @param {import('../lab/lab.js').Lab} lab @param {Results[]} searches @param {Results[]} arms of files
 * @returns {Promise<Evidence[]>}
 */
export function openedEvidence(lab, searches, arms) {
  return Promise.all(newestOf(searches, arms).map(async (name) => {
    const of = (/** @type {Results[]} */ all) => all.find((one) => one.name === name);
    const [search, apart] = [of(searches)?.records ?? [], /** @type {any[]} */ (of(arms)?.records ?? [])];
    const { rows, least, most } = await lab.run('verdict', { search, arms: apart });
    const n = new Set([...search, ...apart].map(({ trial }) => trial)).size;
    const spec = (of(arms) ?? of(searches))?.spec;
    const basis = spec?.dataset || spec?.lottery?.dataset ? describeFile(searchOf(spec), apart, n) :
      `${counted(n, 'trial', 'trials')}; the file says nothing of its settings.`;
    return { head: `File: ${name}`, basis: `${basis} ${countsSentence(least, most)}`, rows };
  }));
}

/** @param {import('../from-python.js').LotterySpec} search @param {ArmRow[]} apart @param {number} n */
function describeFile(search, apart, n) {
  if (!apart.length) return describeBasis(search, null, n);
  const steps = Math.max(...apart.map(({ step }) => step));
  return describeBasis(search, { steps, batch_size: null, records: apart }, n);
}

/** @param {Evidence} evidence @returns {string} how many claims it supports, and which it contradicts */
export function summary({ head, rows }) {
  const count = (/** @type {string} */ verdict) => rows.filter((row) => row.verdict === verdict);
  const against = count('not supported');
  const open = count('undecided').length;
  const missed = against.length ?
    `Not supported: ${against.map(({ text }) => `“${text}”`).join(', ')}.` :
    'None is contradicted.';
  return `${head}: of ${rows.length} claims ${count('supported').length} are supported` +
    `${open ? ` and ${open} undecided` : ''}. ${missed}`;
}
