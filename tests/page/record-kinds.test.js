// Records of every kind, as the command, a sweep's folder, a program of the page and the page itself write them: read, and
// what is said of them: static/files/sort-records.js, the record-kinds.js of the wings.
import { fileText, inPython, randomFrom } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenedResults } from '../../static/files/opened-results.js';
import { readText } from '../../static/files/read-results.js';
import { ResultsInbox } from '../../static/files/results-inbox.js';
import { toCSV, toJSON } from '../../static/files/write-results.js';
import { KINDS as LOTTERY } from '../../static/lottery/record-kinds.js';
import { OpenedCells, openedArms } from '../../static/lottery/opened-results.js';
import { openedSweeps, openedTrainings } from '../../static/models/opened-results.js';
import { KINDS as MODELS } from '../../static/models/record-kinds.js';

const KINDS = [...MODELS, ...LOTTERY];

const AT_THE_DESK = `
import base64, contextlib, io, json, pathlib, sys, tempfile
from mnist1d_lab import files
from mnist1d_lab.command.main import main
from mnist1d_lab.command.open import found
asked = json.load(sys.stdin)
made = {}
with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
    for name, words in asked['commands'].items():
        path = pathlib.Path(folder, name)
        assert main([*words, '--out', str(path)]) == 0
        made[name] = path.read_text(encoding='utf-8')
    for name, grid in asked['sweeps'].items():
        path, out = pathlib.Path(folder, name + '.json'), pathlib.Path(folder, name)
        path.write_text(json.dumps(grid), encoding='utf-8')
        assert main(['sweep', str(path), '--out', str(out)]) == 0
        made[name] = {one: text.decode() for one, text in found([out]).items()}
        rows = [row for one in sorted(out.rglob('*.parquet')) for row in files.read(one).rows]
        made[name + ' joined'] = files.text_forms.to_csv(files.Results(rows)).decode()
json.dump(made, sys.stdout)
`;
const SMALL = ['--dataset.num-samples', '200', '--steps', '20'];
const DATA = { 'dataset.num_samples': 200, 'steps': 20 };
const TICKET = ['--lottery.dataset.num-samples', '200', '--lottery.steps', '20', '--lottery.hidden', '8', '--lottery.levels', '2'];

const made = inPython(AT_THE_DESK, {
  commands: {
    'train.json': ['train', '--model', 'cnn', '--seeds', '0:2', ...SMALL],
    'train.csv': ['train', '--model', 'cnn', '--seeds', '0:2', ...SMALL],
    'shuffled.json': ['train', '--dataset.shuffle-seq', 'true', '--model', 'mlp', ...SMALL],
    'arms.json': ['arms', '--seeds', '0:2', '--level', '1', '--steps', '20', ...TICKET],
    'arms.csv': ['arms', '--seeds', '0:2', '--level', '1', '--steps', '20', ...TICKET],
  },
  sweeps: {
    moved: { job: 'train', seeds: '0:2', set: DATA, grid: { 'model': ['mlp', 'cnn'], 'dataset.max_translation': [1, 48] } },
    models: { job: 'train', set: { ...DATA, eval_every: 10 }, grid: { 'model': ['mlp', 'gru'], 'dataset.shuffle_seq': [false, true], 'learning_rate': [0.01, 0.1] } },
    widths: { job: 'lottery', set: { ...DATA, levels: 1 }, grid: { hidden: [8, 12] } },
  },
});

/** @param {string} name @param {string} [text] */
const read = (name, text = made[name]) => {
  const found = readText(text, name, KINDS);
  assert.ok('results' in found, found.fault);
  return found.results;
};
const kindOf = (name) => KINDS.find((kind) => kind.name === name);
/** In a table that files were joined to they come by the names of these. */
const sorted = (records) => records.map((row) => JSON.stringify(row)).sort();
const tell = ({ kind, records, spec }) => kindOf(kind).tell(records, spec);
const fault = (text, name = 'a.csv') => readText(text, name, KINDS).fault;

