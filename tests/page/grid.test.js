// The grid of width and sparsity without a page: static/lottery/grid-cells.js and grid-run.js.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CELLS } from '../../static/from-python.js';
import { LINES, WIDTHS, cellAt, cellText, holdsSentence, sideOf, spanText, widthsText } from '../../static/lottery/grid-cells.js';
import { GridRun } from '../../static/lottery/grid-run.js';

const CELL = { hidden: 100, sparsity: 0.6, survivors: 0 };
const ARMS = [['dense', 'fresh'], ['lottery', 'fresh'], ['permuted', 'reinitialized']];
const plain = (text) => text.replaceAll('\u00a0', ' ');

test('every cell is in its place, sparsities before survivors', () => {
  assert.deepEqual(LINES, ['0.6', '0.8', '0.9', '0.95', '0.98', '5000', '20000', '27000']);
  const found = WIDTHS.flatMap((hidden) => LINES.map((line) => cellAt(hidden, line))).filter(Boolean);
  assert.equal(found.length, CELLS.length);
  assert.equal(cellAt(100, '20000'), undefined); // it has fewer weights
  assert.equal(plain(cellText(cellAt(300, '0.95'))), '300 hidden units, 95 % deleted');
  assert.equal(plain(cellText(cellAt(200, '5000'))), '200 hidden units, 5,000 survivors, 90.1 % deleted');
});

test('a mean is written with its interval, and the side of zero that it is on', () => {
  const rows = [{ mean: 1, low: 0.2, high: 1.8 }, { mean: -1, low: -2, high: 0.1 }, { mean: -1, low: -2, high: -0.1 }, { mean: 3, low: null, high: null }];
  assert.deepEqual(rows.map(sideOf), ['above', 'open', 'below', 'open']);
  assert.deepEqual([rows[0], rows[3], { mean: 3 }].map(spanText), ['+1.0 [+0.2, +1.8]', '+3.0', '+3.0']);
});

test('where a claim holds is said for each way in which it can', () => {
  const of = [100, 200, 300];
  const said = [
    [{ hidden: 100, widths: of, of }, 'at every width, 100 to 300 hidden units'],
    [{ hidden: 200, widths: [200, 300], of }, 'from 200 hidden units on'],
    [{ hidden: 300, widths: [300], of }, 'only at 300 hidden units'],
    [{ hidden: 300, widths: [100, 300], of }, 'only at 100 and 300 hidden units'],
    [{ hidden: 300, widths: [100, 300, 500], of: [100, 200, 300, 500] }, 'from 300 hidden units on (and at 100)'],
    [{ hidden: null, widths: [100, 200], of }, 'only at 100 and 200 hidden units'],
    [{ hidden: null, widths: [], of }, 'at no width from 100 to 300 hidden units'],
    [{ hidden: 100, widths: [100], of: [100] }, 'at 100 hidden units'],
    [{ hidden: undefined, widths: [], of: [100] }, 'not at 100 hidden units'],
  ];
  for (const [holds, text] of said) assert.equal(widthsText(holds), text);
});

test('the sentence names the sparsity or the survivors, and each claim that is known there', () => {
  const of = [100, 300];
  const holds = [
    { comparison: 'places', sparsity: 0.9, survivors: 0, hidden: null, widths: [], of },
    { comparison: 'fresh', sparsity: 0.9, survivors: 0, hidden: 100, widths: of, of },
    { comparison: 'fresh', sparsity: null, survivors: 5000, hidden: 300, widths: [300], of },
  ];
  assert.equal(plain(holdsSentence(holds, '0.9')), 'At 90 % sparsity a ticket beats the dense network on fresh data at every ' +
    'width, 100 to 300 hidden units; its places beat permuted ones at no width from 100 to 300 hidden units');
  assert.equal(holdsSentence(holds, '5000'), 'With 5,000 survivors a ticket beats the dense network on fresh data only at 300 hidden units');
  assert.equal(holdsSentence(holds, '0.8'), '');
});

