// The range of the search's chart and its differences: static/lottery/value-range.js, static/records/stats.js.
import { fileText, isClose } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readings } from '../../static/lottery/search-readings.js';
import { fittedRange } from '../../static/lottery/value-range.js';
import { interval, lessDense, summarize, toDense } from '../../static/records/stats.js';
import { rowsOf } from '../../static/records/rows.js';

const ACCURACY = { least: 4, limits: [0, 100], empty: [0, 100] };
const QUICK = rowsOf(JSON.parse(fileText('static/results/quick.json')).records);

test('means and their bands are all to be seen, with a small margin', () => {
  const [low, high] = fittedRange({ spans: [[51, 55], [60, 66]], dots: [] }, ACCURACY);
  assert.ok(low < 51 && low > 49 && high > 66 && high < 68, `${low} to ${high}`);
});

test('single values widen the range, but only by half of what the means need', () => {
  const spans = [[50, 60]];
  const near = fittedRange({ spans, dots: [48, 62] }, ACCURACY);
  assert.ok(near[0] < 48 && near[0] > 46 && near[1] > 62 && near[1] < 64, near.join(' to '));
  const [low, high] = fittedRange({ spans, dots: [10, 55, 99] }, ACCURACY);
  assert.ok(low > 43 && low <= 45 && high >= 65 && high < 67, `${low} to ${high}`);
});

test('the range is never so small that noise looks large, and never beyond what can be', () => {
  const [low, high] = fittedRange({ spans: [[60, 60.1]], dots: [] }, ACCURACY);
  assert.ok(high - low >= 4 && low < 60 && high > 60.1);
  assert.equal(fittedRange({ spans: [[97, 99.9]], dots: [] }, ACCURACY)[1], 100);
});

test('without means the single values have it to themselves, without any value the whole axis is there', () => {
  const [low, high] = fittedRange({ spans: [], dots: [20, NaN, 70] }, ACCURACY);
  assert.ok(low < 20 && high > 70);
  assert.deepEqual(fittedRange({ spans: [], dots: [] }, ACCURACY), [0, 100]);
});

test('differences are of each trial’s own dense network, in every result', () => {
  const row = (arm, trial, level, value) => ({ arm, trial, level, sparsity: level / 2, test_acc: value });
  const rows = [row('dense', 0, 0, 60), row('dense', 1, 0, 50), row('lottery', 0, 1, 66), row('lottery', 1, 1, 52), row('lottery', 2, 1, 70)];
  const found = lessDense(rows, 'test_acc');
  assert.deepEqual(found.map((one) => one.test_acc), [0, 0, 6, 2]); // trial 2 has no dense network yet
  assert.deepEqual(rows.map((one) => one.test_acc), [60, 50, 66, 52, 70]); // as they were
  assert.deepEqual(lessDense([row('random', 1, 1, 49)], 'test_acc', rows).map((one) => one.test_acc), [-1]);
});

test('the mean of the shipped differences is what the sentence says, for each arm and level', () => {
  const summaries = summarize(lessDense(QUICK, 'test_acc'));
  for (const { arm, level, mean, halfWidth, n } of summaries.filter((one) => one.level > 0)) {
    const own = (name, at) => QUICK.filter((row) => row.arm === name && row.level === at).sort((a, b) => a.trial - b.trial);
    const dense = own('dense', 0);
    const expected = interval(own(arm, level).map((row, i) => row.test_acc - dense[i].test_acc));
    assert.ok(isClose(mean, expected.mean, 1e-9) && isClose(halfWidth, expected.halfWidth, 1e-9) && n === 20);
    assert.equal(toDense(QUICK, arm, level).mean, mean);
  }
  assert.ok(summaries.filter(({ arm }) => arm === 'dense').every(({ mean, halfWidth }) => mean === 0 && halfWidth === 0));
});

test('what is read says the values or the differences, of every result at that sparsity', () => {
  const results = [{ name: 'yours', records: QUICK.filter(({ trial }) => trial === 3) }, { name: 'shipped', records: QUICK }];
  const last = (difference) => readings(results, 'test_acc', difference).at(-1).text.split('\n');
  const found = last(true);
  assert.deepEqual(found.slice(0, 2), ['92.2\u00a0% deleted', 'yours, n = 1']);
  assert.equal(found[4], 'shipped, n = 20');
  assert.equal(found[5], 'lottery to dense +6.4\u00a0±\u00a00.8 points');
  assert.match(found[6], /^random to dense −1\.5/);
  assert.ok(last(false).includes('lottery to dense +6.4\u00a0±\u00a00.8'));
  assert.match(readings(results, 'test_acc', true)[0].text, /the dense network itself$/);
});
