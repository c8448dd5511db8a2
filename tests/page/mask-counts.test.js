// How many weights and biases masks keep: static/lottery/mask-counts.js, and what mask-selection.js knows.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countsTable, differenceSentence, firstLayerText, sizesOf } from '../../static/lottery/mask-counts.js';
import { MaskSelection } from '../../static/lottery/mask-selection.js';

const SPEC = { hidden: 500, levels: 1, scope: 'layer', prune_biases: true, dataset: { final_seq_length: 40 } };
const COUNTS = {
  'linear1.weight': 716, 'linear1.bias': 310, 'linear2.weight': 20000, 'linear2.bias': 40, 'linear3.weight': 400, 'linear3.bias': 9,
};
const WEIGHTS = Object.fromEntries(Object.entries(COUNTS).filter(([name]) => name.endsWith('weight')));

test('weights and biases of the first layer are told', () => {
  assert.equal(firstLayerText(SPEC, 716, COUNTS), '716 of 20,000 weights, 310 of 500 biases');
  assert.equal(firstLayerText(SPEC, 716, null), '716 of 20,000 weights');
  assert.equal(firstLayerText({ ...SPEC, prune_biases: false }, 716, WEIGHTS), '716 of 20,000 weights, all 500 biases');
});

test('masks counted together are told apart, and equal ones are not', () => {
  const random = { ...COUNTS, 'linear1.weight': 1797, 'linear1.bias': 20 };
  assert.equal(differenceSentence(SPEC, COUNTS, random), 'Counted together, as published: the random mask has 1,797 ' +
    'weights where the ticket has 716. Only the number of all weights and biases in a layer is the same.');
  assert.match(differenceSentence({ ...SPEC, scope: 'global', prune_biases: false }, COUNTS, random),
    /Only the number of all weights in the whole network is the same\.$/);
  assert.equal(differenceSentence(SPEC, COUNTS, { ...COUNTS }), '');
  assert.equal(differenceSentence(SPEC, COUNTS, null), '');
});

test('the table has all layers, and biases if they are pruned', () => {
  const { head, rows } = countsTable(SPEC, [{ name: 'lottery', counts: COUNTS }]);
  assert.deepEqual(head, ['layer', 'kind', 'of', 'lottery']);
  assert.deepEqual(rows[1], ['1', 'biases', '500', '310']);
  assert.deepEqual(rows.map((cells) => cells[2]), ['20000', '500', '250000', '500', '5000', '10']);
  assert.equal(countsTable({ ...SPEC, prune_biases: false }, [{ name: 'lottery', counts: WEIGHTS }]).rows.length, 3);
  assert.deepEqual(countsTable(SPEC, []).rows, []);
});

test('counts are known once Python has answered, if it was given all layers', () => {
  const whole = Math.ceil(Object.values(sizesOf(SPEC)).reduce((sum, size) => sum + size, 0) / 8);
  for (const [bytes, expected] of [[whole, COUNTS], [2500, null]]) { // 2500: the first layer's weights
    const selection = new MaskSelection();
    selection.take({
      spec: SPEC, parts: [{}], shipped: true, mask: () => new Uint8Array(bytes),
      records: [{ arm: 'dense', level: 0, sparsity: 0 }, { arm: 'lottery', level: 1, sparsity: 0.9 }],
    });
    assert.equal(selection.countsOf('lottery'), null);
    selection.answer(selection.question.key, { survivors: { lottery: COUNTS, random: COUNTS, permuted: COUNTS } });
    assert.equal(selection.countsOf('lottery'), expected);
    selection.chooseLevel(0);
    assert.deepEqual(selection.countsOf('random'), sizesOf(SPEC));
  }
});

test('the first trial is shown, whichever has a mask first, until somebody chooses one', () => {
  const [selection, chosen] = [new MaskSelection(), new MaskSelection()];
  const at = (trials) => ({
    spec: { ...SPEC, levels: 1 }, parts: [{}, {}], shipped: false,
    mask: (trial, level) => (level === 1 && trials.includes(trial) ? new Uint8Array(2500) : null),
    records: [{ arm: 'dense', level: 0, sparsity: 0 }, { arm: 'lottery', level: 1, sparsity: 0.9 }],
  });
  for (const one of [selection, chosen]) one.take(at([1]));
  assert.deepEqual([selection.trial, selection.level], [1, 1]);
  chosen.chooseTrial(1);
  for (const one of [selection, chosen]) one.take(at([0, 1]));
  assert.deepEqual([selection.trial, chosen.trial], [0, 1]);
});

test('a network of another depth has so many layers more or fewer', () => {
  assert.deepEqual(sizesOf({ ...SPEC, hidden: 3, depth: 1 }), {
    'linear1.weight': 120, 'linear1.bias': 3, 'linear2.weight': 30, 'linear2.bias': 10,
  });
  const deep = sizesOf({ ...SPEC, hidden: 3, depth: 4 });
  assert.deepEqual([Object.keys(deep).length, deep['linear4.weight'], deep['linear5.weight']], [10, 9, 30]);
  assert.deepEqual(sizesOf({ ...SPEC, depth: 2 }), sizesOf(SPEC));
});
