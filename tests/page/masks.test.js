// Masks of a first layer, and the level nearest the target: static/lottery/masks.js, levels.js.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nearest, sparsityAt } from '../../static/lottery/levels.js';
import {
  fieldOf, fromBase64, isWhole, ordered, pack, survivors, toBase64, together, unpack, whole,
} from '../../static/lottery/masks.js';
import { randomFrom } from './environment.js';

const random = randomFrom(1);
const bits = (count) => Uint8Array.from({ length: count }, () => Number(random() < 0.5));

test('a mask that is packed and unpacked is the same', () => {
  for (const count of [1, 7, 8, 9, 51, 4000]) {
    const mask = bits(count);
    assert.deepEqual(unpack(pack(mask), count), mask);
    assert.equal(pack(mask).length, Math.ceil(count / 8));
  }
});

test('the lowest bit comes first', () => {
  assert.deepEqual(pack(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1, 1)), Uint8Array.of(0b10000001, 1));
});

test('what comes after the packed bits stays', () => {
  const rest = pack(bits(40));
  const packed = pack(bits(11), rest);
  assert.deepEqual(unpack(packed, 40).slice(11), unpack(rest, 40).slice(11));
  assert.notEqual(packed, rest);
});

test('a mask goes through text', () => {
  const packed = Uint8Array.from({ length: 256 }, (_, i) => i);
  assert.deepEqual(fromBase64(toBase64(packed)), packed);
});

const MASK = Uint8Array.of(1, 1, 0, 1, /**/ 0, 1, 0, 1, /**/ 1, 1, 1, 0); // three units of four inputs

test('survivors, pairs and windows are counted', () => {
  assert.equal(survivors(MASK), 8);
  assert.deepEqual(fieldOf(MASK, 4, 0), { unit: 0, kept: [0, 1, 3], pairs: 1 });
  assert.deepEqual(together(MASK, 4, 2), { share: 3 / 9, units: 2 });
  assert.deepEqual(together(MASK, 4, 3), { share: 1 / 6, units: 1 });
  assert.deepEqual(together(MASK, 4, 5), { share: 0, units: 0 });
});

test('units are ordered by what they keep, equals in their own order', () => {
  assert.deepEqual(ordered(MASK, 4, 'pairs'), [2, 0, 1]);
  assert.deepEqual(ordered(MASK, 4, 'kept'), [0, 2, 1]);
  assert.deepEqual(ordered(MASK, 4, 'unit'), [0, 1, 2]);
});

test('a mask of the first layer alone is told from one of all layers', () => {
  const spec = { hidden: 1, prune_biases: false, dataset: { final_seq_length: 40 } }; // 51 weights
  assert.ok(isWhole(new Uint8Array(7), spec));
  assert.ok(!isWhole(new Uint8Array(5), spec));
  assert.ok(!isWhole(null, spec));
  assert.deepEqual(whole(Uint8Array.of(1, 2, 3), spec), Uint8Array.of(1, 2, 3, 0, 0, 0, 0));
});

test('the level nearest the target sparsity is that of the tickets', () => {
  const records = [
    { arm: 'dense', level: 0, sparsity: 0 },
    { arm: 'random', level: 1, sparsity: 0.9 },
    { arm: 'lottery', level: 1, sparsity: 0.5 },
    { arm: 'lottery', level: 2, sparsity: 0.88 },
    { arm: 'lottery', level: 3, sparsity: 0.97 },
  ];
  assert.equal(sparsityAt(records, 0), 0);
  assert.equal(sparsityAt(records, 1), 0.5);
  assert.equal(nearest(records, [1, 2, 3]), 2);
  assert.equal(nearest(records, []), 0);
});
