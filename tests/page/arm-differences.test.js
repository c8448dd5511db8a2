// What the arms of an analysis say against the dense network: static/lottery/arm-differences.js.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deltas, finals, nameOf } from '../../static/lottery/arm-differences.js';

const row = (arm, condition, accuracy, step = 60) => ({ trial: 0, step, arm, condition, test_acc: accuracy });

test('an arm waits for the dense network of its own condition', () => {
  const rows = [row('dense', 'fresh', 60), row('lottery', 'fresh', 66), row('lottery', 'shuffled', 50)];
  const found = () => deltas(rows).map(({ condition, values }) => [condition, values]);
  assert.deepEqual(found(), [['fresh', [6]]]);
  rows.push(row('dense', 'shuffled', 51));
  assert.deepEqual(found(), [['fresh', [6]], ['shuffled', [-1]]]);
});

test('of a training its last row counts, in whatever order its rows came', () => {
  const rows = [row('dense', 'fresh', 70, 90), row('dense', 'fresh', 60, 30)];
  assert.deepEqual(finals(rows), [rows[0]]);
});

test('arms are in the order of the table, and those that it does not know come last', () => {
  const arms = [['random', 'fresh'], ['permuted', 'late'], ['lottery', 'fresh']];
  const rows = arms.flatMap(([arm, condition]) => [row(arm, condition, 1), row('dense', condition, 0)]);
  assert.deepEqual(deltas(rows).map(nameOf), ['lottery ticket', 'random mask', 'permuted, late']);
});

test('a trial’s value is the mean over its fresh datasets, each set against its own dense network', () => {
  const on = (fresh_seed, arm, accuracy) => ({ ...row(arm, 'fresh', accuracy), fresh_seed });
  const rows = [on(1, 'dense', 60), on(1, 'lottery', 66), on(2, 'dense', 64), on(2, 'lottery', 66)];
  assert.deepEqual(deltas(rows).map(({ values, n }) => [values, n]), [[[4], 1]]);
  rows.push(on(3, 'lottery', 90)); // its dense network has not ended
  assert.deepEqual(deltas(rows)[0].values, [4]);
});

test('rows that are older than the fresh seeds are of the first', () => {
  const rows = [row('dense', 'fresh', 60), { ...row('lottery', 'fresh', 66), fresh_seed: 1 }];
  assert.deepEqual(deltas(rows)[0].values, [6]);
});
