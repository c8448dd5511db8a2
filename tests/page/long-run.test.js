// One long job that pauses and goes on: static/ui/long-run.js; how its time is written.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAUSED } from '../../static/lab/queued-task.js';
import { formatDuration, formatDurationAbout } from '../../static/records/format.js';
import { LongRun } from '../../static/ui/long-run.js';

test('a run that pauses counts the seconds of its work alone', async () => {
  const run = new LongRun();
  assert.deepEqual([run.idle, run.running, run.seconds], [true, false, 0]);
  const signal = run.begin(false);
  assert.equal(run.hasProgress, false);
  run.noteProgress();
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  run.pause();
  assert.equal(signal.reason, PAUSED);
  run.paused = true;
  run.end();
  const { seconds } = run;
  assert.ok(seconds > 0.01 && !run.idle && !run.running);
  run.begin(true);
  assert.deepEqual([run.paused, run.hasProgress, run.seconds], [false, false, seconds]);
  run.stop();
  run.end();
  run.begin(false);
  assert.equal(run.seconds, 0);
});

test('durations are exact for what is over and round for what is to come', () => {
  assert.deepEqual([0.2, 59, 61, 3700].map(formatDuration), ['1 s', '59 s', '1 min 1 s', '1 h 1 min']);
  assert.deepEqual([0.2, 7.4, 43, 62, 301, 4000].map(formatDurationAbout), ['1 s', '7 s', '45 s', '1 min', '5 min', '1 h 10 min']);
});
