// The state and the sentences of the double descent: static/double-descent.
import { jobResults } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bestRows, cellsOf, meansOf, parametersOf, publishedErrors, rowsAt, shapeOf, thresholdOf, widthOf } from '../../static/double-descent/curves.js';
import { DescentRun, planDescent } from '../../static/double-descent/descent-run.js';
import { describeDescent } from '../../static/double-descent/descent-table.js';
import { descentSentence, descentSources, earlySentence, thresholdSentence } from '../../static/double-descent/sentences.js';
import { Settings } from '../../static/settings/settings.js';

const CHOICE = { label_noise: 0.15, epochs: 2, loss: 'cross_entropy', largest: 47, trials: 2, seed: 5 };
const OPTIONS = { signal: new AbortController().signal, onProgress() {} };

/** A run of one width and seed, measured at two epochs. */
const training = (width, seed, [first, last], more = {}) => [1, 2].map((epoch) => ({
  label_noise: 0.15, seed, width, epoch, train_loss: 1, test_loss: 2, train_error: width > 20 ? 0 : 30, test_error: epoch === 1 ? first : last, ...more,
}));
// Two seeds of five widths: the error falls, rises to width 21, falls again.
const PEAK = [5, 6].flatMap((seed) => [[2, 60], [4, 50], [7, 45], [21, 54], [47, 48]].flatMap(([width, error]) =>
  training(width, seed, [width === 21 ? 44 : error, error + seed - 5.5])));

test('a network’s parameters are those of Python, and the width of a number of parameters its inverse', () => {
  const found = jobResults([2, 47].map((width) => ['double_descent', { width, epochs: 1, dataset: { num_samples: 20 } }]));
  assert.deepEqual(found.map(({ parameters }) => parameters), [2, 47].map(parametersOf));
  for (const width of [2, 47, 300]) assert.ok(Math.abs(widthOf(parametersOf(width)) - width) < 1e-9);
});

test('a plan has all widths of each seed, the widest first, on the published numbers of examples', () => {
  const plan = planDescent({ ...CHOICE, dataset: { num_samples: 7, corr_noise_scale: 0.5 } });
  assert.deepEqual(plan.map(({ args }) => args.seed), [...Array(12).fill(5), ...Array(12).fill(6)]);
  assert.deepEqual(plan.slice(0, 12).map(({ args }) => args.width), [47, 36, 27, 21, 16, 12, 9, 7, 5, 4, 3, 2]);
  assert.deepEqual(plan[0].args, {
    label_noise: 0.15, epochs: 2, loss: 'cross_entropy', width: 47, seed: 5,
    dataset: { num_samples: 16000, train_split: 0.25, corr_noise_scale: 0.5 },
  });
  assert.throws(() => planDescent({ ...CHOICE, trials: 0, dataset: {} }), /^Error: trials must be a whole number from 1 to 100, got 0$/);
});

test('a run that is stopped keeps what is finished and goes on', async () => {
  const asked = [];
  let left = 3;
  const run = new DescentRun(async (job, args, { onProgress }) => {
    asked.push([job, args.width, args.seed]);
    left -= 1;
    if (left < 0) throw new Error('lost');
    const records = training(args.width, args.seed, [50, 40]);
    onProgress({ done: 1, total: 2, records: records.slice(0, 1) });
    return { records };
  });
  run.begin(CHOICE, {});
  await assert.rejects(run.finish(OPTIONS), /lost/);
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  assert.equal(run.rows.length, 6, 'three trainings, two rows each');
  left = Infinity;
  asked.length = 0;
  const told = [];
  run.begin(CHOICE, {});
  await run.finish({ ...OPTIONS, onProgress: (progress) => told.push(progress) });
  assert.equal(asked.length, 21);
  assert.equal(run.rows.length, 48);
  assert.equal(run.rowsSoFar.length, 48, 'what was measured on the way is not there twice');
  assert.equal(told.at(-1).done, told.at(-1).total);
  asked.length = 0;
  run.begin({ ...CHOICE, label_noise: 0 }, {});
  await run.finish(OPTIONS);
  assert.equal(run.rows.length, 48, 'of the last run');
  assert.equal(run.comparable.length, 96, 'of both label noises');
  run.begin({ ...CHOICE, epochs: 3 }, {});
  assert.equal(run.comparable.length, 0);
});

