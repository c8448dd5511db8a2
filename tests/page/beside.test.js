// Where a tip stands: static/ui/beside.js; how labels are kept apart is seen in tests/browser/test_charts.py.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alongCurve, placeBeside } from '../../static/ui/beside.js';
import { tickStep } from '../../static/lottery/charts/mask-axes.js';
import { randomFrom } from './environment.js';

const BOUNDS = { left: 0, top: 0, right: 800, bottom: 400 };
const SIZE = { width: 180, height: 90 };
const within = ({ x, y }, corner) => x > corner.x && x < corner.x + SIZE.width && y > corner.y && y < corner.y + SIZE.height;

test('a curve becomes points that are close together, its corners among them', () => {
  const corners = [{ x: 0, y: 0 }, { x: 300, y: 40 }, { x: 300, y: 41 }];
  const points = alongCurve(corners);
  for (const corner of corners) assert.ok(points.some(({ x, y }) => x === corner.x && y === corner.y));
  for (let i = 1; i < points.length; i += 1) assert.ok(Math.hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y) <= 6.1);
});

test('the box covers no curve where it need not, never its point, and stays within the picture', () => {
  const random = randomFrom(1);
  for (let round = 0; round < 60; round += 1) {
    const heights = [120 + 60 * random(), 240 + 60 * random()]; // two curves with room above and below
    const curves = heights.flatMap((height) => alongCurve(
      Array.from({ length: 9 }, (_, i) => ({ x: 100 * i, y: height + 20 * random() }))));
    const point = curves[Math.floor(random() * curves.length)];
    const corner = placeBeside(point, SIZE, curves, BOUNDS);
    assert.ok(corner.x >= 0 && corner.y >= 0 && corner.x + SIZE.width <= 800 && corner.y + SIZE.height <= 400);
    assert.ok(!curves.some((one) => within(one, corner)), `round ${round}`);
  }
});

test('of the free places it takes a near one; without curves the box is beside its point', () => {
  const { x, y } = placeBeside({ x: 400, y: 200 }, SIZE, [], BOUNDS);
  assert.ok(x === 412 && y <= 200 && y + SIZE.height >= 200, `${x}, ${y}`);
});

test('where all is full the box is put somewhere all the same', () => {
  const full = Array.from({ length: 400 }, (_, i) => ({ x: (i % 20) * 40, y: Math.floor(i / 20) * 20 }));
  const { x, y } = placeBeside(full[50], SIZE, full, BOUNDS);
  assert.ok(Number.isFinite(x) && Number.isFinite(y));
  assert.deepEqual(placeBeside({ x: 5, y: 5 }, SIZE, [], { left: 0, top: 0, right: 100, bottom: 50 }).y, 0); // no room at all
});

test('ticks are round and far enough apart', () => {
  for (const cell of [1, 2.5, 4, 9, 30]) {
    for (const room of [26, 84]) {
      const step = tickStep(cell, room);
      assert.ok(step * cell >= room || step === 1);
      assert.ok([1, 2, 5].includes(Number(String(step)[0])), String(step));
    }
  }
});
