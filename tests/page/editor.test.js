// Code of the visitor: texts at hooks, code in links, the place of an error. Without a browser.
import './environment.js';
import assert from 'node:assert/strict';
import test from 'node:test';
import { MOST, decode, encode } from '../../static/editor/code-link.js';
import { EditedTexts, LONGEST, areEdits } from '../../static/editor/edited-texts.js';
import { readText } from '../../static/files/read-results.js';
import { toCSV, toJSON } from '../../static/files/write-results.js';
import { KINDS } from '../../static/lottery/record-kinds.js';
import { readAddress } from '../../static/settings/address-bar.js';

const OURS = 'def score(weights):\n    return np.abs(weights)\n';
const HOOKS = [
  { name: 'score', call: 'score(…)', does: 'Which go.', text: OURS },
  { name: 'rewind', call: 'rewind(…)', does: 'Back to.', text: 'def rewind(initial):\n    return initial\n' },
];

/** A shelf in memory. */
function shelfOf(value = null) {
  const shelf = { value, read: (use) => use(structuredClone(shelf.value)), write: (next) => { shelf.value = structuredClone(next); } };
  return shelf;
}

test('only what says something else than ours is an edit, and it is kept', () => {
  const shelf = shelfOf();
  const texts = new EditedTexts(['score', 'rewind'], shelf);
  texts.setOurs(HOOKS);
  assert.deepEqual(texts.edits, {});
  texts.set('score', `${OURS}   \n\n`);
  assert.deepEqual(texts.edits, {}); // blanks at ends change nothing
  texts.set('score', OURS.replace('np.abs(weights)', '-np.abs(weights)'));
  assert.deepEqual(Object.keys(texts.edits), ['score']);
  const later = new EditedTexts(['score', 'rewind'], shelf);
  assert.equal(later.hasMine, true);
  later.setOurs(HOOKS);
  assert.deepEqual(later.edits, texts.edits);
  assert.equal(later.text('rewind'), HOOKS[1].text);
  later.reset();
  assert.deepEqual([later.edits, shelf.value], [{}, {}]);
});

test('a shelf that holds something else is no edit', () => {
  for (const value of [[], 'text', { score: 5 }, { 'no hook\n': 'x' }, { score: 'x'.repeat(LONGEST + 1) }]) {
    assert.equal(areEdits(value), false);
    const texts = new EditedTexts(['score'], shelfOf(value));
    texts.setOurs(HOOKS);
    assert.deepEqual(texts.edits, {});
  }
});

test('code goes through a link and back', async () => {
  const shared = { job: 'lottery', edits: { score: `${OURS}# “≥ 90 %” & <b>?=+/</b>\n`, rewind: 'x = 1' } };
  const code = await encode(shared);
  assert.match(code, /^lottery\.[\w-]+$/); // nothing that a link would quote
  assert.deepEqual(await decode(code), shared);
  const said = readAddress({ search: '', hash: `#lottery.trials=2&code=${code}` });
  assert.equal(said.code, code);
  assert.deepEqual(said.unknown, []);
});

test('what is no code of ours is refused in a sentence, also if it would fill the memory', async () => {
  const noise = Array.from({ length: 20_000 }, (_, i) => (i * i * 7919).toString(36)).join('');
  await assert.rejects(encode({ job: 'lottery', edits: { score: noise } }), new RegExp(`at most ${MOST}\\): save it as JSON`));
  const bomb = await encode({ job: 'lottery', edits: { score: 'x'.repeat(5_000_000) } }); // a few kB that unpack to 5 MB
  await assert.rejects(decode(bomb), /cannot be read: it is longer than/);
  const good = await encode({ job: 'lottery', edits: { score: OURS } });
  for (const bad of ['', 'lottery', 'lottery.', 'eval.abc', `${good}.x`, good.slice(0, -9), good.replace('.', '.!'), `lottery.${'A'.repeat(MOST + 1)}`]) {
    await assert.rejects(decode(bad), /^Error: The code in this link cannot be read: /);
  }
  await assert.rejects(decode(await encode({ job: 'lottery', edits: {} })), /it holds no code/);
});

test('a file carries the code that made it, and says on each record that it is edited', () => {
  const record = { arm: 'lottery', trial: 0, level: 1, step: 9, sparsity: 0.4, test_loss: 1, test_acc: 50, edited: '0a1b2c3d' };
  const edits = { score: OURS };
  const read = readText(toJSON('search, edited', { steps: 9 }, [record], '1', edits), 'mine.json', KINDS);
  assert.deepEqual(read.results, [{ name: 'mine.json (edited)', kind: 'search', spec: { steps: 9 }, records: [record], edits }]);
  assert.equal(readText(toCSV([record]), 'mine.csv', KINDS).results[0].name, 'mine.csv (edited)');
  assert.match(readText(toJSON('x', {}, [{ ...record, edited: '<b>' }], '1'), 'a.json', KINDS).fault, /edited must be 8 hex digits/);
  assert.match(readText(toJSON('x', {}, [record], '1', { score: 5 }), 'a.json', KINDS).fault, /edits must be an object of texts/);
  const { edited, ...plain } = record;
  assert.equal(toJSON('x', {}, [plain], '1').includes('edit'), false); // what is ours is written as before
});
