// How many workers a device gets: static/lab/pool.js.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poolSize } from '../../static/lab/pool.js';

test('the pool suits the device', () => {
  const cases = [
    [{ hardwareConcurrency: 8, deviceMemory: 8 }, 8],
    [{ hardwareConcurrency: 8, deviceMemory: 1 }, 2],
    [{ hardwareConcurrency: 8, deviceMemory: 0.25 }, 1],
    [{ hardwareConcurrency: 4 }, 4],
    [{ hardwareConcurrency: 8, userAgent: '… Android … Mobile …' }, 1],
  ];
  for (const [device, size] of cases) assert.equal(poolSize(device), size, JSON.stringify(device));
});
