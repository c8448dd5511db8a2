// The kinds of records that the figures of the networks draw: trainings, and sweeps of one setting of the data.
// Draws nothing.
// @ts-check
import { MODELS, SWEEP_VALUES } from '../from-python.js';
import { accuracy, edited, loss, oneOf, within } from '../files/columns.js';
import { valueOf } from '../files/sort-records.js';
import { formatMean } from '../records/format.js';
import { interval } from '../records/stats.js';
import { sweepSentence } from './sentences.js';
import { SWEEPS, gapsOf } from './sweep-run.js';
import { CONDITIONS, NAMES } from './training-run.js';

/** @typedef {import('../files/sort-records.js').Kind} Kind */
/** @typedef {import('../files/sort-records.js').About} About */
/** @typedef {import('./training-run.js').Row} TrainingRow */
/** @typedef {import('./sweep-run.js').Row} SweepRow */

const trial = within('trial', 0, 1e6, { whole: true });
const FIELDS = Object.keys(SWEEP_VALUES);
const SHUFFLED = 'dataset.shuffle_seq'; // what a sweep at the desk calls it
const TRUE = [true, 'true', 'True']; // of JSON, of our CSV, of pandas’

/** @param {Record<string, unknown>} values @returns {boolean} */
const isModel = (values) => MODELS.includes(String(valueOf(values, 'arm')));

/** @param {About} about @returns {string | undefined} the setting that a sweep at the desk moved */
const sweptAtTheDesk = ({ varied }) => FIELDS.find((field) => varied.has(`dataset.${field}`));

/** The rows of each group's last step. @template {{step?: number}} T @param {T[]} rows @param {(row: T) => string} groupOf */
const lastOf = (rows, groupOf) => [...Map.groupBy(rows, groupOf).values()]
  .map((group) => group.reduce((last, row) => (Number(row.step ?? 0) >= Number(last.step ?? 0) ? row : last)));

/** @param {{test_acc: number}[]} rows @returns {string} */
const meanOf = (rows) => {
  const found = interval(rows.map(({ test_acc }) => test_acc));
  return `${formatMean(found)}\u00a0% (n\u00a0=\u00a0${found.n})`;
};

/** @param {TrainingRow[]} rows @returns {string} the accuracy of each network where its training ends */
function tellTraining(rows) {
  const ends = lastOf(rows, ({ arm, condition, trial: of }) => `${arm} ${condition} ${of}`);
  const told = MODELS.flatMap((arm) => CONDITIONS.map((condition) => {
    const own = ends.filter((row) => row.arm === arm && row.condition === condition);
    return own.length ? `${NAMES[arm]}${condition === 'shuffled' ? ', inputs shuffled' : ''} ${meanOf(own)}` : '';
  })).filter(Boolean);
  return `Test accuracy after ${Math.max(...ends.map(({ step }) => step))} steps: ${told.join('; ')}.`;
}

/** @param {SweepRow[]} rows @returns {string} */
function tellSweep(rows) {
  return [...Map.groupBy(rows, ({ field }) => field)].map(([field, own]) => {
    const gaps = gapsOf(own);
    if (gaps.length > 1) return sweepSentence(gaps, SWEEPS[field].label);
    const values = own.map(({ value }) => value);
    const ends = [...new Set([Math.min(...values), Math.max(...values)])];
    return MODELS.filter((arm) => own.some((row) => row.arm === arm)).map((arm) => `${NAMES[arm]}: ${ends.map((end) => {
      const there = own.filter((row) => row.arm === arm && row.value === end);
      return there.length ? `${meanOf(there)} at ${SWEEPS[field].label} ${end}` : '';
    }).filter(Boolean).join(', ')}.`).join(' ');
  }).join(' ');
}

/** @type {Kind} */
const SWEEP = {
  name: 'sweep',
  title: 'a sweep of the data',
  named: /^sweep/,
  arms: MODELS,
  columns: [
    oneOf('arm', MODELS), oneOf('field', FIELDS), within('value', 0, 1e6), trial, within('step', 0, 1e9, { whole: true, required: false }),
    accuracy('test_acc'), accuracy('train_acc', false),
  ],
  key: ['arm', 'field', 'value', 'trial', 'step'],
  fits: (values, about) => isModel(values) &&
    (valueOf(values, 'field') !== undefined || sweptAtTheDesk(about) !== undefined),
  prepare(values, about) {
    const field = sweptAtTheDesk(about);
    return valueOf(values, 'field') === undefined && field ? { ...values, field, value: valueOf(values, `dataset.${field}`) } : values;
  },
  used: (about) => ['model', `dataset.${sweptAtTheDesk(about)}`],
  reduce: (rows) => lastOf(/** @type {any[]} */ (rows), ({ arm, field, value, trial: of }) => `${arm} ${field} ${value} ${of}`)
    .map(({ step, ...row }) => row),
  place: { figure: 'sweep', chapter: 'networks', heading: 'When does convolution help?' },
  tell: (records) => tellSweep(/** @type {any[]} */ (records)),
};

/** @type {Kind} */
const TRAINING = {
  name: 'training',
  title: 'a training of networks',
  named: /^training$/,
  arms: MODELS,
  columns: [
    oneOf('arm', MODELS), oneOf('condition', CONDITIONS), trial, within('step', 0, 1e9, { whole: true }),
    loss('train_loss', false), accuracy('train_acc', false), loss('test_loss', false), accuracy('test_acc'), edited,
  ],
  key: ['arm', 'condition', 'trial', 'step', 'edited'],
  fits: isModel,
  prepare(values, { spec }) {
    const isShuffled = TRUE.includes(/** @type {any} */ (valueOf(values, SHUFFLED) ?? spec?.dataset?.shuffle_seq));
    return { ...values, condition: valueOf(values, 'condition') ?? (isShuffled ? 'shuffled' : 'plain') };
  },
  used: () => ['model', SHUFFLED],
  place: { figure: 'training', chapter: 'networks', heading: 'Train four networks' },
  tell: (records) => tellTraining(/** @type {any[]} */ (records)),
};

export const KINDS = [SWEEP, TRAINING];
