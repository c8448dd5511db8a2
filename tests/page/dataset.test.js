// The dataset figures' state: static/dataset/template-edits.js, stages.js.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFault } from '../../static/dataset/drawn-templates.js';
import { readTemplates, writeTemplates } from '../../static/settings/templates-text.js';
import { LAST, StageWalk, curveBetween } from '../../static/dataset/stages.js';
import { TEMPLATES } from '../../static/from-python.js';
import { TemplateEdits } from '../../static/dataset/template-edits.js';
import { Settings } from '../../static/settings/settings.js';
import { SETTINGS } from '../../static/settings/table.js';

const setting = (name) => SETTINGS.find((one) => one.group === 'dataset' && one.name === name);
const points = (value) => Array(12).fill(value);

test('templates are read as they are written, and refused as Python refuses them', () => {
  const text = `2:${points(0.5)};7:${points(-10)}`;
  assert.equal(writeTemplates(readTemplates(text)), text);
  for (const wrong of ['x', '2:1,2', `2:${points(11)}`, `2:${points(1)};2:${points(2)}`, ';']) {
    assert.equal(readTemplates(wrong), null, wrong);
  }
  assert.ok(describeFault('y'.repeat(99)).endsWith(`“${'y'.repeat(40)}…”`));
});

test('a step is undone as one, whatever it moved; a change from elsewhere is undone too', () => {
  const settings = new Settings('');
  const edits = new TemplateEdits(settings);
  let changes = 0;
  edits.addEventListener('change', () => { changes += 1; });
  edits.digit = 3;
  edits.begin();
  edits.move(0, 0.25);
  edits.move(0, 0.5);
  assert.deepEqual(edits.pointsOf(3), [0.5, ...TEMPLATES[3].slice(1)]);
  assert.deepEqual([...edits.drawn.keys()], [3]);
  settings.set(setting('templates'), `4:${points(1)}`);
  assert.deepEqual([...edits.drawn.keys()], [4]);
  edits.undo();
  assert.equal(edits.pointsOf(3)[0], 0.5);
  edits.undo();
  assert.equal(edits.text, '');
  assert.equal(edits.canUndo, false);
  edits.undo();
  assert.equal(changes, 5);
  edits.setPoints(points(2));
  edits.resetDigit();
  assert.equal(edits.text, '');
});

const STAGES = [
  { name: 'template', x: [0, 1, 2], by: 0 },
  { name: 'pad', x: [0, 1, 2, 0, 0], by: 0 },
  { name: 'translate', x: [2, 0, 0, 1, 0], by: 2 },
  { name: 'resample', x: [2, 0, 1], by: 0 },
];

test('a curve between two stages starts as the first and ends as the second', () => {
  for (let stage = 0; stage < STAGES.length; stage += 1) {
    assert.deepEqual(curveBetween(STAGES, stage).values, STAGES[stage].x);
  }
  assert.deepEqual(curveBetween(STAGES, 1.5).values, [0, 0, 1, 2, 0]); // half of the way round
  const half = curveBetween(STAGES, 2.5);
  assert.equal(half.values.length, 5);
  assert.deepEqual(half.values, [2, 0.5, 0, 0.75, 0.5]);
});

test('on the way to a stage it is that stage whose code is shown; the example stays in the dataset', () => {
  const walk = new StageWalk();
  assert.equal(walk.index, LAST);
  walk.stages = STAGES;
  walk.position = 1.02;
  assert.equal(walk.stage.name, 'translate');
  walk.example = 50;
  assert.equal(walk.limitExample(100), 9);
  assert.equal(walk.example, 9);
  assert.equal(walk.limitExample(NaN), 0);
});
