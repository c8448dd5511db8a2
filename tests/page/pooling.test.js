// The comparison of pooling: what is planned, how far pooling is ahead, and the verdict on the published claim.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { POOLING, PUBLISHED_POOLING, SIZES } from '../../static/from-python.js';
import { POOLING_NAMES, PoolingResults, leadsOf, meansOf, planPooling, publishedRows, stepsOf } from '../../static/models/pooling-run.js';
import { judge, poolingSentence, poolingSource } from '../../static/models/pooling-sentences.js';
import { Sweep } from '../../static/models/sweep-run.js';

const SPEC = { equal: 'steps', steps: 6000, epochs: 60, largest: 5000, trials: 2, seed: 3, dataset: { seed: 42, corr_noise_scale: 0.5 } };

test('every network has a name and its published accuracy at every size', () => {
  assert.deepEqual(Object.keys(POOLING_NAMES), POOLING);
  assert.deepEqual(Object.keys(PUBLISHED_POOLING), POOLING);
  assert.equal(publishedRows().length, POOLING.length * SIZES.length);
  assert.equal(meansOf(publishedRows()).at(-1).value, 50_000);
});

test('a plan has each size up to the largest, 1000 test examples, and data of each trial’s own', () => {
  const plan = planPooling(SPEC);
  assert.equal(plan.length, 2 * 3 * POOLING.length);
  const { args, row } = plan.at(-1);
  assert.deepEqual(row, { arm: 'l2_pool', protocol: 'steps', value: 5000, trial: 1, steps: 6000 });
  assert.deepEqual([args.seed, args.dataset.seed, args.dataset.num_samples, args.dataset.corr_noise_scale], [4, 43, 6000, 0.5]);
  assert.equal(Math.trunc(args.dataset.num_samples * args.dataset.train_split), 5000);
  assert.deepEqual(SIZES.map((size) => stepsOf({ ...SPEC, equal: 'epochs' }, size)), [600, 1200, 3000, 6000, 12_000, 30_000]);
  assert.throws(() => planPooling({ ...SPEC, trials: 0 }), /^Error: trials must be a whole number from 1 to 100, got 0$/);
});

const rows = (leads, size = 50_000) => leads.flatMap((lead, trial) => [
  { arm: 'no_pool', protocol: 'steps', value: size, trial, test_acc: 90 + trial },
  { arm: 'max_pool', protocol: 'steps', value: size, trial, test_acc: 90 + trial + lead },
]);

test('leads are paired by trial; the claim that pooling hinders is judged by the whole interval', () => {
  const [lead] = leadsOf(rows([1, 2, 3]));
  assert.deepEqual([lead.arm, lead.mean, lead.n], ['max_pool', 2, 3]);
  const verdict = (leads) => judge(leadsOf(rows(leads))[0]);
  assert.equal(verdict([2, 2.1, 1.9]), 'not supported');
  assert.equal(verdict([-2, -2.1, -1.9]), 'supported');
  assert.equal(verdict([2, -2, 0.1]), 'undecided');
  assert.equal(verdict([2]), 'undecided');
  assert.equal(leadsOf([...rows([1]), { ...rows([1])[1], trial: 9 }])[0].n, 1); // a trial without its base
});

test('the sentence names the protocol, both ends and the verdict; with one size there is none', () => {
  const said = poolingSentence([...rows([18, 20, 19], 1000), ...rows([2, 2.1, 1.9])], 'steps', 6000);
  assert.match(said, /^Max pooling minus no pooling, with 6,000 steps for every size: \+19\.0.* at 1,000 examples \(n = 3\), \+2\.0/);
  assert.match(said, /hinders with 50,000 examples is not supported\.$/);
  assert.equal(poolingSentence(rows([1, 2]), 'steps', 6000), '');
});

test('the visitor’s run stands in for what came with the page, for its protocol alone', async () => {
  const sweep = new Sweep(async (job, args) => ({ records: [{ test_acc: (typeof args === 'function' ? args() : args).steps, train_acc: 100 }] }));
  const results = new PoolingResults(sweep);
  const columns = ['arm', 'protocol', 'value', 'trial', 'test_acc'];
  results.setShipped({ spec: { seed: 0 }, records: { columns, rows: rows([1, 2]).map((row) => columns.map((name) => row[name])) } });
  assert.match(poolingSource(null, results.shown('steps').rows, 'steps'), /^Shipped with the page, n = 2: 6,000 steps for every size/);
  const plan = results.begin({ ...SPEC, equal: 'epochs', trials: 1, largest: 2000 });
  await sweep.finish(plan, { signal: new AbortController().signal, onProgress() {} });
  assert.deepEqual([results.shown('steps').own, results.shown('epochs').own], [false, true]);
  assert.deepEqual(meansOf(results.shown('epochs').rows).map(({ mean }) => mean), [...Array(5).fill(600), ...Array(5).fill(1200)]);
  assert.match(poolingSource(results.shown('epochs').spec, results.shown('epochs').rows, 'epochs'), /^Your run, n = 1: 60 epochs/);
});
