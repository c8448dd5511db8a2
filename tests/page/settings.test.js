// Settings and the address bar, without a page: round trips, and links that nobody would make by accident.
import { randomFrom } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PRESETS } from '../../static/from-python.js';
import { describeCorrections, readAddress } from '../../static/settings/address-bar.js';
import { isWithin, limitsOf } from '../../static/settings/limits.js';
import { Settings } from '../../static/settings/settings.js';
import { SETTINGS } from '../../static/settings/table.js';

const CASES = 2500;
const PIECES = [
  '=', '&', '#', '?', '%', '%%', '%E0%A4%A', '%00', '+', '\0', '\u202e', '\u{1f600}', '/../',
  '__proto__', 'constructor', 'hasOwnProperty', 'toString', '<script>alert(1)</script>',
  'javascript:alert(1)', "' OR 1=1", '1e999', '-1e999', 'NaN', 'Infinity', '0x10', '1_000', '',
  '9'.repeat(400), '-0', '1e-400', ' 5 ', 'null', 'undefined', '[object Object]', '[]', '{}', 'true',
];
const nameOf = ({ group, name }) => (group === 'dataset' ? name : `${group}.${name}`);
const NAMES = SETTINGS.map(nameOf);

/** A hash that nobody would make by accident, or nearly a good one. */
function hostile(seed) {
  const random = randomFrom(seed);
  const below = (count) => Math.floor(random() * count);
  const choose = (list) => list[below(list.length)];
  const letter = () => String.fromCharCode(random() < 0.5 ? 32 + below(95) : below(0xd7ff));
  const value = () => {
    if (random() < 0.4) return choose(PIECES);
    if (random() < 0.5) return String(choose([2e6 * random() - 1e6, below(311) - 10, random()]));
    return Array.from({ length: 8 }, letter).join('');
  };
  const name = () => choose(random() < 0.7 ? NAMES : PIECES);
  const parts = Array.from({ length: 1 + below(5) }, () => `${name()}=${value()}`);
  let text = parts.join(choose(['&', '&&', ';', '&']));
  if (random() < 0.3) {
    const at = below(text.length + 1);
    text = text.slice(0, at) + choose(PIECES) + text.slice(at);
  }
  return random() < 0.5 ? encodeURI(text.toWellFormed?.() ?? text).replaceAll('%25', '%') : text;
}

/** What is wrong with the settings that a hash makes. */
function faultsOf(hash) {
  const said = readAddress({ search: '', hash: `#${hash}` });
  const settings = new Settings(said.text);
  const note = describeCorrections(settings.corrections, said.unknown);
  const faults = SETTINGS.flatMap((setting) => {
    const value = settings.get(setting);
    const fits = setting.options ? setting.options.some((one) => one.value === value) :
      typeof value !== 'number' || isWithin(setting, value);
    return fits ? [] : [`${setting.name} is ${value}`];
  });
  const again = new Settings(`?${settings.hash()}`);
  if (again.hash() !== settings.hash() || again.corrections.length) faults.push('is another when it is read again');
  const plain = new URLSearchParams(said.text);
  const kept = new URLSearchParams(settings.hash());
  for (const [name, text] of plain) {
    const own = ({ group, name: field }) => name === field || name === `${group}.${field}`;
    const now = kept.get(name) ?? String(settings.usual(SETTINGS.find(own)));
    const changed = now !== text && Number(now) !== Number(text);
    const first = plain.get(name) === text; // of several only the first counts
    if (changed && first && !note) faults.push(`${name} changed without a word`);
  }
  return { faults, note };
}

test(`${CASES} hostile hashes are corrected and never throw`, () => {
  let corrected = 0;
  for (let seed = 0; seed < CASES; seed += 1) {
    const hash = hostile(seed);
    const { faults, note } = faultsOf(hash);
    assert.deepEqual(faults, [], JSON.stringify(hash));
    corrected += Number(note !== '');
  }
  assert.ok(corrected > CASES / 2, `${corrected} were corrected with a note`);
});

/** The ends of a setting's range, and its usual value. */
function endsOf(setting) {
  const { low, high, open } = limitsOf(setting);
  return [open ? low + 1e-9 : low, high === Infinity ? 1e30 : open ? high - 1e-9 : high, setting.value];
}

test('every setting goes round through the address', () => {
  const lost = [];
  for (const setting of SETTINGS) {
    if (!setting.options && setting.kind !== 'range' && setting.kind !== 'number') continue;
    const all = setting.options?.map(({ value }) => value) ?? endsOf(setting);
    for (const value of all) {
      const one = new Settings('');
      one.set(setting, value);
      const other = new Settings(`?${one.hash()}`);
      const kept = one.get(setting); // less than asked for, where other settings are its limit
      const fits = kept === value || (setting.upTo && kept < value);
      const same = fits && other.get(setting) === kept && !other.corrections.length;
      if (!same) lost.push([setting.name, value]);
    }
  }
  assert.deepEqual(lost, []);
});

