// The state and the sentences of the learned learning rate: static/learning-rate.
import { fileText, inPython } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { POINTS, RateRun, landscapeRates, planOf } from '../../static/learning-rate/rate-run.js';
import { besidePublished, finite, ratesOf, seedPoints, stepAt, tangentOf } from '../../static/learning-rate/rate-steps.js';
import { ballSentence, describeRates, runSentence, seedsSentence } from '../../static/learning-rate/sentences.js';
import { Settings } from '../../static/settings/settings.js';

const FILE = JSON.parse(fileText('static/results/learning-rate.json'));
const SHORT = { ...new Settings('').args('rate'), steps: 5, outer_steps: 2 };
const OPTIONS = { signal: new AbortController().signal, onProgress() {} };
const ASK = `
import json, sys
from mnist1d_lab import jobs
json.dump(jobs.run(*json.load(sys.stdin)), sys.stdout)
`;

test('the usual plan has 24 trainings of the landscape and both runs, with arguments that Python takes', () => {
  const plan = planOf(new Settings('').args('rate'));
  assert.equal(plan.reduce((sum, { size }) => sum + size, 0), POINTS + 100);
  assert.deepEqual(plan.filter(({ job }) => job === 'learn_rate').map(({ args }) => args.start), [1.5, 0.15]);
  assert.deepEqual(landscapeRates(SHORT), FILE.published.landscape.rows.map((row) => row[2]), 'those that are shipped');
  assert.equal(new Settings('').args('rate').seed, undefined, 'published weights have none');
  assert.equal(new Settings('?rate.weights=drawn&rate.seed=3').args('rate').seed, 3);
});

test('a run that fails keeps what is finished, and goes on from there', async () => {
  const asked = [];
  let left = 2; // jobs until it fails
  const run = new RateRun(async (job, args) => {
    asked.push(job);
    left -= 1;
    if (left < 0) throw new Error('lost');
    return inPython(ASK, [job, args]);
  });
  run.begin(SHORT);
  await assert.rejects(run.finish(OPTIONS), /lost/);
  assert.ok(run.work.done < run.work.total);
  left = Infinity;
  asked.length = 0;
  run.begin(SHORT);
  await run.finish(OPTIONS);
  assert.equal(asked.length, 4, 'two of six were kept');
  assert.equal(run.work.done, run.work.total);
  const { shown } = run;
  assert.equal(finite(shown.landscape).length, POINTS);
  assert.deepEqual(ratesOf(shown.runs[0]).map(({ outer_step }) => outer_step), [0, 1, 2]);
  assert.match(runSentence(shown), /^From 1.5: rate 1\.\d{4} after 2 outer steps\. From 0.15: /);
  assert.throws(() => run.begin({ ...SHORT, other: 0 }), /^Error: other must be a number greater than 0/);
});

test('what came with the page is beside the published rates, digit for digit', () => {
  const run = new RateRun(async () => ({}));
  run.setShipped(FILE);
  const pairs = besidePublished(run.shown);
  assert.equal(pairs.length, 10);
  for (const { published, ours } of pairs) assert.ok(Math.abs(ours - published) < (published >= 1 ? 1.1e-3 : 1.1e-4));
  assert.match(runSentence(run.shown), /10 of 10 published rates agree/);
  assert.match(ballSentence(run.shown, 0), /^From 1.5: rate 1.5000, loss 1.8455, slope 0.1185, next rate 1.4645\./);
  assert.equal(describeRates(run.shown).tables[1].rows.length, 100);
  assert.deepEqual(besidePublished({ ...run.shown, spec: { ...run.shown.spec, steps: 100 } }), []);
  const points = seedPoints(run.seeds.rows);
  assert.equal(points.length, 20);
  assert.ok(points.every(({ lost }) => lost > 0), 'no other rate is better than the best one');
  assert.match(seedsSentence(run.seeds), /^Best rates from 0\.\d{3} to 0\.\d{3}, mean .*n.=.20/);
});

test('what diverged is told and not drawn; a tangent has the slope', () => {
  const bad = { arm: 'learned', outer_step: 1, learning_rate: 500, loss: null, hypergradient: null, updated_rate: null };
  const good = { arm: 'learned', outer_step: 0, learning_rate: 2, loss: 3, hypergradient: 4, updated_rate: 500 };
  const spec = { ...SHORT, start: 2 };
  const shown = { spec, own: true, landscape: [{ ...good, arm: 'landscape' }, { ...bad, arm: 'landscape' }], runs: [{ start: 2, steps: [good, bad], ended: 'diverged' }] };
  assert.match(runSentence(shown), /^From 2: The training diverged at outer step 1, with the rate 500: .* 2 trainings 1 diverged/);
  assert.equal(stepAt(shown.runs[0], 1), good, 'the ball stays where there was a number');
  assert.deepEqual(tangentOf(good, 0.5), [{ learning_rate: 1.5, loss: 1 }, { learning_rate: 2.5, loss: 5 }]);
  const left = { start: 2, steps: [{ ...good, updated_rate: -3 }], ended: 'left' };
  assert.match(runSentence({ ...shown, runs: [left] }), /led to −3.00, which is no learning rate/);
});
