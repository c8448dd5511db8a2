// A drawing's strokes, undo and cursor, and what the mask figure has chosen, without a page:
// static/lottery/mask-drawing.js and mask-selection.js.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DrawingTarget, MaskDrawing } from '../../static/lottery/mask-drawing.js';
import { MaskSelection } from '../../static/lottery/mask-selection.js';
import { pack } from '../../static/lottery/masks.js';

const [HIDDEN, INPUTS] = [3, 4];
const FOUND = Uint8Array.from([1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1]);
const spec = { hidden: HIDDEN, levels: 2, seed: 5, dataset: { final_seq_length: INPUTS } };
const records = [0, 1, 2].flatMap((level) =>
  ['lottery', 'dense'].map((arm) => ({ arm, level, trial: 0, sparsity: level ? 0.4 + 0.25 * level : 0 })));

/** A search with masks of trial 1 at the levels that are given. */
const search = (levels = [1, 2], more = {}) => ({
  spec, records, parts: [{ args: { seed: 5 } }, { args: { seed: 6 } }], complete: true, shipped: false,
  mask: (trial, level) => (trial === 1 && levels.includes(level) ? pack(FOUND) : null), ...more,
});

function drawing() {
  const made = new MaskDrawing();
  made.take(new DrawingTarget(search(), 1, 2));
  return made;
}

test('a drawing starts from the ticket, and the target knows what the search kept', () => {
  const { mask, target } = drawing();
  assert.deepEqual(mask, FOUND);
  assert.equal(target.kept, 5);
  assert.deepEqual(target.trialArgs, { seed: 6 });
});

test('a wide brush paints what is inside, and undo takes back the whole stroke', () => {
  const one = drawing();
  one.brush = 3;
  one.remember();
  one.paint({ unit: 0, input: 0 }, 1);
  one.paint({ unit: 2, input: 3 }, 0);
  one.keep();
  assert.deepEqual([...one.mask], [1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0]);
  one.undo();
  assert.deepEqual(one.mask, FOUND);
  one.undo(); // nothing before
  assert.deepEqual(one.mask, FOUND);
});

test('the cursor stays inside, and the space key draws or erases there', () => {
  const one = drawing();
  one.moveCursor(-1, -1);
  assert.deepEqual(one.cursor, { unit: 0, input: 0 });
  one.moveCursor(9, 9);
  assert.deepEqual(one.cursor, { unit: HIDDEN - 1, input: INPUTS - 1 });
  assert.equal(one.atCursor, 1);
  one.toggle();
  assert.equal(one.atCursor, 0);
  one.toggle();
  assert.equal(one.atCursor, 1);
});

test('a drawing goes on over tickets of its size, and not over others', () => {
  const one = drawing();
  one.replace(new Uint8Array(HIDDEN * INPUTS));
  one.take(new DrawingTarget(search(), 1, 1));
  assert.equal(one.mask.reduce((sum, kept) => sum + kept, 0), 0);
  const wider = search([1, 2], { spec: { ...spec, hidden: 2 } });
  one.take(new DrawingTarget(wider, 1, 1));
  assert.equal(one.mask.length, 2 * INPUTS);
});

test('the mask figure opens at the trial that has masks and at the level nearest the target sparsity', () => {
  const selection = new MaskSelection();
  assert.equal(selection.take(search([])), null);
  assert.deepEqual(selection.take(search()), { changed: true });
  assert.deepEqual([selection.trial, selection.level, selection.levels], [1, 2, [0, 1, 2]]);
  assert.deepEqual(selection.maskOf('lottery'), FOUND);
  assert.equal(selection.maskOf('random'), undefined); // Python has yet to make it
});

test('what Python answers is known for its level, until the search is another', () => {
  const selection = new MaskSelection();
  selection.take(search());
  const { key, packed } = selection.question;
  assert.deepEqual(packed, pack(FOUND));
  const weights = Float32Array.from({ length: HIDDEN * INPUTS }, (_, i) => i);
  selection.answer(key, { random: FOUND, weights });
  assert.equal(selection.question, null);
  assert.deepEqual(selection.maskOf('random'), FOUND);
  assert.deepEqual(selection.initialWeights(1), [4, 5, 6, 7]);
  selection.chooseLevel(1);
  assert.notEqual(selection.question, null);
  assert.deepEqual(selection.take(search([1])), { changed: false }); // the same search has grown or not
  assert.equal(selection.level, 1); // as the visitor chose
  assert.deepEqual(selection.take(search([1, 2], { shipped: true })), { changed: true });
  assert.deepEqual([selection.level, selection.answered], [2, false]);
});

test('the chosen unit is the ticket’s first until one is picked', () => {
  const selection = new MaskSelection();
  selection.take(search());
  assert.deepEqual(selection.unit, { arm: 'lottery', unit: 0 });
  selection.pick('lottery', 2);
  assert.deepEqual(selection.unit, { arm: 'lottery', unit: 2 });
  selection.pick('random', 1); // not known yet
  assert.deepEqual(selection.unit, { arm: 'lottery', unit: 0 });
});
