// The kinds of records that the figures of the lottery draw: searches, arms of a ticket that is taken apart, cells
// of the grid. Draws nothing.
// @ts-check
import { CONDITIONS } from '../from-python.js';
import { accuracy, edited, loss, oneOf, share, within } from '../files/columns.js';
import { valueOf } from '../files/sort-records.js';
import { deltas, describeDelta, nameOf } from './arm-differences.js';
import { cellAt, cellKey, lineKey } from './grid-cells.js';
import { resultSentence } from './sentences.js';

/** @typedef {import('../files/sort-records.js').Kind} Kind */

const SEARCHED = ['lottery', 'random', 'dense'];
const APART = [...SEARCHED, 'permuted'];
const ALL_CONDITIONS = Object.keys(CONDITIONS);
const MAX_SEED = 2 ** 32 - 1;

const trial = within('trial', 0, 1e6, { whole: true });
const step = within('step', 0, 1e9, { whole: true });
const fresh = within('fresh_seed', 0, MAX_SEED, { whole: true, required: false });

/** @param {string[]} arms @param {Record<string, unknown>} values */
const isOneOf = (arms, values) => arms.includes(String(valueOf(values, 'arm')));

/** @type {Kind} */
const SEARCH = {
  name: 'search',
  title: 'a search for tickets',
  named: /^search$/,
  arms: SEARCHED,
  columns: [
    oneOf('arm', SEARCHED),
    trial,
    within('level', 0, 100, { whole: true }),
    step,
    within('sparsity', 0, 1),
    loss('train_loss', false),
    accuracy('train_acc', false),
    loss('test_loss'),
    accuracy('test_acc'),
    accuracy('best_test_acc', false),
    ...['p2', 'p3', 'p4', 'null2', 'null3', 'null4'].map(share),
    edited,
  ],
  key: ['arm', 'trial', 'level'],
  fits: (values) => isOneOf(SEARCHED, values),
  place: { figure: 'tickets', chapter: 'ticket', heading: 'Find a lottery ticket' },
  tell: (records) => resultSentence(/** @type {any[]} */ (records)),
};

/** @type {Kind} */
const ARMS = {
  name: 'arms',
  title: 'arms of a ticket that is taken apart',
  named: /^arms$/,
  arms: APART,
  columns: [
    oneOf('arm', APART), oneOf('condition', ALL_CONDITIONS), trial, fresh, within('level', 0, 100, { whole: true }), step,
    within('sparsity', 0, 1), loss('train_loss', false), accuracy('train_acc', false), loss('test_loss', false),
    accuracy('test_acc'), accuracy('best_test_acc', false), edited,
  ],
  key: ['arm', 'condition', 'trial', 'fresh_seed', 'level', 'step'],
  apart: ['level'], // the tickets of two levels are compared, not averaged
  fits: (values) => isOneOf(APART, values) && (valueOf(values, 'condition') !== undefined || valueOf(values, 'arm') === 'permuted'),
  place: { figure: 'arms', chapter: 'ticket', heading: 'What does the gain depend on?' },
  tell(records) {
    const found = deltas(/** @type {any[]} */ (records));
    const told = found.map((one) => `${nameOf(one)} ${describeDelta(one)}`);
    return told.length ? `Test accuracy minus the dense network’s, in points: ${told.join('; ')}.` : '';
  },
};

/** @type {Kind} */
const GRID = {
  name: 'grid',
  title: 'cells of the grid of width and sparsity',
  named: /^grid$/,
  arms: APART,
  columns: [
    within('hidden', 1, 2000, { whole: true }), within('sparsity', 0, 1), within('survivors', 0, 1e7, { whole: true }),
    oneOf('arm', APART), oneOf('condition', ALL_CONDITIONS), within('trial', 0, MAX_SEED, { whole: true }), { ...fresh, required: true },
    accuracy('test_acc'), oneOf('source', ['shipped', 'yours'], false),
  ],
  key: ['hidden', 'sparsity', 'survivors', 'arm', 'condition', 'trial', 'fresh_seed', 'source'],
  fits: (values) => isOneOf(APART, values) && valueOf(values, 'survivors') !== undefined,
  reduce: (rows) => ownOf(rows).map(({ source, ...row }) => row),
  place: { figure: 'grid', chapter: 'ticket', heading: 'When does a ticket win?' },
  tell: tellGrid,
};

/** What the cells say is Python’s to compute, and told by the figure. @param {import('../files/sort-records.js').Row[]} rows @returns {string} */
function tellGrid(rows) {
  const cells = new Map(rows.filter(({ arm }) => arm !== 'dense').map((row) => {
    const cell = /** @type {any} */ (row);
    return [cellKey(cell), cellAt(cell.hidden, lineKey(cell))];
  }));
  const away = [...cells.values()].filter((cell) => cell === undefined).length;
  return `${rows.length} trainings of ${cells.size} ${cells.size === 1 ? 'cell' : 'cells'}${away ? `; the map has no place for ${away} of them` : ''}.`;
}

/** Of a file that the figure saved: the visitor's trainings; what came with the page stands there anyway. @param {import('../files/sort-records.js').Row[]} rows */
function ownOf(rows) {
  const own = rows.filter(({ source }) => source !== 'shipped');
  return own.length ? own : rows;
}

export const KINDS = [GRID, ARMS, SEARCH];
