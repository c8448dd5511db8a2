// The page draws what Python draws, without Python: static/dataset/example-draws.js, digit-parts.js,
// parts-cache.js. Beside the package's own jobs.
import { jobResults, randomFrom } from './environment.js';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digitSignals } from '../../static/dataset/digit-signals.js';
import { PartsCache } from '../../static/dataset/parts-cache.js';
import { Settings } from '../../static/settings/settings.js';
import { SETTINGS } from '../../static/settings/table.js';

const CLOSE = 1e-12;
const PUBLISHED = new Settings('').args('dataset');
const POINTS = Array.from({ length: 12 }, (_, i) => Math.sin(i) / 2);
const noLab = { run: () => assert.fail('Python was asked') };

/** The largest difference of two lists of numbers. */
function difference(ours, theirs) {
  assert.equal(ours.length, theirs.length);
  return ours.reduce((worst, value, i) => Math.max(worst, Math.abs(value - theirs[i])), 0);
}

/** Settings within the page's ranges, from a seed; few examples, so that Python is not slow. */
function drawSpecs(seed, count) {
  const random = randomFrom(seed);
  const whole = (low, high) => low + Math.floor(random() * (high - low + 1));
  return Array.from({ length: count }, () => {
    const [template, most] = [whole(2, 48), whole(0, 108)];
    const shuffled = random() < 0.3;
    return {
      num_samples: whole(10, 400), train_split: random(), template_len: template, padding: [whole(0, most), most],
      scale_coeff: 2 * random(), max_translation: whole(1, Math.min(template + most, 72)), corr_noise_scale: random(),
      iid_noise_scale: random() / 2, shear_scale: 2 * random(), shuffle_seq: shuffled,
      final_seq_length: whole(8, 72), seed: whole(0, 2 ** 32 - 1),
      templates: random() < 0.3 ? `3:${POINTS.join(',')};0:${Array(12).fill(0).join(',')}` : '',
    };
  });
}

test('for every shift the ten digits are those of Python’s job `digits`, before Python is there', () => {
  const { min, max } = SETTINGS.find(({ name }) => name === 'max_translation');
  const specs = Array.from({ length: max - min + 1 }, (_, i) => ({ ...PUBLISHED, max_translation: min + i }));
  assert.equal(specs.length, 72);
  const cache = new PartsCache(noLab);
  for (const [i, { x, t }] of jobResults(specs.map((spec) => ['digits', spec])).entries()) {
    const ours = digitSignals(cache.get(specs[i]), specs[i]);
    // The job centres all examples and divides them by their deviation: one number, and one for all.
    const deviation = (5 / 6) / t.at(-1);
    const raw = x.map((value) => value * deviation);
    const mean = ours[0] - raw[0];
    assert.ok(difference(ours, raw.map((value) => value + mean)) <= CLOSE, `shift ${specs[i].max_translation}`);
  }
});

test('for settings of all kinds the parts are those of Python’s job `parts`, each number within 1e-12', () => {
  const specs = [PUBLISHED, { ...PUBLISHED, shuffle_seq: true, num_samples: 5009 }, ...drawSpecs(1, 80)];
  const cache = new PartsCache(noLab);
  for (const [i, theirs] of jobResults(specs.map((spec) => ['parts', spec])).entries()) {
    const ours = cache.get(specs[i]);
    const said = JSON.stringify(specs[i]);
    assert.deepEqual(Object.keys(ours).sort(), Object.keys(theirs).sort());
    assert.equal(ours.length, theirs.length);
    for (const name of ['signal', 'corr', 'iid', 'scale', 'shear', 'positions', 'template']) {
      assert.ok(difference(ours[name], theirs[name]) <= CLOSE, `${name} of ${said}`);
    }
    assert.deepEqual([...ours.signal].map((value) => value === 0), theirs.signal.map((value) => value === 0), said); // padding
  }
});

test('the numbers of a seed do not depend on what was drawn before', () => {
  const cache = new PartsCache(noLab);
  const specs = [...drawSpecs(2, 10), PUBLISHED];
  const first = specs.map((spec) => cache.get(spec));
  for (const [i, spec] of specs.entries()) assert.deepEqual(new PartsCache(noLab).get(spec), first[i]);
});

test('what Python would refuse, or what takes long, is left to Python', () => {
  const cache = new PartsCache(noLab);
  const changes = [
    { num_samples: 9 }, { num_samples: 10.5 }, { num_samples: 100_000 }, { num_samples: NaN }, { seed: -1 },
    { seed: 2 ** 32 }, { seed: 0.5 }, { max_translation: 0 }, { max_translation: 73 }, { padding: [61, 60] },
    { padding: [-1, 60] }, { template_len: 0 }, { final_seq_length: 1 }, { final_seq_length: 8.5 },
    { corr_noise_scale: -0.1 }, { iid_noise_scale: NaN }, { train_split: 1.1 }, { templates: '3:1,2' },
  ];
  for (const change of changes) assert.equal(cache.get({ ...PUBLISHED, ...change }), undefined, JSON.stringify(change));
  assert.ok(cache.get(PUBLISHED));
});

test('what Python has answered is used for the settings that it was asked about, and no others', async () => {
  const answer = { length: 2 };
  const cache = new PartsCache({ run: async (job, args) => (assert.equal(job, 'parts'), args(), answer) });
  const large = { ...PUBLISHED, num_samples: 100_000 };
  await cache.ask(() => large);
  assert.equal(cache.get(large), answer);
  assert.equal(cache.get({ ...large, corr_noise_scale: 0.5 }), answer); // a scale is no part
  assert.equal(cache.get({ ...large, corr_noise_scale: -1 }), undefined);
  assert.equal(cache.get({ ...large, templates: `1:${Array(12).fill(1)}` }), undefined);
  assert.equal(cache.get({ ...large, seed: 1 }), undefined);
});
