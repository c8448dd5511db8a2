// The name of data of one's own, as the page and Python read it, and what follows from it.
// @ts-check
import assert from 'node:assert/strict';
import test from 'node:test';
import { prepareArgs, USUAL, wrongFiles } from '../../static/dataset/own-choices.js';
import { sizesOf } from '../../static/lottery/mask-counts.js';
import { isWhole } from '../../static/lottery/masks.js';
import { describeDifference } from '../../static/settings/made-with.js';
import { classNames, classesOf, describeData, readSource, rememberNames } from '../../static/settings/own-source.js';
import { SOURCE, Settings } from '../../static/settings/settings.js';

const NAME = `GunPoint_TRAIN.ts-2-150-40-10-${'b5a0fa9b'.repeat(4)}`;

test('a name says what is in the data; what is none is refused', () => {
  assert.deepEqual(readSource(NAME), { name: 'GunPoint_TRAIN.ts', classes: 2, length: 150, train: 40, test: 10 });
  const tail = 'b5a0fa9b'.repeat(4);
  for (const wrong of ['', 'x', `a-1-8-10-2-${tail}`, `a-2-7-10-2-${tail}`, `a-2-8-9-0-${tail}`, `a-2-8-5-4-${tail}`, `a b-2-8-10-2-${tail}`, NAME.toUpperCase()]) {
    assert.equal(readSource(wrong), null, wrong);
  }
});

test('with data of one’s own in force the generator’s settings stay, but count for nothing', () => {
  const settings = new Settings(`?corr_noise_scale=0.5&source=${NAME}`);
  assert.deepEqual(settings.corrections, []);
  assert.deepEqual(settings.args('dataset'), { shuffle_seq: false, seed: 42, source: NAME });
  assert.equal(settings.generatorArgs().corr_noise_scale, 0.5);
  assert.ok(!('source' in settings.generatorArgs()));
  settings.set(SOURCE, '');
  assert.equal(settings.args('dataset').corr_noise_scale, 0.5);
  assert.ok(!('source' in settings.args('dataset')), 'names of what is kept stay the same');
  assert.equal(new Settings('?source=hello').corrections.length, 1);
});

test('what was made of other data says so', () => {
  const settings = new Settings(`?source=${NAME}`);
  const published = new Settings('').args('dataset');
  assert.equal(describeDifference(settings, { dataset: published }), 'Made with data of MNIST-1D; now data GunPoint_TRAIN.ts.');
  assert.equal(describeDifference(settings, { dataset: { ...published, source: NAME, num_samples: 50 } }), '');
  assert.equal(describeDifference(new Settings(''), { dataset: { source: NAME, seed: 42 } }), 'Made with data GunPoint_TRAIN.ts; now data of MNIST-1D.');
});

test('classes are counted and named by the data', () => {
  assert.equal(classesOf({ source: NAME }), 2);
  assert.equal(classesOf({}), 10);
  assert.deepEqual(classNames({ source: NAME }), ['0', '1']);
  rememberNames(NAME, ['gun', 'point']);
  assert.deepEqual(classNames({ source: NAME }), ['gun', 'point']);
  assert.match(describeData({ source: NAME }), /^data of your own: GunPoint_TRAIN\.ts \(2 classes, 150 numbers each/);
  /** @type {any} */ const spec = { hidden: 4, prune_biases: true, dataset: { source: NAME, final_seq_length: 150 } };
  assert.equal(sizesOf(spec)['linear3.weight'], 8);
  const bits = 4 * 150 + 16 + 8 + 4 + 4 + 2;
  assert.ok(isWhole(new Uint8Array(Math.ceil(bits / 8)), spec));
});

test('two files are a TRAIN and a TEST file, in whatever order they came', () => {
  const [train, other] = ['a_TRAIN.ts', 'a_TEST.ts'].map((name) => ({ name, bytes: new Uint8Array(1) }));
  assert.equal(wrongFiles([train, other]), '');
  assert.match(wrongFiles([train, train]), /one must be a TEST file/);
  assert.match(wrongFiles([train, other, other]), /these are 3/);
  for (const files of [[train, other], [other, train]]) {
    const args = prepareArgs(files, USUAL);
    assert.deepEqual([args.name, args.test_name], ['a_TRAIN.ts', 'a_TEST.ts']);
  }
  assert.equal(prepareArgs([other], USUAL).name, 'a_TEST.ts');
});