test('what was corrected is told', () => {
  const noteOf = (hash) => faultsOf(hash).note;
  const told = [
    ['max_translation=90', 'max_translation must be at most 72 here, got 90: it is 72 now'],
    ['max_translation=30000', 'must be a whole number from 1 to 20000, got “30000”: it is 20000 now'],
    ['lottery.learning_rate=0', 'must be a number greater than 0, got “0”: it is 0.01 now'],
    ['templates=3:NaN', 'templates must be templates as this page writes them, got “3:NaN”: it is left out'],
    [`templates=${'9'.repeat(2e6)}`, `got “${'9'.repeat(40)}…”: it is left out`],
    ['max_translation=7.6', 'got “7.6”: it is 8 now'],
    ['max_translation=x', 'got “x”: it is 48 now'],
    ['nonsense=1', '“nonsense” is no setting and is left out'],
  ];
  for (const [hash, sentence] of told) assert.ok(noteOf(hash).includes(sentence), noteOf(hash));
  assert.equal(noteOf('max_translation=7'), '');
  const many = noteOf(Array.from({ length: 6 }, (_, i) => `nonsense${i}=1`).join('&'));
  assert.ok(many.endsWith('; and 2 more.'), many);
});

test('an old link has its settings in the query; flags of the page stay there', () => {
  const address = { search: '?workers=1&final_seq_length=20&result=x', hash: '#max_translation=9' };
  const { text, flags, result, unknown } = readAddress(address);
  assert.equal(text, '?max_translation=9&final_seq_length=20');
  assert.equal(String(flags), 'workers=1');
  assert.equal(result, 'x');
  assert.deepEqual(unknown, []);
});

test('a preset sets the others of its group, and what differs from it is sent', () => {
  const settings = new Settings('?lottery.preset=paper&lottery.hidden=7');
  const levels = SETTINGS.find(({ group, name }) => group === 'lottery' && name === 'levels');
  assert.equal(settings.get(levels), PRESETS.paper.spec.levels);
  assert.deepEqual(settings.args('lottery'), { preset: 'paper', hidden: 7 });
  assert.ok(!settings.pristine('lottery') && settings.pristine('dataset'));
});

test('a link to a result of an earlier release says outright what was usual then', () => {
  const textOf = (search, hash) => new URLSearchParams(readAddress({ search, hash }).text);
  const old = textOf('', '#lottery.steps=30&result=1-x');
  assert.equal(old.get('lottery.hidden'), '200');
  assert.equal(old.get('lottery.prune_fraction'), '0.37');
  assert.equal(old.get('lottery.random_counts'), 'together');
  assert.equal(textOf('', '#lottery.hidden=12&result=1-x').get('lottery.hidden'), '12');
  assert.equal(textOf('?lottery.hidden=12&result=1-x', '').get('lottery.hidden'), '12');
  assert.equal(textOf('', '#lottery.preset=paper&result=1-x').get('lottery.hidden'), null);
  assert.equal(textOf('', '#lottery.steps=30&result=2-x').get('lottery.hidden'), null);
});

test('what a file or a kept run puts in force is in the link, at both ends of every range', () => {
  for (const setting of SETTINGS.filter(({ group, kind }) => ['dataset', 'lottery'].includes(group) && !['drawing', 'own'].includes(kind))) {
    for (const value of setting.options?.map((one) => one.value) ?? endsOf(setting)) {
      const { group, name, part, upTo } = setting;
      const field = part ? { [part[0]]: part[1] ? [0, value] : [value, 10_000] } : { [name]: value };
      const roomy = upTo && !part ? { template_len: 10_000, padding: [0, 10_000] } : {};
      const settings = new Settings('');
      settings.take(group, { ...roomy, ...field });
      assert.equal(settings.get(setting), value, `${name} ${value}`);
      const again = new Settings(`?${settings.hash()}`);
      assert.equal(again.get(setting), value, `${name} ${value} after a reload`);
      assert.deepEqual(again.corrections, [], name);
    }
  }
});

test('what no setting may have is not put in force', () => {
  for (const value of [null, undefined, NaN, Infinity, -1, 1e9, '5', [], {}, true, 2.5]) {
    const settings = new Settings('');
    settings.take('dataset', { num_samples: value, final_seq_length: value, padding: value, templates: value, seed: -1 });
    assert.ok(settings.pristine('dataset') || value === true, String(value));
  }
  const settings = new Settings('');
  settings.take('lottery', null);
  assert.ok(settings.pristine('lottery'));
});
