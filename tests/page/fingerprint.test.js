// A result in one line: static/lottery/fingerprint.js, and the hashes in it: static/records/hash.js.
import { fileText } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shippedResult } from '../../static/lottery/current-search.js';
import { compare, differences, expectation, fingerprint, read, write } from '../../static/lottery/fingerprint.js';
import { canonical, shortHash, specHash } from '../../static/records/hash.js';

const { spec, records } = shippedResult(JSON.parse(fileText('static/results/quick.json')));
const print = fingerprint(spec, records);
const copy = () => structuredClone(print);

test('FNV-1a gives the values of its definition', () => {
  // Noll's test vectors for 32 bits
  assert.equal(shortHash(''), '811c9dc5');
  assert.equal(shortHash('a'), 'e40c292c');
  assert.equal(shortHash('foobar'), 'bf9cf968');
});

test('equal values have equal text and an unused young field counts for nothing', () => {
  assert.equal(canonical({ b: [1, { d: NaN, c: null }], a: 'x' }), '{"a":"x","b":[1,{"c":null,"d":"NaN"}]}');
  assert.equal(specHash({ dataset: { seed: 1, templates: '' } }), specHash({ dataset: { seed: 1 } }));
  assert.notEqual(specHash({ dataset: { seed: 1, templates: '3:1' } }), specHash({ dataset: { seed: 1 } }));
});

test('a result is read back as it was written', () => {
  const back = read(write(print));
  assert.deepEqual({ ...back, shown: { ...back.shown, sparsity: 0 } }, { ...print, shown: { ...print.shown, sparsity: 0 } });
  assert.ok(Math.abs(back.shown.sparsity - print.shown.sparsity) <= 0.0005);
  assert.equal(write(back), write(print));
  assert.match(write(print), /^[\w.-]+$/);
});

test('the order of the records does not matter', () => {
  assert.deepEqual(fingerprint(spec, records.toReversed()), print);
});

test('what write did not make is not read', () => {
  const wrong = [
    '', 'x', '3-12345678-12345678-3-5.901-lottery.1', '1-12345678-12345678-3-5.901-lottery.01',
    '1-12345678-12345678-3-5.901-lottery.1-lottery.2', '<img src=x onerror=alert(1)>', '9'.repeat(5000),
  ];
  for (const text of wrong) assert.equal(read(text), null, text);
  assert.equal(read('1-12345678-12345678-3-5.901-lottery.1')?.version, 1); // of an earlier release
  assert.equal(read('2-12345678-12345678-3-5.901-lottery.1')?.version, 2);
});

test('an equal result is reproduced', () => {
  const { verdict, text } = compare(print, copy());
  assert.equal(verdict, 'reproduced');
  assert.match(text, /^Reproduced: all \d+ means, and every single result behind them/);
});

test('a mean that differs is named', () => {
  const other = copy();
  other.means.lottery[2] += 13;
  assert.deepEqual(differences(other, print).map(({ arm, level }) => [arm, level]), [['lottery', 2]]);
  const { verdict, text } = compare(other, print);
  const [was, is] = [other, print].map(({ means }) => (means.lottery[2] / 10).toFixed(1));
  assert.equal(verdict, 'differs');
  assert.ok(text.includes(`1 of the link’s`) && text.includes(`lottery at level 2: expected ${was}, got ${is}.`), text);
});

test('of many differences four are told', () => {
  const other = copy();
  other.means.random = other.means.random.map((value) => value + 1);
  const more = print.means.random.length - 4;
  assert.ok(compare(other, print).text.endsWith(`; and ${more} more.`));
});

test('equal means of other single results are told', () => {
  const other = { ...copy(), records: '0'.repeat(8) };
  assert.ok(compare(other, print).text.includes('the single results behind them are not'));
});

test('a result of other settings is not compared', () => {
  assert.equal(compare({ ...copy(), spec: '0'.repeat(8) }, print).verdict, 'other settings');
});

test('what is to be expected is said in words', () => {
  const means = { lottery: [1, 705], random: [1, 500], dense: [620] };
  const text = expectation({ spec: '', records: '', n: 2, shown: { level: 1, sparsity: 0.901 }, means });
  assert.equal(text, 'with 90.1\u00a0% of the weights deleted, lottery\u00a070.5, random\u00a050.0, ' +
    'dense\u00a062.0 (% of the test examples right, means over n\u00a0=\u00a02)');
});
