// What is told of something that was made with other settings than those of now.
import './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PRESETS } from '../../static/from-python.js';
import { describeDifference, describeUnusual, describeWhatDiffers } from '../../static/settings/made-with.js';
import { specHash } from '../../static/records/hash.js';
import { limitsOf } from '../../static/settings/limits.js';
import { Settings } from '../../static/settings/settings.js';
import { SETTINGS } from '../../static/settings/table.js';

const usual = () => new Settings('');
const set = (settings, group, name, value) =>
  settings.set(SETTINGS.find((one) => one.group === group && one.name === name), value);

test('nothing is told of what was made with the settings of now', () => {
  const settings = usual();
  const { spec } = PRESETS.quick;
  assert.equal(describeDifference(settings, { dataset: settings.args('dataset'), lottery: spec }), '');
});

test('how often something is repeated makes no difference', () => {
  const settings = usual();
  const made = { lottery: { ...PRESETS.quick.spec } };
  set(settings, 'lottery', 'trials', 7);
  set(settings, 'lottery', 'seed', 11);
  assert.equal(describeDifference(settings, made), '');
});

test('each setting of the data is told, then and now', () => {
  for (const setting of SETTINGS.filter(({ group, kind }) => group === 'dataset' && !['drawing', 'own'].includes(kind))) {
    const settings = usual();
    const made = settings.args('dataset');
    settings.set(setting, setting.options ? setting.options.at(-1).value : limitsOf(setting).low);
    const told = describeDifference(settings, { dataset: made });
    assert.match(told, /^Made with .+; now .+\.$/, setting.name);
    assert.ok(told.toLowerCase().includes(setting.label.toLowerCase()), told);
  }
});

test('the sentence has the values', () => {
  const settings = usual();
  const made = settings.args('dataset');
  set(settings, 'dataset', 'corr_noise_scale', 0.8);
  assert.equal(describeDifference(settings, { dataset: made }), 'Made with noise 0.25; now noise 0.8.');
});

test('drawn digits are told, also of a spec that says nothing of them', () => {
  const settings = usual();
  const { templates, ...made } = settings.args('dataset');
  set(settings, 'dataset', 'templates', '1:1,2,3');
  assert.equal(describeDifference(settings, { dataset: made }), 'Made with the published digits; now drawn digits.');
});

test('of many differences three are named', () => {
  const settings = usual();
  const made = settings.args('dataset');
  for (const name of ['corr_noise_scale', 'iid_noise_scale', 'scale_coeff', 'shear_scale', 'seed']) set(settings, 'dataset', name, 0.5);
  assert.match(describeDifference(settings, { dataset: made }), /and 2 more\.$/);
});

test('a name says what is different, and nothing of what is not', () => {
  const settings = usual();
  const made = settings.args('dataset');
  assert.equal(describeWhatDiffers(settings, { dataset: made }), '');
  set(settings, 'dataset', 'max_translation', 10);
  assert.equal(describeWhatDiffers(settings, { dataset: made }), 'shift 48');
});

test('what an older spec leaves out was as it always was, and only what counts is told', () => {
  const settings = usual();
  const made = { train: { steps: 2000, learning_rate: 0.01, hidden: 100 } };
  assert.equal(describeDifference(settings, made), '');
  set(settings, 'train', 'momentum', 0.5); // Adam has none
  assert.equal(describeDifference(settings, made), '');
  assert.equal('momentum' in settings.args('train'), false);
  set(settings, 'train', 'optimizer', 'momentum');
  set(settings, 'train', 'depth', 3);
  assert.equal(describeDifference(settings, made),
    'Made with optimiser Adam, momentum 0.9, hidden layers 2; now optimiser SGD with momentum, momentum 0.5, hidden layers 3.');
  assert.equal(describeUnusual('train', settings.args('train')), ', optimiser SGD with momentum, momentum 0.5, hidden layers 3');
  assert.equal(describeUnusual('train', usual().args('train')), '');
  assert.equal(describeUnusual('lottery', PRESETS.paper.spec), '');
});

test('later settings at their default are in no link and change no hash', () => {
  assert.equal(usual().search(), '');
  const settings = usual();
  set(settings, 'lottery', 'weight_decay', 0.01);
  assert.equal(settings.search(), '?lottery.weight_decay=0.01');
  assert.equal(new Settings(settings.search()).args('lottery').weight_decay, 0.01);
  const { spec } = PRESETS.quick;
  const older = Object.fromEntries(Object.entries(spec).filter(([name]) => !['optimizer', 'momentum', 'weight_decay', 'init',
    'batch_order', 'label_noise', 'depth'].includes(name)));
  assert.equal(Object.keys(spec).length - Object.keys(older).length, 7);
  assert.equal(specHash(spec), specHash(older));
  assert.notEqual(specHash({ ...spec, depth: 3 }), specHash(older));
});
