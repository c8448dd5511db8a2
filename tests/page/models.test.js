// The model figures' state: static/models/inspection.js, quiz-round.js, sweep-run.js.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Inspection, confusionOf, countRight, likeliest } from '../../static/models/inspection.js';
import { EXAMPLES, QuizRound } from '../../static/models/quiz-round.js';
import { Sweep, SweepResults, gapsOf } from '../../static/models/sweep-run.js';

/** Test examples by label and answer. */
const inside = (...pairs) => ({
  labels: pairs.map(([label]) => label),
  probabilities: pairs.flatMap(([, answer]) => Array.from({ length: 10 }, (_, digit) => Number(digit === answer))),
});

test('an example of the most frequent mistake is picked, and each further click takes the next', () => {
  const inspection = new Inspection();
  inspection.found = { cnn: inside([1, 1], [4, 9], [2, 3], [4, 9]), mlp: inside([1, 2]) };
  assert.equal(countRight(inspection.chosen), 1);
  assert.equal(confusionOf(inspection.chosen).counts[4][9], 2);
  assert.equal(inspection.pickExample(), true);
  assert.deepEqual([inspection.cell, inspection.example], [[4, 9], 1]);
  inspection.chooseCell(4, 9);
  assert.equal(inspection.example, 3);
  inspection.chooseCell(4, 9);
  assert.equal(inspection.example, 1);
  inspection.chooseModel('mlp');
  inspection.pickExample();
  assert.deepEqual(inspection.cell, [1, 2]);
});

test('what the networks say to a drawing stands in for what they say to the example, while one draws', () => {
  const inspection = new Inspection();
  assert.equal(inspection.shares, null);
  inspection.found = { cnn: { ...inside([1, 1], [4, 9]), activations: ['example'] } };
  inspection.example = 1;
  assert.deepEqual([inspection.label, likeliest(inspection.shares.cnn), inspection.layers], [4, 9, ['example']]);
  inspection.isDrawing = true;
  assert.deepEqual([inspection.label, inspection.shares, inspection.layers], [null, null, []]);
  inspection.said = { cnn: { probabilities: inside([0, 7]).probabilities, activations: ['drawing'] } };
  assert.deepEqual([likeliest(inspection.shares.cnn), inspection.layers], [7, ['drawing']]);
  inspection.isDrawing = false;
  assert.deepEqual([likeliest(inspection.shares.cnn), inspection.layers], [9, ['example']]);
});

test('a round of the quiz asks its examples in turn, from the start again after the last', () => {
  const data = { x_test: Float64Array.from({ length: 90 }, (_, i) => i), y_test: Int32Array.from({ length: 30 }, (_, i) => i % 10), shape: [30, 3] };
  const templates = Float64Array.from({ length: 120 }, (_, i) => i);
  const round = new QuizRound(data, { templates, condition: 'plain', from: 59, until: 5000 });
  assert.deepEqual([...round.signal], [87, 88, 89]);
  assert.equal(round.answer(9), true);
  round.next();
  assert.deepEqual([...round.signal], [0, 1, 2]);
  assert.equal(round.answer(9), false);
  assert.deepEqual([round.done, round.right, round.secondsLeft(3500)], [2, 1, 2]);
  while (!round.isOver) {
    round.next();
    round.answer(round.label);
  }
  assert.deepEqual([round.done, round.right], [EXAMPLES, EXAMPLES - 1]);
});

test('an answered example stays at hand, with its digit and template, until the next is asked for', () => {
  const data = { x_test: Float64Array.of(10, 11, 20, 21), y_test: Int32Array.of(3, 8), shape: [4, 2] };
  const templates = Float64Array.from({ length: 120 }, (_, i) => i);
  const round = new QuizRound(data, { templates, condition: 'plain', from: 0, until: Infinity });
  const atHand = () => [round.number, round.isAnswered, round.label, round.signal[0], round.template[0]];
  assert.deepEqual(atHand(), [1, false, 3, 10, 36]);
  round.answer(8);
  assert.deepEqual([...atHand(), round.said], [1, true, 3, 10, 36, 8]);
  round.next();
  assert.deepEqual([...atHand(), round.said], [2, false, 8, 20, 96, null]);
  assert.equal(round.template.length, 12);
});

test('a sweep that failed goes on from what is finished; shown is the visitor’s as soon as there is one', async () => {
  let calls = 0;
  const sweep = new Sweep(async (job, args) => {
    calls += 1;
    if (calls === 3) throw new Error('lost');
    const { model } = typeof args === 'function' ? args() : args;
    return { records: [{ test_acc: model === 'cnn' ? 90 : 60, train_acc: 100 }] };
  });
  const results = new SweepResults(sweep);
  results.field = 'corr_noise_scale';
  assert.deepEqual(results.shown, { rows: [], spec: undefined, own: false });
  const plan = results.begin({ steps: 10, trials: 1, seed: 0, dataset: { max_translation: 48 } });
  const options = { signal: new AbortController().signal, onProgress() {} };
  await assert.rejects(sweep.finish(plan, options), /lost/);
  await new Promise((resolve) => { setTimeout(resolve, 10); });
  const before = calls;
  await sweep.finish(plan, options);
  assert.ok(calls - before < plan.length);
  assert.equal(results.shown.own, true);
  assert.deepEqual(gapsOf(results.shown.rows).map(({ mean, n }) => [mean, n]), Array(6).fill([30, 1]));
  assert.match(results.source, /^Your sweep: 10 steps per network, first seed 0, shift 48/);
});
