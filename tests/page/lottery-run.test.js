// The bookkeeping of the visitor's run, without a page: static/lab/lottery-run.js.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LotteryRun } from '../../static/lab/lottery-run.js';
import { PAUSED } from '../../static/lab/queued-task.js';

const EVENTS = ['start', 'begin', 'progress', 'level', 'complete', 'interrupted', 'settled'];
const rows = (levels) => Array.from({ length: levels }, (_, level) => ({ arm: 'lottery', level, trial: 0 }));
const progress = (levels) => ({ records: rows(levels), current: [{ arm: 'lottery' }], fraction: levels / 3 });

/** A lab that plays what a run reports, and notes what is kept. */
function rig(play) {
  const kept = { begun: [], saved: [], ended: [] };
  const lab = {
    kept: {
      begin: (args) => kept.begun.push(args),
      saveProgress: (args, done) => kept.saved.push(done),
      end: async (args) => { kept.ended.push(args); },
    },
    run: (job, args, options) => play(args, options),
  };
  const run = new LotteryRun(lab);
  const events = [];
  for (const type of EVENTS) run.addEventListener(type, ({ detail }) => events.push(detail === null ? type : `${type} ${detail}`));
  return { run, kept, events };
}

const start = (run, args, signal = new AbortController().signal) => run.run(() => args, { signal, onProgress: () => {} });

test('a run tells of itself in order, and its bookmark goes when it ends', async () => {
  const { run, kept, events } = rig(async (args, { onProgress }) => {
    onProgress(progress(1));
    onProgress(progress(1));
    onProgress(progress(2));
    return { spec: args, records: rows(3) };
  });
  await start(run, { seed: 1 });
  assert.deepEqual(events, [
    'start', 'begin', 'progress', 'level', 'progress', 'progress', 'level', 'complete', 'settled',
  ]);
  assert.deepEqual(kept, { begun: [{ seed: 1 }], saved: [1, 2], ended: [{ seed: 1 }] });
  assert.equal(run.levels, 3);
  assert.equal(run.busy, false);
  assert.deepEqual(run.current, []);
});

test('a pause keeps the arguments, and the run goes on with them', async () => {
  const asked = [];
  const { run, kept, events } = rig(async (args, { onProgress, signal }) => {
    asked.push(args);
    onProgress(progress(asked.length));
    signal.throwIfAborted();
    return { spec: args, records: rows(3) };
  });
  const controller = new AbortController();
  controller.abort(PAUSED);
  // Bridge rejects with AbortError whatever the signal's reason is.
  const real = run.lab.run;
  run.lab.run = (...all) => real(...all).catch(() => { throw new DOMException('stopped', 'AbortError'); });
  await assert.rejects(start(run, { seed: 1 }, controller.signal), { name: 'AbortError' });
  assert.ok(events.includes('interrupted true'));
  assert.equal(run.busy, true);
  assert.deepEqual(kept.ended, []);
  await start(run, { seed: 2 }); // settings that changed meanwhile are of the next run
  assert.deepEqual(asked, [{ seed: 1 }, { seed: 1 }]);
  assert.deepEqual(kept.ended, [{ seed: 1 }]);
});

test('a run that was stopped is not offered again; one that failed is', async () => {
  for (const [name, ended] of [['AbortError', 1], ['Error', 0]]) {
    const { run, kept } = rig(async (args, { onProgress }) => {
      onProgress(progress(1));
      throw Object.assign(new Error('gone'), { name });
    });
    await assert.rejects(start(run, {}), { name });
    assert.equal(kept.ended.length, ended, name);
    assert.equal(run.busy, false);
    assert.equal(run.levels, 1); // what was found stays
  }
});

test('before its first progress a run leaves what the one before has found', async () => {
  let fail = false;
  const { run, events } = rig(async (args) => {
    if (fail) throw new DOMException('stopped', 'AbortError');
    return { spec: args, records: rows(3) };
  });
  await start(run, {});
  fail = true;
  events.length = 0;
  await assert.rejects(start(run, {}), { name: 'AbortError' });
  assert.deepEqual(events, ['start', 'settled']); // nothing was interrupted: nothing had begun
  assert.equal(run.levels, 3);
  assert.equal(run.begun, false);
});
