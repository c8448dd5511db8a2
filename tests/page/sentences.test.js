// What a search found, in words: static/lottery/sentences.js.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resultSentence } from '../../static/lottery/sentences.js';

const row = (arm, level, accuracy, trial) =>
  ({ arm, level, trial, sparsity: [0, 0.6, 0.92][level], step: 9, test_acc: accuracy });
const trial = (t) => [
  row('dense', 0, 60 + t, t), row('lottery', 0, 60 + t, t), row('random', 0, 60 + t, t),
  row('lottery', 1, 64 + t, t), row('random', 1, 70 + t, t),
  row('lottery', 2, 66 + t, t), row('random', 2, 55 + t, t),
];

test('the sentence is of the level nearest the claims, and says where each arm was at its best', () => {
  const text = resultSentence([...trial(0), ...trial(1)]).replaceAll('\u00a0', ' ');
  assert.match(text, /^With 92\.0 % of the weights deleted, the lottery ticket is right on 66\.5 ± 6\.4 %/);
  assert.match(text, /Δ to dense = \+6\.0 ± 0\.0 points, n = 2\./);
  assert.match(text, /At their best levels tickets get 66\.5 ± 6\.4 % \(92\.0 % deleted\), random masks 70\.5 ± 6\.4 % \(60\.0 % deleted\)\.$/);
});

test('without a pruned level there is nothing to say', () => {
  assert.equal(resultSentence(trial(0).slice(0, 3)), '');
});
