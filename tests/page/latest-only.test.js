// Latest request wins, and the first failure ends the rest: static/ui/latest-only.js, static/lab/first-failure.js.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untilFirstFailure } from '../../static/lab/first-failure.js';
import { latestOnly } from '../../static/ui/latest-only.js';

/** A promise with its ends outside. */
const deferred = () => Promise.withResolvers?.() ?? (() => {
  const ends = {};
  ends.promise = new Promise((resolve, reject) => Object.assign(ends, { resolve, reject }));
  return ends;
})();

test('requests that come while one is at work are done as one, after it', async () => {
  const began = [];
  const ends = [deferred(), deferred()];
  const latest = latestOnly(async () => { await ends[began.push(began.length) - 1].promise; });
  const first = latest.request();
  latest.request();
  const third = latest.request();
  assert.equal(latest.pending, true);
  assert.deepEqual(began, [0]);
  ends[0].resolve();
  ends[1].resolve();
  await Promise.all([first, third]);
  assert.deepEqual(began, [0, 1]);
  assert.equal(latest.busy, false);
});

test('what is requested before the settings are read is done with them', async () => {
  let count = 0;
  const gate = deferred();
  const latest = latestOnly(async (read) => {
    count += 1;
    await gate.promise;
    read();
  });
  const done = latest.request();
  latest.request(); // before `read`
  gate.resolve();
  await done;
  assert.equal(count, 1);
});

test('after a request that failed the next one is done', async () => {
  let count = 0;
  const latest = latestOnly(async () => {
    count += 1;
    if (count === 1) throw new Error('once');
  });
  await assert.rejects(latest.request(), /once/);
  await latest.request();
  assert.equal(count, 2);
});

test('the first failure is told to the others, and rejects when all have ended', async () => {
  const [slow, ended] = [deferred(), []];
  const all = untilFirstFailure(['fails', 'goes on', 'gives up'], async (name, failed) => {
    if (name === 'fails') throw new Error('the first');
    if (name === 'goes on') await slow.promise;
    else await new Promise((_, reject) => { failed.addEventListener('abort', () => reject(failed.reason)); });
    ended.push(name);
  });
  let settled = false;
  all.catch(() => { settled = true; });
  await new Promise((resolve) => { setImmediate(resolve); });
  assert.equal(settled, false); // one is still at work
  slow.resolve();
  await assert.rejects(all, /the first/);
  assert.deepEqual(ended, ['goes on']);
});

test('without a failure nobody is told of one', async () => {
  const signals = [];
  await untilFirstFailure([1, 2], async (_, failed) => { signals.push(failed.aborted); });
  assert.deepEqual(signals, [false, false]);
});
