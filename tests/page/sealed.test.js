// What the browser keeps: it comes back as it was, or not at all. And arguments that are nested too deeply.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import './environment.js';

const { openArm, openLevel, seal } = await import('../../static/lab/sealed.js');
const { refuseDeep } = await import('../../static/lab/nesting.js');

const record = (arm, level) => ({
  arm, trial: 0, level, step: 30, sparsity: level ? 0.4 : 0, test_acc: 51.5, test_loss: level ? NaN : 1.2, p2: 0.25,
});
const levels = [
  { level: 0, records: ['lottery', 'random', 'dense'].map((arm) => record(arm, 0)), next_mask: new Uint8Array([3, 255, 0]) },
  { level: 1, records: ['lottery', 'random'].map((arm) => record(arm, 1)), next_mask: undefined },
];

test('a level comes back as it was kept', () => {
  for (const one of levels) assert.deepEqual(openLevel(structuredClone(seal(one)), one.level), one);
});

test('a level of an older release, without a sum, comes back', () => {
  for (const one of levels) assert.deepEqual(openLevel(structuredClone(one), one.level), one);
});

const CHANGES = {
  accuracy: (one) => { one.records[0].test_acc = 50; },
  'an accuracy that none is': (one) => { one.records[0].test_acc = 1e9; },
  'a bit of the mask': (one) => { one.next_mask[1] = 254; },
  'no mask': (one) => { delete one.next_mask; },
  zeros: (one) => { one.next_mask.fill(0); },
  'a short mask': (one) => { one.next_mask = one.next_mask.slice(1); },
  'a level': (one) => { one.level = 3; },
  'a record less': (one) => { one.records.pop(); },
  'no records': (one) => { one.records = []; },
  'a record that is null': (one) => { one.records = [null]; },
  text: (one) => { one.records = 'abc'; },
  'a sum': (one) => { one.sum = '00000000'; },
  'a locality': (one) => { one.records[1].p2 = 0.5; },
};
for (const [name, change] of Object.entries(CHANGES)) {
  test(`a changed level is refused: ${name}`, () => {
    const kept = structuredClone(seal(levels[0]));
    change(kept);
    assert.equal(openLevel(kept, 0), undefined);
  });
}

for (const value of [undefined, null, 5, 'abc', [], {}, { level: 0 }, { level: 0, records: [null, null, null] }]) {
  test(`what is no level is refused: ${JSON.stringify(value)}`, () => assert.equal(openLevel(value, 0), undefined));
}

test('an arm comes back as it was kept, and changed not at all', () => {
  const records = [record('lottery', 1), record('lottery', 1)];
  assert.deepEqual(openArm(structuredClone(seal({ records }))), records);
  assert.deepEqual(openArm(records), records); // as an older release kept it
  const changed = seal({ records: structuredClone(records) });
  changed.records[0].test_acc = 12;
  assert.equal(openArm(changed), undefined);
  for (const value of [undefined, null, [], [null], 'abc', {}, { records: 3, sum: '' }]) assert.equal(openArm(value), undefined);
});

test('arguments that are nested too deeply are refused at once, whatever refers to what', () => {
  let deep = [];
  for (let i = 0; i < 100_000; i += 1) deep = [deep];
  assert.throws(() => refuseDeep({ seed: deep }), { name: 'ValueError', message: /nested at most 32 deep/ });
  const ring = {};
  Object.assign(ring, { a: ring, b: [ring, ring] });
  assert.throws(() => refuseDeep(ring), { field: 'args' });
  refuseDeep({ lottery: { dataset: { padding: [1, 2] } }, mask: new Uint8Array(1e6), x: Array(1e5).fill(0) });
});