/** A lab whose trainings end at once, as `play` lets them; it notes what it was asked for. */
function rig(play = () => {}) {
  const asked = [];
  const kept = new Map();
  const jobs = {
    plan_cell: ({ trials, seed, ...cell }) => ({
      cell, level: 2, lottery: { seed, trials },
      parts: Array.from({ length: trials }, (_, trial) => ARMS.map(([arm, condition]) => ({
        name: `${arm === 'dense' ? cell.hidden : Object.values(cell)} ${arm} ${condition} ${seed + trial}`,
        args: { arm, condition, steps: 50 }, arm, condition, trial, seconds: 2,
      }))).flat(),
    }),
    lottery: ({ trials }, { onProgress }) => {
      onProgress({ done: 5, total: 10, fraction: 0.5, left: 4 });
      return { masks: Array.from({ length: trials }, (_, trial) => [null, null, `ticket ${trial}`]) };
    },
    arm: ({ arm, condition }) => {
      const at = (step, test_acc) => ({ arm, condition, step, test_acc, trial: 0, fresh_seed: 1, sparsity: 0.61, level: 2 });
      return { records: [at(0, 10), at(50, arm === 'dense' ? 60 : 65)] };
    },
    judge_cells: ({ records }) => ({ rows: [{ n: records.length }], holds: [] }),
  };
  const lab = {
    kept: { loadArm: async (name) => kept.get(name), saveArm: async (name, rows) => { kept.set(name, rows); } },
    estimate: async () => ({ seconds: 6, workers: 1 }),
    async run(job, args, options) {
      asked.push({ job, args });
      await play(job, args, asked);
      return jobs[job](args, options);
    },
  };
  return { grid: new GridRun(lab), asked, count: (job) => asked.filter((one) => one.job === job).length };
}

const signal = new AbortController().signal;

test('a cell is planned, its tickets are found, each training gets the ticket of its trial', async () => {
  const { grid, asked, count } = rig();
  const told = [];
  await grid.run(CELL, { trials: 2, seed: 7 }, { signal, onProgress: (now) => told.push(now) });
  const arms = asked.filter(({ job }) => job === 'arm').map(({ args }) => args);
  assert.deepEqual(arms.map(({ mask }) => mask), [undefined, 'ticket 0', 'ticket 0', undefined, 'ticket 1', 'ticket 1']);
  assert.deepEqual(told[0], { done: 3, total: 18, left: 16 }); // of the search, and 12 seconds of trainings
  assert.deepEqual(told.at(-1), { done: 18, total: 18 });
  assert.equal(count('lottery'), 1);
  const [dense, ticket] = grid.records;
  assert.deepEqual(dense, { hidden: 100, sparsity: 0, survivors: 0, arm: 'dense', condition: 'fresh', trial: 7, fresh_seed: 1, test_acc: 60 });
  assert.deepEqual(ticket, { ...CELL, arm: 'lottery', condition: 'fresh', trial: 7, fresh_seed: 1, test_acc: 65 });
  assert.deepEqual(grid.rows, [{ n: 6 }]);
});

test('other trials and other cells add to what is there; what is kept does not run again', async () => {
  const { grid, count } = rig();
  const run = (cell, trials, seed) => grid.run(cell, { trials, seed }, { signal, onProgress() {} });
  await run(CELL, 2, 7);
  await run(CELL, 3, 7);
  assert.equal(count('arm'), 9);
  await run(CELL, 1, 20);
  assert.equal(grid.records.length, 12);
  await run({ ...CELL, sparsity: 0.8 }, 1, 20); // its dense network is there
  assert.equal(count('arm'), 14);
  assert.deepEqual(grid.rows, [{ n: 14 }]);
});

test('what is finished when a run stops stays, and is judged', async () => {
  const { grid, count } = rig((job, args, asked) => {
    if (job === 'arm' && asked.filter((one) => one.job === 'arm').length === 3) throw new DOMException('stopped', 'AbortError');
  });
  let changes = 0;
  grid.addEventListener('change', () => { changes += 1; });
  const run = () => grid.run(CELL, { trials: 1, seed: 0 }, { signal, onProgress() {} });
  await assert.rejects(run(), { name: 'AbortError' });
  assert.deepEqual(grid.rows, [{ n: 2 }]);
  assert.ok(changes > 0);
  await run();
  assert.equal(count('arm'), 4);
  assert.deepEqual(grid.rows, [{ n: 3 }]);
});
