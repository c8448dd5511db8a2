// Means and their intervals: static/records/stats.js; how numbers are written: format.js.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  formatDifference, formatMean, formatNumber, formatPercent, formatSigned,
} from '../../static/records/format.js';
import { extent, interval, studentT, summarize, toDense, wilson } from '../../static/records/stats.js';
import { isClose } from './environment.js';

// scipy.stats.t.ppf(0.975, freedom), SciPy 1.17
const QUANTILES = {
  1: 12.706205, 2: 4.302653, 9: 2.262157, 19: 2.093024, 30: 2.042272, 31: 2.039513, 60: 2.000298, 999: 1.962341,
};

test('Student’s t is right', () => {
  for (const [freedom, expected] of Object.entries(QUANTILES)) {
    assert.ok(isClose(studentT(Number(freedom)), expected, 1e-4), `${freedom} degrees of freedom`);
  }
});

const row = (arm, level, trial, accuracy) => ({ arm, trial, level, sparsity: 0.5, test_acc: accuracy });
const ROWS = [
  ...[60, 64, 62].map((accuracy, trial) => row('dense', 0, trial, accuracy)),
  ...[63, 66, 65].map((accuracy, trial) => row('lottery', 1, trial, accuracy)),
  row('lottery', 1, 3, 65), // its dense network is still in training
];

test('the difference to dense is paired by trial', () => {
  const delta = toDense(ROWS, 'lottery', 1);
  assert.equal(delta.n, 3);
  assert.ok(isClose(delta.mean, 8 / 3));
  // scipy.stats.t.interval(0.95, 2, loc=8/3, scale=scipy.stats.sem([3, 2, 3])), its width
  assert.ok(isClose(2 * delta.halfWidth, 2.868435, 1e-4));
  assert.equal(toDense(ROWS, 'random', 1), null);
});

test('a single value has a mean and no interval', () => {
  assert.deepEqual(interval([3]), { n: 1, mean: 3, halfWidth: NaN });
});

test('a summary has a row for each arm and level, what is no number left out', () => {
  const found = summarize([...ROWS, row('dense', 0, 3, NaN)]);
  assert.deepEqual(found.map(({ arm, level, n }) => [arm, level, n]), [['dense', 0, 3], ['lottery', 1, 4]]);
  assert.equal(found[0].mean, 62);
});

test('the interval of a share stays within 0 and 100', () => {
  // scipy.stats.binomtest(5, 10).proportion_ci(method='wilson')
  const [low, high] = wilson(5, 10);
  assert.ok(isClose(low, 23.6593, 1e-4) && isClose(high, 76.3407, 1e-4));
  assert.equal(wilson(0, 4)[0], 0);
  assert.equal(wilson(4, 4)[1], 100);
});

test('the extent is that of a part too', () => {
  assert.deepEqual(extent([3, 1, 2]), [1, 3]);
  assert.deepEqual(extent([3, 1, 2], 1, 2), [1, 1]);
});

test('numbers are written with a true minus, and without one before a zero', () => {
  assert.equal(formatNumber(-1.5, 1), '−1.5');
  assert.equal(formatNumber(-0.0001), '0.000');
  assert.equal(formatSigned(-0.04), '+0.0');
  assert.equal(formatSigned(-2), '−2.0');
  assert.equal(formatDifference({ mean: 2, halfWidth: 0.5, n: 3 }), '+2.0\u00a0±\u00a00.5');
  assert.equal(formatMean({ mean: 2, halfWidth: NaN, n: 1 }, 2), '2.00');
  assert.equal(formatPercent(12.34), '12.3\u00a0%');
});
