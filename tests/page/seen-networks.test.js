// Which networks are looked into: static/models/seen-networks.js, with the files that come with the page.
import './environment.js';
import { fileText } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeenNetworks } from '../../static/models/seen-networks.js';
import { TrainingRun } from '../../static/models/training-run.js';
import { Settings } from '../../static/settings/settings.js';

/** With what is asked for. */
function mount(fetchFile = async (name) => JSON.parse(fileText(`static/results/${name}.json`))) {
  const [training, settings, asked] = [new TrainingRun(async () => ({})), new Settings(''), []];
  const networks = new SeenNetworks(training, settings, (name) => {
    asked.push(name);
    return fetchFile(name);
  });
  return { training, settings, networks, asked };
}

test('before any training those that came with the page are seen, each file asked for once and when it is needed', async () => {
  const { networks, asked } = mount();
  for (const condition of ['plain', 'plain', 'shuffled']) await networks.prepare(condition);
  assert.deepEqual(asked, ['inside', 'inside-shuffled']);
  for (const condition of ['plain', 'shuffled']) {
    const { model, weights, steps, dataset } = networks.args('gru', condition);
    assert.deepEqual([model, steps, dataset.shuffle_seq], ['gru', 6000, condition === 'shuffled']);
    assert.equal(atob(weights).length % 4, 0);
    assert.equal(networks.areUntrained(condition), false);
  }
  assert.notEqual(networks.args('cnn', 'plain').weights, networks.args('cnn', 'shuffled').weights);
  const told = /^These networks came with the page, trained on the published data: 6000 steps, seed 0\. .*logistic 31\.\d.%,.*CNN 9\d/;
  assert.match(networks.origin('plain'), told);
});

test('the visitor’s own training replaces them, and nothing more is fetched', async () => {
  const { training, settings, networks, asked } = mount();
  await networks.prepare('plain');
  training.begin({ ...settings.args('train'), steps: 40, seed: 5 }, settings.args('dataset'));
  await networks.prepare('shuffled');
  assert.deepEqual(asked, ['inside']);
  const begun = networks.args('mlp', 'shuffled');
  assert.deepEqual([begun.steps, begun.seed, begun.dataset.shuffle_seq, 'weights' in begun, 'state' in begun], [40, 5, true, false, false]);
  const own = training.states.find(({ model, condition }) => model === 'mlp' && condition === 'shuffled');
  Object.assign(own, { state: Uint8Array.of(1), step: 3 });
  assert.deepEqual(networks.args('mlp', 'shuffled').state, Uint8Array.of(1));
  assert.equal(networks.origin('plain'), 'Your networks, after 0 steps, seed 5.');
});

test('where they cannot be fetched, untrained ones of the settings are seen, and it is tried again', async () => {
  let there = false;
  const { networks, asked } = mount(async (name) => {
    if (!there) throw new Error('no network');
    return JSON.parse(fileText(`static/results/${name}.json`));
  });
  await networks.prepare('plain');
  assert.equal(networks.areUntrained('plain'), true);
  assert.equal('weights' in networks.args('cnn', 'plain'), false);
  assert.equal(networks.origin('plain'), 'Before any training: the first weights.');
  there = true;
  await networks.prepare('plain');
  assert.equal(asked.length, 2);
  assert.equal(networks.areUntrained('plain'), false);
});

test('a network from a file is seen among those of the same data, untrained ones else, until a run begins', async () => {
  const { training, settings, networks } = mount();
  await networks.prepare('plain');
  const weights = Uint8Array.of(1, 2);
  const spec = { ...settings.args('train'), model: 'mlp', depth: 3, seed: 4, steps: 70, dataset: settings.args('dataset') };
  training.open({ file: 'a.npz', spec, weights, test_acc: 61.25 });
  assert.equal(networks.args('mlp', 'plain').weights, weights);
  assert.equal(networks.args('mlp', 'plain').depth, 3);
  assert.equal(networks.args('cnn', 'plain').steps, 6000, 'of the same data: that came with the page');
  assert.equal(networks.args('mlp', 'shuffled').weights, undefined, 'which were not fetched');
  assert.match(networks.origin('plain'), /^From the file a\.npz: an MLP, inputs in order, 70 steps, seed 4, hidden layers 3: 61\.\d.% of the test/);
  training.open({ file: 'b.npz', spec: { ...spec, dataset: { ...spec.dataset, seed: 1 } }, weights, test_acc: 60 });
  const beside = networks.args('cnn', 'plain');
  assert.deepEqual([beside.dataset.seed, 'weights' in beside, 'depth' in beside], [1, false, false]);
  assert.equal(networks.areUntrained('plain'), false, 'they do not follow the settings of the data');
  training.begin({ ...settings.args('train'), steps: 40 }, settings.args('dataset'));
  assert.equal('weights' in networks.args('mlp', 'plain'), false);
});