test('trainings of the command are trainings, as JSON and as CSV', () => {
  for (const name of ['train.json', 'train.csv']) {
    const [found, ...others] = read(name);
    assert.equal(others.length, 0);
    assert.deepEqual([found.kind, found.records.length], ['training', 4]);
    assert.deepEqual(found.records.map(({ arm, condition, trial, step }) => `${arm} ${condition} ${trial} ${step}`), [
      'cnn plain 0 0', 'cnn plain 0 20', 'cnn plain 1 0', 'cnn plain 1 20',
    ]);
    const ends = found.records.filter(({ step }) => step === 20).map(({ test_acc }) => test_acc);
    const mean = ((ends[0] + ends[1]) / 2).toFixed(1);
    assert.match(tell(found), new RegExp(`^Test accuracy after 20 steps: CNN ${mean}\u00a0± .*\\(n\u00a0=\u00a02\\)\\.$`));
    assert.deepEqual(openedTrainings([found]), [{ name, rows: found.records }]);
  }
  const file = JSON.parse(made['train.json']);
  assert.deepEqual(read('train.json')[0].records.map((row) => row.test_loss), file.records.map((row) => row.test_loss));
  assert.deepEqual(read('shuffled.json')[0].records.map(({ condition }) => condition), ['shuffled', 'shuffled']);
});

test('arms of the command are arms, beside the search for their ticket', () => {
  const { records, arms } = JSON.parse(made['arms.json']);
  for (const name of ['arms.json', 'arms.csv']) {
    const found = read(name);
    assert.deepEqual(found.map(({ kind, records: rows }) => [kind, rows.length]), [['arms', arms.length], ['search', records.length]]);
    const [{ deltas }] = openedArms([found[0]]);
    const last = (arm) => (trial) => arms.filter((row) => row.arm === arm && row.condition === 'fresh' && row.trial === trial).at(-1).test_acc;
    const expected = [0, 1].map((trial) => last('lottery')(trial) - last('dense')(trial));
    const { values } = deltas.find(({ arm, condition }) => arm === 'lottery' && condition === 'fresh');
    assert.deepEqual(values, expected);
    assert.match(tell(found[0]), /^Test accuracy minus the dense network’s, in points: lottery ticket .*, n\u00a0=\u00a02; /);
    assert.match(tell(found[1]), /^With .* the lottery ticket is right on .* n\u00a0=\u00a02\./);
  }
});

test('a sweep at the desk that moves a setting of the data is a sweep, in its folder and joined to one table', () => {
  const files = Object.entries(made.moved);
  assert.equal(files.length, 1); // the four models of the page’s figure belong together
  for (const [name, text] of [...files, ['moved.csv', made['moved joined']]]) {
    const [found, ...others] = read(name, text);
    assert.equal(others.length, 0);
    assert.deepEqual([found.kind, found.records.length], ['sweep', 8]); // of each training the last step
    assert.deepEqual([...new Set(found.records.map(({ field, value }) => `${field} ${value}`))].sort(), ['max_translation 1', 'max_translation 48']);
    const [{ gaps }] = openedSweeps([found], 'max_translation');
    const at = (arm, value) => found.records.filter((row) => row.arm === arm && row.value === value).map(({ test_acc }) => test_acc);
    const difference = at('cnn', 48).map((cnn, i) => cnn - at('mlp', 48)[i]);
    assert.equal(gaps[1].mean, (difference[0] + difference[1]) / 2);
    assert.deepEqual(openedSweeps([found], 'corr_noise_scale'), []);
    assert.match(tell(found), /^The CNN’s lead over the MLP is .* at shift 1, and .* at shift 48\./);
  }
});

test('other sweeps at the desk are an experiment for each setting', () => {
  const all = read('models.csv', made['models joined']);
  assert.deepEqual(all.map(({ name, kind }) => `${name} ${kind}`), [
    'models.csv: learning_rate 0.01 training', 'models.csv: learning_rate 0.1 training',
  ]);
  assert.deepEqual([...new Set(all[0].records.map(({ arm, condition }) => `${arm} ${condition}`))].sort(), [
    'gru plain', 'gru shuffled', 'mlp plain', 'mlp shuffled',
  ]);
  const files = Object.entries(made.models).map(([name, text]) => read(name, text)[0]);
  assert.deepEqual(files.map(({ records }) => sorted(records)), all.map(({ records }) => sorted(records)));
  const widths = read('widths.csv', made['widths joined']);
  assert.deepEqual(widths.map(({ name, kind }) => `${name} ${kind}`), ['widths.csv: hidden 12 search', 'widths.csv: hidden 8 search']);
  assert.deepEqual(Object.values(made.widths).map((text) => sorted(read('a.json', text)[0].records)).sort(), widths.map(({ records }) => sorted(records)).sort());
});

