// What a visitor draws for the networks: static/models/drawn-signal.js, and static/ui/upright.js below it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DrawnSignal } from '../../static/models/drawn-signal.js';
import { numberAt, uprightPoints, xOf, yOf } from '../../static/ui/upright.js';

test('a stroke sets all numbers between its ends, in either direction and along one height', () => {
  const signal = new DrawnSignal();
  signal.startFrom([0, 0, 0, 0, 0]);
  signal.draw({ index: 1, value: 1 }, { index: 3, value: 2 });
  assert.deepEqual(signal.values, [0, 1, 1.5, 2, 0]);
  signal.draw({ index: 4, value: -1 }, { index: 2, value: 1 });
  assert.deepEqual(signal.values, [0, 1, 1, 0, -1]);
  signal.draw({ index: 0, value: 1 }, { index: 0, value: 3 });
  assert.deepEqual(signal.values, [3, 1, 1, 0, -1]);
  assert.deepEqual(signal.ghost, [0, 0, 0, 0, 0]);
});

test('a number stays within what is shown, which is as wide as what the drawing started from', () => {
  const signal = new DrawnSignal();
  signal.startFrom([0, 0]);
  signal.move(0, 99);
  signal.move(1, -99);
  assert.deepEqual(signal.values, [4, -4]);
  signal.startFrom(Float64Array.of(5.126, 0));
  signal.move(1, -99);
  assert.deepEqual([signal.values, signal.ghost, signal.reach], [[5.13, -5.13], [5.13, 0], 5.13]);
});

test('a pointer at a number finds that number again, and beyond the ends the last one', () => {
  const frame = { width: 240, height: 400, reach: 4 };
  for (const [index, value] of [[0, 0], [17, -4], [39, 2.5]]) {
    const at = numberAt({ x: xOf(value, frame), y: yOf(index, 40, frame) }, 40, frame);
    assert.equal(at.index, index);
    assert.ok(Math.abs(at.value - value) < 1e-12);
  }
  assert.equal(numberAt({ x: 0, y: -50 }, 40, frame).index, 0);
  assert.equal(numberAt({ x: 0, y: 900 }, 40, frame).index, 39);
});

test('numbers go from top to bottom, and to the side what they are; a part of them too', () => {
  const frame = { width: 100, height: 30, reach: 1 };
  assert.deepEqual(uprightPoints([-1, 0, 1], frame), ['0.00 5.00', '50.00 15.00', '100.00 25.00']);
  assert.deepEqual(uprightPoints([9, 9, 0, 1], frame, { from: 2, count: 2 }), ['50.00 5.00', '100.00 25.00']);
});
