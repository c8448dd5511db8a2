// Neighbours that survive together, as a multiple of chance: static/lottery/adjacency-ratio.js.
import { fileText, isClose } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PUBLISHED_ADJACENT_RATIO } from '../../static/from-python.js';
import { comparePairs, pairsSentence, ratioTable, summarizeRatios } from '../../static/lottery/adjacency-ratio.js';

const SPEC = { hidden: 100, random_counts: 'apart', dataset: { final_seq_length: 40 } }; // 3900 windows of two
const NONE = { p3: 0, p4: 0, null3: 0, null4: 0 };
const row = (arm, trial, p2, null2, level = 5, sparsity = 0.92) => ({ arm, trial, level, sparsity, p2, null2, ...NONE });
const search = (ticket, random) => ticket.flatMap(([p2, null2], trial) =>
  [row('lottery', trial, p2, null2), row('random', trial, ...random)]);

test('a ratio is that of each trial, and then the mean and its interval', () => {
  const ratios = summarizeRatios(search([[0.011, 0.01], [0.026, 0.02]], [0.01, 0.01]), SPEC);
  assert.deepEqual(ratios.map(({ arm, size, n }) => [arm, size, n]), [['lottery', 2, 2], ['random', 2, 2]]);
  assert.ok(isClose(ratios[0].mean, 1.2));
  assert.ok(isClose(ratios[0].halfWidth, 12.7062 * 0.1));
  assert.deepEqual([ratios[1].mean, ratios[1].halfWidth], [1, 0]);
});

test('where chance leaves less than one window in the layer there is no ratio', () => {
  const ratios = summarizeRatios(search([[0.001, 1.01 / 3900], [0.001, 0.99 / 3900], [0, 0]], [0, 0]), SPEC);
  assert.deepEqual(ratios.map(({ arm, size, n }) => [arm, size, n]), [['lottery', 2, 1]]);
});

test('the dense network, and rows without counts, are no masks', () => {
  const dense = { arm: 'dense', trial: 0, level: 0, sparsity: 0, p2: null, null2: null };
  assert.deepEqual(summarizeRatios([dense, { ...dense, arm: 'lottery' }], SPEC), []);
  assert.equal(comparePairs([dense], SPEC), null);
  assert.equal(pairsSentence(null, SPEC), '');
});

test('the published comparison is the unequal units times what is left', () => {
  const found = comparePairs(search([[0.013, 0.012], [0.0131, 0.0119]], [0.01, 0.01]), SPEC);
  assert.ok(isClose(found.total, 1.305));
  assert.ok(isClose(found.unequal, 1.195));
  assert.ok(isClose(found.total, found.unequal * found.left.mean, 1e-3));
  assert.equal(found.n, 2);
});

test('only trials that have both masks at the level nearest the target are compared', () => {
  const records = [
    ...search([[0.012, 0.01]], [0.01, 0.01]),
    row('lottery', 1, 0.5, 0.01), // its random mask is still in training
    ...['lottery', 'random'].map((arm) => row(arm, 0, 0.2, 0.1, 2, 0.6)),
    row('lottery', 0, 0.7, 0.1, 6, 0.919),
  ];
  const { total, n, sparsity } = comparePairs(records, SPEC);
  assert.ok(isClose(total, 1.2));
  assert.deepEqual([n, sparsity], [1, 0.92]);
});

const said = (left, { unequal = 1.2, spread = 0.001, spec = SPEC } = {}) => {
  const null2 = 0.01 * unequal;
  return pairsSentence(comparePairs(search([-1, 0, 1].map((sign) =>
    [null2 * (left + sign * spread), null2]), [0.01, 0.01]), spec), spec).replaceAll('\u00a0', ' ');
};

test('the sentence says the numbers', () => {
  assert.equal(said(1.07), 'With 92.0 % deleted, the ticket keeps 1.28 times as many pairs of neighbours as the random ' +
    `mask (published: ${PUBLISHED_ADJACENT_RATIO} times). With each unit’s survivors at random inputs it ` +
    'would keep 1.20 times as many, because its units keep unequal numbers of inputs. The places add a factor of ' +
    '1.07 ± 0.00 (n = 3): 7 % more than chance, against 66 % as published. The smaller part of ' +
    'the published claim is left, 11 % of it.');
});

test('the judgement follows from the numbers', () => {
  assert.match(said(1.15), /15 % more than chance.* The smaller part of the published claim is left, 23 % of it\.$/);
  assert.match(said(1.4), / The larger part of the published claim is left, 61 % of it\.$/);
  assert.match(said(1.7), / All of the published claim is left\.$/);
  assert.match(said(1.05, { spread: 0.1 }), / The interval includes 1: this cannot be told from chance\.$/);
  assert.match(said(0.9), /10 % fewer than chance.* Nothing is left of the published claim: there are fewer than by chance\.$/);
});

test('reasons are given where there are some', () => {
  assert.ok(!said(1.1, { unequal: 0.98 }).includes('because'));
  const together = said(1.1, { spec: { ...SPEC, random_counts: 'together' } });
  assert.match(together, /unequal numbers of inputs and the random mask, counted together with its biases, has another number/);
});

test('three and four neighbours are told of where chance gives a window or more', () => {
  const rows = search([[0.011, 0.01], [0.011, 0.01]], [0.01, 0.01]);
  const longer = (more) => pairsSentence(comparePairs(rows.map((one) => ({ ...one, ...more })), SPEC), SPEC);
  assert.match(longer({ p3: 0.003, null3: 0.002 }), / Of windows of three, 1\.50\u00a0±\u00a00\.00 times as many survive as by chance\.$/);
  assert.match(longer({ p3: 0.003, null3: 0.002, p4: 0.001, null4: 0.0005 }), / three and four, 1\.50.* and 2\.00/);
});

test('there is a sentence also where something is zero', () => {
  const none = pairsSentence(comparePairs(search([[0.012, 0.01]], [0, 0.01]), SPEC), SPEC);
  assert.match(none, /no pair of neighbours survives in the random mask \(published: 1\.66 times\)\. The places/);
  const few = pairsSentence(comparePairs(search([[0.0001, 0.0001]], [0.0001, 0.0001]), SPEC), SPEC);
  assert.match(few, /too few to tell what the places add\.$/);
});

test('the table has a row a mask and level, and a dash where a ratio is left out', () => {
  const { head, rows } = ratioTable(summarizeRatios(search([[0.011, 0.01], [0.026, 0.02], [0, 0]], [0.01, 0.01]), SPEC));
  assert.equal(head.length, 7);
  assert.deepEqual(rows[0], ['lottery', '5', '92.0', '1.20\u00a0±\u00a01.27', '–', '–', '2']);
  assert.deepEqual(rows[1], ['random', '5', '92.0', '1.00\u00a0±\u00a00.00', '–', '–', '3']);
});

test('random masks of the shipped searches are as local as chance', () => {
  for (const name of ['quick', 'paper']) {
    const { spec, records: { columns, rows } } = JSON.parse(fileText(`static/results/${name}.json`));
    const records = rows.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i]])));
    const random = summarizeRatios(records, spec).filter(({ arm, size, level }) => arm === 'random' && size === 2 && level > 0);
    const outside = random.filter(({ mean, halfWidth }) => Math.abs(mean - 1) > 2 * halfWidth);
    assert.ok(random.length > 0 && outside.length <= 0.05 * random.length, `${name}: ${outside.length} of ${random.length}`);
    assert.match(pairsSentence(comparePairs(records, spec), spec), /The places add a factor of \d\.\d\d\u00a0±/);
  }
});
