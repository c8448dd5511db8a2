// How long the rest of a search takes: static/lab/estimate.js.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makespan, median, pace, secondsDone, totalSeconds, trainings } from '../../static/lab/estimate.js';
import { isClose } from './environment.js';

test('a trial is one training and then two a level, the tickets slower', () => {
  const trial = trainings([3, 2, 1], { steps: 100 });
  assert.deepEqual(trial.map(({ seconds }) => seconds), [3, 2.5, 2, 1.25, 1]);
  assert.deepEqual(trial.map(({ steps }) => steps), Array(5).fill(100));
  assert.equal(totalSeconds(trial), 9.75);
});

test('a rewound training is shorter', () => {
  const trial = trainings([3, 2], { steps: 100, rewind_step: 50 });
  assert.deepEqual(trial.map(({ steps, seconds }) => [steps, seconds]), [[100, 3], [50, 1.25], [50, 1]]);
});

test('work follows the steps', () => {
  const trial = trainings([3, 2, 1], { steps: 100 });
  for (const [done, work] of [[0, 0], [50, 1.5], [100, 3], [250, 6.5], [500, 9.75]]) {
    assert.ok(Math.abs(secondsDone(trial, done) - work) < 1e-9, `${done} steps`);
  }
});

test('the queue is taken by whoever is free', () => {
  const cases = [
    [[4, 4, 4], 1, 12], [[4, 4, 4], 2, 8], [[1, 4, 4], 2, 5], [[2], 4, 2], [[], 2, 0], [[5, 1, 1, 1], 2, 5],
  ];
  for (const [tasks, workers, seconds] of cases) assert.equal(makespan(tasks, workers), seconds);
});

test('the pace is the calibration’s at first and this run’s later', () => {
  assert.equal(pace(0, 0, true), 1);
  assert.ok(isClose(pace(200, 100, true), 2, 0.02));
  assert.equal(pace(200, 100, false), 2); // nothing was measured before
});

test('a moment of other work does not move a measurement', () => {
  assert.deepEqual(median([[3, 2], [9, 2.5], [3.5, 9]]), [3.5, 2.5]);
  assert.deepEqual(median([[3, 2]]), [3, 2]);
});