const CELL = { hidden: 500, sparsity: 0.9, survivors: 0, condition: 'fresh', trial: 4_000_000_000, fresh_seed: 1 };
const cells = [
  { ...CELL, sparsity: 0, arm: 'dense', test_acc: 50 }, { ...CELL, arm: 'lottery', test_acc: 53 }, { ...CELL, hidden: 7, arm: 'lottery', test_acc: 53 },
];

test('records that the page’s figures save are read back', () => {
  const training = [{ arm: 'mlp', condition: 'shuffled', trial: 0, step: 5, train_loss: 1, train_acc: 20, test_loss: NaN, test_acc: 10 }];
  const sweep = [{ arm: 'mlp', field: 'corr_noise_scale', value: 0.5, trial: 0, test_acc: 10, train_acc: 20 }];
  const arms = [{ arm: 'permuted', condition: 'reinitialized', trial: 0, fresh_seed: 2, level: 3, step: 5, sparsity: 0.9, train_loss: 1, train_acc: 20, test_loss: 1, test_acc: 10 }];
  for (const [kind, rows] of Object.entries({ training, sweep, arms, grid: cells })) {
    for (const [name, text] of [['a.json', toJSON(kind, { steps: 5 }, rows, '1')], ['a.csv', toCSV(rows)]]) {
      const [found] = read(name, text);
      assert.equal(found.kind, kind);
      assert.deepEqual(found.records, rows, name);
    }
  }
  const own = toJSON('grid', {}, [{ source: 'shipped', ...cells[1] }, { source: 'yours', ...cells[1] }], '1');
  assert.deepEqual(read('a.json', own)[0].records, [cells[1]]); // what came with the page stands there anyway
  assert.equal(kindOf('grid').tell(cells), '3 trainings of 2 cells; the map has no place for 1 of them.');
});

test('what comes with the page is read too', () => {
  for (const [name, kinds] of Object.entries({ models: ['training'], sweeps: ['sweep'], grid: ['grid'], quick: ['arms', 'search'] })) {
    const text = fileText(`static/results/${name}.json`);
    const found = read(`${name}.json`, text);
    const { records, arms } = JSON.parse(text);
    assert.deepEqual(found.map(({ kind }) => kind), kinds);
    assert.deepEqual(found.map(({ records: rows }) => rows.length), name === 'quick' ? [arms.rows.length, records.rows.length] : [records.rows.length]);
  }
});

test('what makes no sense gets a sentence', () => {
  const table = (header, ...rows) => [header, ...rows].join('\n');
  assert.equal(fault(table('arm,test_acc', 'mlp,5')), 'a.csv lacks the columns trial and step; it needs arm, condition, trial, step and test_acc.');
  assert.equal(fault(table('arm,trial,step,test_acc', 'mlp,0,1,5', 'mlp,0,1,6')), 'a.csv, row 2, repeats row 1: arm mlp, condition plain, trial 0, step 1.');
  assert.equal(fault(table('arm,trial,step,test_acc', 'mlp,0,1,101')), 'a.csv, row 1: test_acc must be a number from 0 to 100, got "101".');
  assert.equal(
    fault(table('arm,field,value,trial,test_acc', 'mlp,seed,1,0,5')),
    'a.csv, row 1: field must be max_translation, corr_noise_scale or final_seq_length, got "seed".',
  );
  assert.match(fault(table('arm,condition,trial,level,step,sparsity,test_acc', 'dense,upside,0,0,1,0,5')), /^a\.csv, row 1: condition must be .* got "upside"\.$/);
  assert.equal(fault(table('arm,hidden,sparsity,survivors,condition,trial,test_acc', 'dense,9,0,0,fresh,0,5')), 'a.csv lacks the column fresh_seed; it needs hidden, sparsity, survivors, arm, condition, trial, fresh_seed and test_acc.');
  const many = Array.from({ length: 31 }, (_, i) => `mlp,0,1,5,${i}`);
  assert.equal(fault(table('arm,trial,step,test_acc,learning_rate', ...many)), 'a.csv holds 31 settings of learning_rate: at most 30 are drawn.');
  assert.equal(fault(JSON.stringify({ format: 'mnist1d-lab records 1', name: 'training', spec: {}, records: [{ arm: '<b>' }] }), 'a.json'),
    'a.json lacks the columns trial, step and test_acc; it needs arm, condition, trial, step and test_acc.');
});

