// Values as Python writes them: static/files/python-text.js. Programs are run in tests/parity/test_exported_code.py.
import { pythonReads } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toPython } from '../../static/files/python-text.js';

const VALUES = [
  true, false, null, 0, -1.5, 1e-7, 1e21, 4294967295, '', 'it’s "so"\\\n\t\u2028 \ud83e\udd9d', [], {},
  { a: [36, 60], b: { c: [true, null], d: 'x'.repeat(300) }, e: Array.from({ length: 60 }, (_, i) => i / 7) },
];

test('Python reads every value as it was', () => {
  assert.deepEqual(pythonReads(toPython(VALUES)), VALUES);
  assert.ok(toPython(VALUES[12]).split('\n').every((line) => line.length <= 100 || line.includes('xxx')));
});

test('a setting that is no number gets a sentence', () => {
  assert.throws(() => toPython({ steps: 1, dataset: { padding: [1, NaN] } }), { message: 'padding must be a number: correct it first.' });
});