test('of what came with the page, the nearest label noise is shown', () => {
  const run = new DescentRun(async () => ({}));
  const rows = [0, 0.15, 0.4].flatMap((label_noise) => training(2, 0, [1, 2], { label_noise }));
  run.setShipped({ spec: { epochs: 500 }, seeds: [0], records: { columns: Object.keys(rows[0]), rows: rows.map(Object.values) }, verdict: [] });
  assert.deepEqual([0, 0.1, 0.35].map((noise) => run.shippedNear(noise, 'cross_entropy')[0].label_noise), [0, 0.15, 0.4]);
  assert.deepEqual(run.shippedNear(0, 'squared_error'), []);
  assert.match(descentSources(run, run.shippedNear(0.35, 'cross_entropy'), 0.35), /^Shipped: label noise 40\u00a0%, the nearest to 35\u00a0% that is shipped, 500 epochs, n = 1\.$/);
});

test('means, the best epoch and the threshold, by width', () => {
  assert.deepEqual(meansOf(rowsAt(PEAK, null), 'test_error').map(({ width, mean, n }) => [width, mean, n]),
    [[2, 60, 2], [4, 50, 2], [7, 45, 2], [21, 54, 2], [47, 48, 2]]);
  assert.deepEqual(meansOf(rowsAt(PEAK, 1), 'test_error').find(({ width }) => width === 21).mean, 44);
  assert.equal(cellsOf(PEAK, 'test_error').length, 10);
  assert.deepEqual(bestRows(PEAK).filter(({ width }) => width === 21).map(({ epoch, test_error }) => [epoch, test_error]), [[1, 44], [1, 44]]);
  assert.equal(thresholdOf(PEAK), 21);
  assert.equal(publishedErrors(PEAK).find(({ width }) => width === 47).error, 54.05);
  assert.deepEqual(publishedErrors(training(2, 0, [1, 2], { label_noise: 0.2 })), []);
  assert.deepEqual(publishedErrors(training(2, 0, [1, 2], { loss: 'squared_error' })), []);
});

test('a peak is told with both its sides; a curve that only falls has none', () => {
  assert.equal(descentSentence(PEAK, null),
    'The test error falls to 45.0 ± 6.4\u00a0% at width 7, rises to 54.0 ± 6.4\u00a0% at width 21 (+9.0 points), and falls again to 48.0 ± 6.4\u00a0% at width 47.'
      .replaceAll(' ± ', '\u00a0±\u00a0'));
  assert.equal(earlySentence(PEAK), 'At width 21 the error was 44.0\u00a0% at epoch 1, a stop that is chosen on the test set.');
  assert.equal(thresholdSentence(PEAK), 'From width 21 on the training error ends below 0.5\u00a0%.');
  const none = [[2, 60], [4, 50], [7, 45], [21, 44.5], [47, 40]].flatMap(([width, error]) => training(width, 0, [error, error]));
  assert.equal(descentSentence(none, null), 'The test error has no peak: it falls to 40.0\u00a0% at width 47.');
  assert.equal(earlySentence(none), '');
  const open = [[2, 60], [4, 50], [7, 45], [21, 54], [47, 55]].flatMap(([width, error]) => training(width, 0, [error, error]));
  assert.equal(descentSentence(open, null),
    'The test error falls to 45.0\u00a0% at width 7 and rises to 55.0\u00a0% at width 47; whether it falls again, larger networks would tell.');
  assert.equal(shapeOf(meansOf(PEAK.slice(0, 2), 'test_error')), null);
});

test('the claims that Python judges take the page’s rows', () => {
  const rows = [5, 6, 7, 8, 9].flatMap((seed) => [[16, 48], [47, 54 + seed / 10], [300, 45]].flatMap(([width, error]) => training(width, seed, [error, error])));
  const [{ verdict }] = jobResults([['descent_verdict', { records: rows }]]);
  assert.deepEqual(verdict.slice(0, 2).map((row) => [row.claim, row.verdict, row.n]), [['rise', 'supported', 5], ['descent', 'supported', 5]]);
});

test('in numbers, ours stand beside the published', () => {
  const { tables: [table] } = describeDescent(PEAK, PEAK.filter(({ seed }) => seed === 5));
  assert.equal(table.rows.length, 10);
  assert.deepEqual(table.rows.map((row) => row[7]).slice(3, 6), ['50.8', '54.0', '–']);
  assert.equal(describeDescent([], []), null);
});

test('the settings go into an address and come back', () => {
  const settings = new Settings('?descent.label_noise=0.4&descent.loss=squared_error&descent.largest=300');
  assert.deepEqual(settings.args('descent'), { label_noise: 0.4, loss: 'squared_error', epochs: 500, largest: 300, trials: 1, seed: 0 });
  assert.deepEqual(new Settings(`?${settings.hash()}`).args('descent'), settings.args('descent'));
});