test('a hostile setting is text, cut short', () => {
  const long = `<img src=x onerror=alert(1)>${'x'.repeat(500)}`;
  const rows = ['a', long].map((init) => ({ arm: 'mlp', trial: 0, step: 1, test_acc: 5, init, ['__proto__x']: 1 }));
  const names = read('a.csv', toCSV(rows)).map(({ name }) => name);
  assert.equal(names[0], 'a.csv: init a');
  assert.ok(names[1].startsWith('a.csv: init <img') && names[1].length < 100, names[1]);
});

test('tickets of two levels are not averaged', () => {
  const { arms } = JSON.parse(made['arms.json']);
  const text = toCSV([...arms, ...arms.map((row) => ({ ...row, level: 2 }))]);
  assert.deepEqual(read('a.csv', text).map(({ name }) => name), ['a.csv: level 1', 'a.csv: level 2']);
});

test('files go to the lists of their kinds, and one that is bad changes nothing', async () => {
  const inbox = new ResultsInbox(async () => KINDS);
  const [came, faults] = [[], []];
  inbox.addEventListener('come', ({ detail }) => came.push(detail));
  inbox.addEventListener('fault', ({ detail }) => faults.push(detail));
  await inbox.open([new File([made['arms.json']], 'arms.json'), new File(['x'], 'b.csv'), new File([made['train.csv']], 'train.csv')], 'tickets');
  assert.deepEqual(came.map(({ arrivals, figure }) => [arrivals.map(({ kind }) => kind.place.figure), figure]), [[['arms', 'tickets', 'training'], 'tickets']]);
  assert.deepEqual(['arms', 'search', 'training', 'sweep'].map((kind) => inbox.list(kind).all.map(({ name }) => name)), [['arms.json'], ['arms.json'], ['train.csv'], []]);
  assert.match(inbox.fault.text, /^b\.csv is not a results file/);
  assert.equal(inbox.fault.figure, 'tickets');
  await inbox.open([new File(['x'], 'c.csv')]);
  assert.equal(came.length, 1);
  await inbox.open(Promise.reject(new Error('It is gone.')), 'grid');
  assert.deepEqual(faults.at(-1), { text: 'It is gone.', figure: 'grid' });
});

test('cells are judged once, whatever they are called, and told when they are', async () => {
  const list = new OpenedResults();
  const asked = [];
  const opened = new OpenedCells(async (records) => {
    asked.push(records);
    return { rows: [{ comparison: 'fresh' }] };
  }, list, assert.fail);
  list.add({ name: 'a', kind: 'grid', spec: null, records: cells });
  assert.deepEqual(opened.all, []);
  await new Promise((resolve) => { opened.addEventListener('change', resolve); });
  list.rename(list.all[0], 'b');
  await new Promise((resolve) => { setTimeout(resolve); });
  assert.deepEqual(opened.all, [{ name: 'b', rows: [{ comparison: 'fresh' }] }]);
  assert.deepEqual(asked, [cells]);
  list.remove(list.all[0]);
  assert.deepEqual(opened.all, []);
});

test('1000 mutated files of each kind are records or one sentence', () => {
  const random = randomFrom(11);
  const below = (count) => Math.floor(random() * count);
  for (const name of ['train.csv', 'arms.csv', 'train.json']) {
    const whole = made[name].slice(-4000);
    let read = 0;
    for (let i = 0; i < 1000; i += 1) {
      const start = below(whole.length);
      const piece = ['', '"', ',', '\n', '9'.repeat(300), 'null', '[['][below(7)];
      const text = made[name].slice(0, -4000) + whole.slice(0, start) + piece + whole.slice(start + below(3));
      const found = readText(text, name, KINDS);
      if ('results' in found) read += 1;
      else assert.ok(found.fault.startsWith(name) && found.fault.length < 600, found.fault);
    }
    assert.ok(read < 1000, String(read));
  }
});
