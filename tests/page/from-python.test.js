// What the page says of the analysis covers what Python runs: static/from-python.js.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NAMES } from '../../static/lottery/arm-differences.js';
import { CHOICES } from '../../static/lottery/figures/arms.js';
import { TITLES } from '../../static/lottery/charts/arm-curves.js';
import { SWEEPS } from '../../static/models/sweep-run.js';
import { ANALYSIS, CONDITIONS, SWEEP_VALUES } from '../../static/from-python.js';

test('every arm that is set against dense has a name', () => {
  const named = new Set(NAMES.map(([arm, condition]) => `${arm} ${condition}`));
  for (const [arm, condition] of ANALYSIS.filter(([one]) => one !== 'dense')) {
    assert.ok(named.has(`${arm} ${condition}`), `${arm}, ${condition}`);
  }
});

test('every condition has a title above its curves', () => {
  assert.deepEqual(Object.keys(TITLES).sort(), Object.keys(CONDITIONS).sort());
});

test('every swept setting has its values', () => {
  assert.deepEqual(Object.keys(SWEEPS), Object.keys(SWEEP_VALUES));
});

test('every arm and condition that may be left out has a box to tick', () => {
  const choices = CHOICES.map(([value]) => value);
  const optional = [...ANALYSIS.map(([arm]) => arm), ...ANALYSIS.map(([, condition]) => condition)]
    .filter((name) => !['dense', 'lottery', 'fresh'].includes(name));
  assert.deepEqual([...choices].sort(), [...new Set(optional)].sort());
});
