// Values as Python writes them: static/files/python-text.js. Programs are run in tests/parity/test_exported_code.py.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { toPython } from '../../static/files/python-text.js';

const VALUES = [
  true, false, null, 0, -1.5, 1e-7, 1e21, 4294967295, '', 'it’s "so"\\\n\t\u2028 \ud83e\udd9d', [], {},
  { a: [36, 60], b: { c: [true, null], d: 'x'.repeat(300) }, e: Array.from({ length: 60 }, (_, i) => i / 7) },
];

test('Python reads every value as it was', () => {
  const python = process.env.PYTHON ?? fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));
  const lines = `import json\nprint(json.dumps(${toPython(VALUES)}))`;
  assert.deepEqual(JSON.parse(execFileSync(python, ['-c', lines], { encoding: 'utf8' })), VALUES);
  assert.ok(toPython(VALUES[12]).split('\n').every((line) => line.length <= 100 || line.includes('xxx')));
});

test('a setting that is no number gets a sentence', () => {
  assert.throws(() => toPython({ steps: 1, dataset: { padding: [1, NaN] } }), { message: 'padding must be a number: correct it first.' });
});
