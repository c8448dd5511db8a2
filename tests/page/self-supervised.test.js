// The state of the figures of self-supervised learning: static/self-supervised.
import { inPython } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ContrastRun } from '../../static/self-supervised/contrast-run.js';
import { layerMeans, layerName, publishedPoints } from '../../static/self-supervised/layer-means.js';
import { COUNT, layerText, networkOf, rightOf, whichOf } from '../../static/self-supervised/neighbours.js';
import { layersSentence } from '../../static/self-supervised/sentences.js';
import { Settings } from '../../static/settings/settings.js';

const SMALL = { num_samples: 60, final_seq_length: 12 };
const CHOICE = { max_roll: 3, projector: 1, temperature: 0.5, epochs: 2, trials: 1, seed: 5 };
const OPTIONS = { signal: new AbortController().signal, onProgress() {} };

const ASK = `
import json, sys
from mnist1d_lab import jobs
json.dump(jobs.run(*json.load(sys.stdin)), sys.stdout, default=lambda value: value.tolist())
`;
const pythons = (job, args) => inPython(ASK, [job, { ...args, dataset: SMALL }]);

/** Runs jobs in Python; what it returns in bytes goes back as a list, which jobs take too. @param {string[]} asked collects them */
const runner = (asked) => async (job, args) => {
  asked.push(job);
  return pythons(job, args);
};

test('a run trains in parts and probes every layer; stopped, it goes on; asked again, it is there', async () => {
  const asked = [];
  const python = runner(asked);
  let left = 3; // jobs until it fails
  const run = new ContrastRun((...job) => {
    left -= 1;
    return left < 0 ? Promise.reject(new Error('lost')) : python(...job);
  });
  run.begin(CHOICE, {});
  await assert.rejects(run.finish(OPTIONS), /lost/);
  await new Promise((resolve) => { setTimeout(resolve, 10); });
  assert.ok(run.work.done > 0 && run.work.done < run.work.total);
  left = Infinity;
  run.begin(CHOICE, {});
  await run.finish(OPTIONS);
  assert.equal(asked.filter((job) => job === 'contrast').length, 2, 'two parts of a training');
  assert.equal(asked.filter((job) => job === 'probe').length, 5);
  assert.ok(Math.abs(run.work.done - run.work.total) < 1e-9);
  assert.deepEqual(run.losses.map(({ trial, epoch }) => [trial, epoch]), [[0, 1], [0, 2]]);
  const points = layerMeans(run.probes, 'linear_acc');
  assert.deepEqual(points.map(({ arm, layer, n }) => [arm, layer, n]), [0, 1, 2, 3, 4].map((layer) => ['projector 1', layer, 1]));
  assert.match(layersSentence(run.probes), /^A linear probe reads .* off the encoder’s last layer, .* of the projector’s output/);
  const before = asked.length;
  run.begin(CHOICE, {});
  await run.finish(OPTIONS);
  assert.equal(asked.length, before, 'all of it is kept');
  assert.deepEqual(whichOf(run), ['yours', 'untrained']);
  const near = pythons('neighbours', { ...networkOf(run, 'yours'), count: COUNT });
  assert.deepEqual(near.layers.map(layerText).slice(2), ['Convolution 2', 'Convolution 3: H', 'Projector, layer 1']);
  assert.equal(rightOf(near.layers[0], near.layers[0].labels[0]) >= 1, true);
  assert.equal(networkOf(run, 'untrained').epochs, 0);
});

test('networks are compared if nothing but projector, training and seed differs, by seed', async () => {
  const run = new ContrastRun(async (job, args) => (job === 'contrast' ?
    { epoch: args.epochs, state: [1], records: [] } :
    { records: [{ arm: `${args.projector} ${args.epochs}`, trial: 0, layer: args.layer, linear_acc: 1, knn_acc: 1 }] }));
  for (const change of [{}, { projector: 0 }, { epochs: 0 }, { max_roll: 4 }, { epochs: 7 }, {}]) {
    run.begin({ ...CHOICE, trials: 1, ...change }, SMALL);
    await run.finish(OPTIONS);
  }
  assert.deepEqual([...new Set(run.comparable.map(({ arm, trial }) => `${arm}: ${trial}`))], ['1 2: 5', '0 2: 5', '1 0: 5']);
});

test('a wrong number of trials, or what Python refuses, is said of its field', async () => {
  const run = new ContrastRun(runner([]));
  assert.throws(() => run.begin({ ...CHOICE, trials: 0 }, {}), /^Error: trials must be a whole number from 1 to 100, got 0$/);
});

test('what was published has its place by arm and layer', () => {
  const linear = publishedPoints('linear_acc');
  const at = (arm, layer) => linear.find((one) => one.arm === arm && one.layer === layer)?.value;
  assert.deepEqual([at('default', 0), at('default', 3), at('default', 5), at('none', 3), at('deep', 7), at('none', 4)], [32.8, 82.1, 75, 53.4, 61.1, undefined]);
  assert.deepEqual(publishedPoints('knn_acc').filter(({ layer }) => layer).map(({ arm, layer, value }) => [arm, layer, value]), [['default', 5, 74.1]]);
  assert.deepEqual([0, 3, 5].map(layerName), ['signal', 'conv 3', 'proj. 2']);
});

test('the settings go into an address and come back', () => {
  const settings = new Settings('?contrast.max_roll=4&contrast.projector=0&contrast.temperature=0.1');
  assert.deepEqual(settings.args('contrast'), { max_roll: 4, projector: 0, temperature: 0.1, epochs: 60, trials: 1, seed: 0 });
  assert.deepEqual(new Settings(`?${settings.hash()}`).args('contrast'), settings.args('contrast'));
});
