// Results files, written and read back: static/files/write-results.js, read-results.js, sort-records.js, columns.js.
import { fileText, randomFrom } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_BYTES, readFile, readText } from '../../static/files/read-results.js';
import { KINDS as LOTTERY } from '../../static/lottery/record-kinds.js';
import { KINDS as MODELS } from '../../static/models/record-kinds.js';
import { fileName, toCSV, toJSON } from '../../static/files/write-results.js';

const KINDS = [...MODELS, ...LOTTERY];
const RECORD = { arm: 'lottery', trial: 0, level: 1, step: 30, sparsity: 0.37, test_loss: 1.5, test_acc: 50.5 };
const COLUMNS = Object.keys(RECORD);
const GOOD = Object.values(RECORD).map(String);
const SPEC = { preset: 'quick', trials: 1 };

const table = (...rows) => rows.map((cells) => `${cells.join(',')}\r\n`).join('');
const json = (records, changes = {}) =>
  JSON.stringify({ format: 'mnist1d-lab records 1', spec: SPEC, records, ...changes });
const record = (changes = {}) => ({ ...RECORD, ...changes });
const withCell = (name, text) => table(COLUMNS, COLUMNS.map((column, i) => (column === name ? text : GOOD[i])));

/** @type {Record<string, [name: string, content: string | Uint8Array, sentence: string]>} */
const MANGLED = {
  'empty': ['a.json', '', 'a.json is empty.'],
  'blank': ['a.csv', ' \n\n', 'a.csv is empty.'],
  'cut off': ['a.json', json([RECORD]).slice(0, -9), 'a.json is not JSON: '],
  'a page': ['a.html', '<!doctype html>', 'a.html is not a results file: it is neither our JSON'],
  'bytes': ['a.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe), 'a.png is not text in UTF-8.'],
  'utf-16': ['a.csv', Buffer.from('\ufeffarm,trial', 'utf16le'), 'a.csv is not text in UTF-8.'],
  'a list': ['a.json', '[]', 'format must be "mnist1d-lab records 1", got [].'],
  'null': ['a.json', 'null', 'format must be "mnist1d-lab records 1", got null.'],
  'another’s': [
    'a.json', json([RECORD], { format: 'records 2' }),
    'a.json is not a results file: format must be "mnist1d-lab records 1", got "records 2".',
  ],
  'no records': ['a.json', json(null), 'a.json: records must be a list of rows, got null.'],
  'no table': [
    'a.json', json({ rows: 1 }, { format: 'mnist1d-lab results 1' }),
    'a.json: records must have columns and rows, got {"rows":1}.',
  ],
  'no arm': ['a.json', json([record({ arm: undefined })]), 'a.json, row 1, has no arm, by which its kind is told.'],
  'arms that are no table': ['a.json', json([RECORD], { arms: 7 }), 'a.json: arms must be a list of rows, got 7.'],
  'zero records': ['a.json', json([]), 'a.json has no rows.'],
  'a row that is none': ['a.json', json([RECORD, 7]), 'a.json, row 2, must be an object, got 7.'],
  'no spec': ['a.json', json([RECORD], { spec: 7 }), 'spec must be an object of settings, got 7.'],
  'brackets without end': ['a.json', '['.repeat(1e5), 'a.json is not a results file: it is nested more than 8 deep.'],
  'a format that is an object': [
    'a.json', '{"format": {"toString": 1}, "records": []}',
    'is not a results file: format must be "mnist1d-lab records 1", got {"toString":1}.',
  ],
  'a long format': [
    'a.json', JSON.stringify({ format: 'x'.repeat(1e6) }), `got "${'x'.repeat(39)}….`,
  ],
  'a setting as long as a book': [
    'a.json', json([RECORD], { spec: { preset: 'a'.repeat(300_000) } }), 'spec.preset must be a number, a text or true',
  ],
  'deep spec': [
    'a.json', json([RECORD], { spec: { hidden: { a: 1 } } }),
    'a.json: spec.hidden must be a number, a text or true or false, got {"a":1}.',
  ],
  'missing column': [
    'a.json', json([record({ test_acc: undefined })]),
    'a.json lacks the column test_acc; it needs arm, trial, level, step, sparsity, test_loss and test_acc.',
  ],
  'missing value': [
    'a.json', json([RECORD, { arm: 'lottery' }]),
    'a.json, row 2: trial must be a whole number from 0 to 1000000, got nothing.',
  ],
  'null value': [
    'a.json', json([record({ test_acc: null })]), 'row 1: test_acc must be a number from 0 to 100, got null.',
  ],
  'text for a number': [
    'a.json', json([record({ test_acc: 'high' })]),
    'a.json, row 1: test_acc must be a number from 0 to 100, got "high".',
  ],
  'a list for a number': [
    'a.json', json([record({ level: [1] })]), 'level must be a whole number from 0 to 100, got [1].',
  ],
  'above its range': [
    'a.json', json([record({ test_acc: 100.1 })]), 'test_acc must be a number from 0 to 100, got 100.1.',
  ],
  'below its range': [
    'a.json', json([record({ sparsity: -0.1 })]), 'sparsity must be a number from 0 to 1, got -0.1.',
  ],
  'half a level': [
    'a.json', json([record({ level: 0.5 })]), 'level must be a whole number from 0 to 100, got 0.5.',
  ],
  'a loss below 0': [
    'a.json', json([record({ test_loss: -1 })]),
    'test_loss must be a number of at least 0, Infinity or NaN, got -1.',
  ],
  'an arm of another figure': [
    'a.json', json([record({ arm: 'permuted' })]),
    'a.json lacks the column condition; it needs arm, condition, trial, level, step, sparsity and test_acc.',
  ],
  'the same row twice': [
    'a.json', json([RECORD, record({ trial: 1 }), RECORD]),
    'a.json, row 3, repeats row 1: arm lottery, trial 0, level 1.',
  ],
  'a prototype': ['a.json', '{"__proto__": {"format": "mnist1d-lab records 1"}}', 'format must be'],
  'header only': ['a.csv', table(COLUMNS), 'a.csv has no rows.'],
  'another table': ['a.csv', table(['x', 'y'], [1, 2]), 'columns such as arm, trial and test_acc.'],
  'short row': [
    'a.csv', table(COLUMNS, GOOD, GOOD.slice(0, -1)),
    'a.csv, row 2, must have 7 cells like the header, got 6.',
  ],
  'missing columns': [
    'a.csv', table(COLUMNS.slice(0, 5), GOOD.slice(0, 5)),
    'a.csv lacks the columns test_loss and test_acc; it needs',
  ],
  'a column twice': [
    'a.csv', table([...COLUMNS, 'arm'], [...GOOD, 'lottery']), 'a.csv has the column "arm" twice.',
  ],
  'an open quote': [
    'a.csv', `${table(COLUMNS)}"lottery,0,1`, 'a.csv, row 1: a quotation mark is never closed.',
  ],
  'text after a quote': [
    'a.csv', `${table(COLUMNS)}"lottery"x`, 'a.csv, row 1: text follows a closing quotation mark.',
  ],
  'a formula': ['a.csv', withCell('arm', '=1+1'), 'row 1: arm must be logistic, mlp, cnn, gru, lottery, random, dense or permuted, got "=1+1".'],
  'hexadecimal': [
    'a.csv', withCell('test_acc', '0x10'), 'row 1: test_acc must be a number from 0 to 100, got "0x10".',
  ],
  'an endless value': ['a.csv', withCell('arm', 'y'.repeat(500)), `got "${'y'.repeat(39)}….`],
};

for (const [kind, [name, content, sentence]] of Object.entries(MANGLED)) {
  test(`a mangled file gets a sentence: ${kind}`, async () => {
    const found = await readFile(new File([content], name), KINDS);
    assert.ok(found.fault?.startsWith(name) && found.fault.includes(sentence), JSON.stringify(found));
  });
}

test('a file that is too large is not even read', async () => {
  const file = { name: 'a.csv', size: MAX_BYTES + 1 };
  assert.equal((await readFile(file, KINDS)).fault, 'a.csv is too large: at most 16 MB, got 16.1 MB.');
});

test('a file that cannot be read is told', async () => {
  const file = { name: 'a', size: 1, arrayBuffer: async () => { throw new Error('gone'); } };
  assert.equal((await readFile(file, KINDS)).fault, 'a could not be read: it is a folder, or it is gone.');
});

const readBack = (name, text) => readText(text, name, KINDS).results[0];

test('records come back as they were written', () => {
  const rows = [record(), record({ arm: 'dense', test_acc: 1 / 3 }), record({ trial: 1, test_acc: 1e-7 })];
  assert.deepEqual(readBack('x.csv', toCSV(rows)), { name: 'x.csv', kind: 'search', spec: null, records: rows });
  assert.deepEqual(readBack('x.json', toJSON('search', SPEC, rows, '1')), { name: 'x.json', kind: 'search', spec: SPEC, records: rows });
});

test('numbers that JSON has not come back too', () => {
  for (const loss of [NaN, Infinity]) {
    const row = record({ sparsity: 1 / 3, train_loss: loss, test_loss: loss, test_acc: 1e-7 });
    for (const [name, text] of [['x.csv', toCSV([row])], ['x.json', toJSON('search', {}, [row], '1')]]) {
      const [back] = readBack(name, text).records;
      for (const key of Object.keys(row)) assert.ok(Object.is(row[key], back[key]), `${name}: ${key}`);
    }
  }
});

test('results as they come with the page are read too', () => {
  for (const preset of ['quick', 'paper']) { // the others are read in record-kinds.test.js
    const text = fileText(`static/results/${preset}.json`);
    const { columns, rows } = JSON.parse(text).records;
    const { records } = readText(text, `${preset}.json`, KINDS).results.find(({ kind }) => kind === 'search');
    assert.equal(records.length, rows.length);
    for (const name of ['arm', 'trial', 'level', 'test_acc']) {
      assert.deepEqual(records.map((row) => row[name]), rows.map((cells) => cells[columns.indexOf(name)]));
    }
  }
});

test('CSV is quoted where RFC 4180 wants it', () => {
  const rows = [{ a: 'one "word", more', b: 'two\r\nlines' }, { a: '', c: 1.5 }];
  assert.equal(toCSV(rows), 'a,b,c\r\n"one ""word"", more","two\r\nlines",\r\n,,1.5\r\n');
});

test('CSV is read with the line ends of any system, with quotes and with a mark of its encoding', () => {
  const rows = [COLUMNS, GOOD.map((cell) => `"${cell}"`)].map((cells) => cells.join(','));
  for (const end of ['\n', '\r\n', '\r']) {
    assert.deepEqual(readBack('x.csv', `\ufeff${rows.join(end)}${end}`).records, [RECORD]);
  }
});

test('a file’s name says what is in it and suits every file system', () => {
  const spec = { preset: 'quick', hidden: 12, steps: 30, levels: 2, trials: 2, seed: 0 };
  assert.equal(
    fileName('search', spec, '0123abcd'),
    'mnist1d-lab_search_quick_hidden-12_steps-30_levels-2_trials-2_seed-0_0123abcd',
  );
  assert.equal(fileName('a/b:c', null, 'x'), 'mnist1d-lab_a-b-c_x');
});

/** A text with one to four changes: letters turned, cut out, doubled, replaced. */
function mutated(text, random) {
  const below = (count) => Math.floor(random() * count);
  let made = text;
  for (let change = 0; change <= below(4); change += 1) {
    const start = below(made.length + 1);
    const end = Math.min(made.length, start + [1, 1, 2, 8, 60, made.length][below(6)]);
    const piece = made.slice(start, end);
    const instead = ['', piece + piece, String.fromCharCode(below(0xd7ff)).repeat(piece.length), '[{"a":1e999}]', '"', '\n,\r', '9'.repeat(400)];
    made = made.slice(0, start) + instead[below(instead.length)] + made.slice(end);
  }
  return made;
}

for (const name of ['x.csv', 'x.json']) {
  test(`2000 mutated files are records or one sentence: ${name}`, () => {
    const random = randomFrom(7);
    const rows = Array.from({ length: 6 }, (_, trial) => record({ trial }));
    const whole = name.endsWith('.csv') ? toCSV(rows) : toJSON('search', { hidden: 12 }, rows, '1');
    let read = 0;
    for (let i = 0; i < 2000; i += 1) {
      const { results, fault } = readText(mutated(whole, random), name, KINDS);
      if (results) read += 1;
      else assert.ok(fault.startsWith(name) && fault.length < 600, fault);
    }
    assert.ok(read > 0 && read < 2000, String(read));
  });
}
