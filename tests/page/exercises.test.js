// The exercises' goals and what is kept of them: static/exercises. Solutions are run in tests/parity/test_exercises.py.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXERCISES } from '../../static/exercises/exercises.js';
import { Progress } from '../../static/exercises/progress.js';
import { Settings } from '../../static/settings/settings.js';

const byName = (name) => EXERCISES.find((one) => one.name === name);
const trained = (accuracies, spec = { steps: 2000 }) => ({
  kind: 'training', spec,
  records: Object.entries(accuracies).flatMap(([arm, [train_acc, test_acc]]) => [
    { arm, condition: 'plain', trial: 0, step: 0, train_acc: 10, test_acc: 10 },
    { arm, condition: 'plain', trial: 0, step: 2000, train_acc, test_acc },
    { arm, condition: 'shuffled', trial: 0, step: 2000, train_acc: 99, test_acc: 1 },
  ]),
});
/** A search with so many trials whose tickets and random masks differ so much from dense, by level. */
const searched = (levels, spec = {}, trials = 3) => ({
  kind: 'search', spec: { hidden: 500, seed: 0, ...spec },
  records: Array.from({ length: trials }, (_, trial) => [
    { arm: 'dense', trial, level: 0, sparsity: 0, test_acc: 60 },
    ...levels.flatMap(([sparsity, ticket, random, ratio = 1.2], i) => [
      { arm: 'lottery', trial, level: i + 1, sparsity, test_acc: 60 + ticket + (trial - 1) / 2, p2: 0.1 * ratio, null2: 0.1 },
      { arm: 'random', trial, level: i + 1, sparsity, test_acc: 60 + random },
    ]),
  ]).flat(),
});
const says = (name, result) => byName(name).check(result).says.replaceAll('\u00a0', ' ');
const solves = (name, result) => byName(name).check(result).solved;

test('a training is judged by its last step, inputs in order, and says what is missing', () => {
  assert.equal(solves('shift', trained({ mlp: [100, 90], cnn: [100, 92] })), true);
  assert.equal(says('shift', trained({ mlp: [100, 68.6], cnn: [98, 91.3] })),
    'CNN 91.3 %, MLP 68.6 %: a lead of +22.7 points: it is to be at most 2.');
  assert.match(says('shift', trained({ mlp: [100, 50], cnn: [98, 51] })), /but the MLP is to get at least 60 % right\.$/);
  assert.match(says('shift', trained({ mlp: [100, 90], cnn: [98, 90] }, { steps: 999 })), /train for at least 1000 steps\.$/);
  assert.equal(solves('noise', trained({ mlp: [90, 19.9], cnn: [90, 50.1] })), true);
  assert.match(says('noise', trained({ mlp: [90, 15], cnn: [90, 50] })), /but the CNN is to stay above 50 %\.$/);
  assert.equal(solves('rate', trained({ mlp: [49, 30] })), true);
  assert.equal(solves('rate', trained({ mlp: [100, 30] })), false);
  assert.equal(solves('by-heart', trained({ mlp: [99, 39.9] })), true);
  assert.equal(solves('by-heart', trained({ mlp: [99, 40] })), false);
});

test('a search is judged at its first level with 90 % deleted, trial by trial', () => {
  const usual = [[0.5, 9, 9], [0.92, 5, -2]];
  assert.equal(solves('seeds', searched(usual, { seed: 100 })), true);
  assert.match(says('seeds', searched(usual, { seed: 7 })), /the first seed is to be 100 or more\.$/);
  assert.match(says('seeds', searched(usual, { seed: 100 }, 2)), /three trials are wanted\.$/);
  assert.match(says('seeds', searched([[0.92, 0.2, 0]], { seed: 100 })), /^2 of 3 tickets .*each of them is to be better\.$/);
  assert.match(says('seeds', searched([[0.5, 9, 9]], { seed: 100 })), /^No level has 90 % .*: add levels\.$/);
  assert.equal(solves('narrow', searched([[0.92, -3, -9]], { hidden: 50 })), true);
  assert.equal(solves('narrow', searched(usual)), false);
  assert.equal(solves('neighbours', searched([[0.92, -3, -9, 1.04]])), true);
  assert.match(says('neighbours', searched([[0.92, 0, 0, 0.8]], { hidden: 50 })), /leave the network at 500 hidden units\.$/);
  assert.match(says('neighbours', searched(usual)), /1\.20 times as often as by chance: this is to be 1\.05 at most\.$/);
});

test('the crossing of random masks is to be found within four points of sparsity', () => {
  assert.equal(solves('random', searched([[0.5, 0, 3], [0.9, 0, 1], [0.93, 0, -1]])), true);
  assert.match(says('random', searched([[0.87, 0, 5], [0.922, 0, -2]])), /at most 4 points of sparsity apart\.$/);
  assert.match(says('random', searched([[0.5, 0, 3]])), /find a level of each kind\.$/);
  assert.match(says('random', searched([[0.5, 0, -3]])), /find a level of each kind\.$/);
});

test('all settings of an exercise are the address bar’s', () => {
  for (const { start, solution } of EXERCISES) {
    assert.ok(Object.keys({ ...start, ...solution }).every((name) => Settings.knows(name)));
  }
});

/** A shelf that keeps in memory. */
const shelf = (value = null) => ({ read: (use) => use(value), write(next) { value = next; }, get value() { return value; } });

test('only a run of the right kind counts, and what it solves is kept', () => {
  const kept = shelf();
  const progress = new Progress(kept);
  progress.take(trained({ mlp: [49, 30] })); // nothing was begun
  assert.deepEqual(progress.solved, {});
  progress.begin(byName('rate'));
  progress.take(searched([[0.92, 5, -2]]));
  assert.equal(progress.last, null);
  progress.take(trained({ mlp: [100, 68] }));
  assert.equal(progress.last?.solved, false);
  progress.take(trained({ mlp: [49, 30] }));
  assert.match(progress.solved.rate, /^The MLP gets 49\.0/);
  const again = new Progress(shelf(JSON.parse(JSON.stringify(kept.value))));
  assert.equal(again.current, byName('rate'));
  assert.deepEqual(again.solved, progress.solved);
  progress.forget();
  assert.deepEqual(kept.value, { current: null, solved: {} });
});

test('what this browser has kept wrongly is left out', () => {
  const progress = new Progress(shelf({ current: 'bogus', solved: { rate: 3, bogus: 'x', shift: 'Yes.', noise: 'n'.repeat(600) } }));
  assert.equal(progress.current, null);
  assert.deepEqual(progress.solved, { shift: 'Yes.' });
});
