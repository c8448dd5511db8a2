// Files made at the desk, as the page reads them, and the page's, as the desk does: mnist1d_lab/files.
import { inPython } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText } from '../../static/files/read-results.js';
import { KINDS } from '../../static/lottery/record-kinds.js';
import { toCSV, toJSON } from '../../static/files/write-results.js';

const WRITE = `
import json, sys
from mnist1d_lab import jobs
from mnist1d_lab.files.results import Results
from mnist1d_lab.files.text_forms import to_csv, to_json
found = jobs.run('lottery', json.load(sys.stdin))
odd = {'test_loss': float('inf'), 'train_loss': float('nan'), 'train_acc': 62.0, 'sparsity': 1e-5}
records = [*found['records'], {**found['records'][0], 'trial': 9, **odd}]
results = Results(records, found['spec'], 'a sweep: 0.5')
arms = Results(records, found['spec'], arms=[{**records[0], 'condition': 'fresh'}])
texts = {'json': to_json(results), 'csv': to_csv(results), 'arms': to_json(arms)}
json.dump({name: text.decode() for name, text in texts.items()}, sys.stdout)
`;
const READ = `
import json, sys
from mnist1d_lab.files.text_forms import from_csv, from_json, to_csv, to_json
asked = json.load(sys.stdin)
found = from_json(asked['json'].encode())
json.dump({'json': to_json(found).decode(), 'csv': to_csv(from_csv(asked['csv'].encode())).decode()}, sys.stdout)
`;

test('the page opens what the desk writes, and both write the same', () => {
  const made = inPython(WRITE, { hidden: 10, steps: 20, levels: 2, trials: 2, dataset: { num_samples: 100 } });
  for (const [kind, name] of [['json', 'a.json'], ['csv', 'a.csv'], ['arms', 'b.json']]) {
    const read = readText(made[kind], name, KINDS);
    assert.ok('results' in read, JSON.stringify(read));
    assert.deepEqual(read.results.map((one) => one.kind), kind === 'arms' ? ['arms', 'search'] : ['search']);
    const found = read.results.find((one) => one.kind === 'search');
    const { spec } = found;
    const names = Object.keys(JSON.parse(made.json).records[0]); // the page reads columns in its own order
    const records = found.records.map((row) => Object.fromEntries(names.map((one) => [one, row[one]])));
    assert.equal(records.length, 15);
    assert.equal(records[14].test_loss, Infinity);
    if (kind === 'csv') assert.equal(toCSV(records), made.csv.replace('1e-05', '0.00001'));
    if (kind === 'json') {
      const { version } = JSON.parse(made.json);
      assert.equal(toJSON('a sweep: 0.5', spec, records, version), made.json.replace('1e-05', '0.00001'));
    }
  }
  assert.deepEqual(inPython(READ, made), { json: made.json, csv: made.csv }); // what the page wrote, read at the desk
});
