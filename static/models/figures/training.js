// Figure 2: four models, on the data and on their shuffled twin, side by side.
// @ts-check
import { PAUSED } from '../../lab/queued-task.js';
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { formatMeanPercent, formatPercent, formatMean, formatSigned } from '../../records/format.js';
import { shipped } from '../../records/shipped.js';
import { interval, mean } from '../../records/stats.js';
import { describeRecords } from '../../records/summary-table.js';
import { mountRunner } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountComparison } from '../charts/comparison-table.js';
import { NAMES, mountLearningCurvesChart } from '../charts/learning-curves.js';
import { HUMAN, MODEL_SETTINGS } from '../published.js';
import { MODELS } from '../training-run.js';

/** @typedef {import('../training-run.js').Row} Row */

const NOTABLE_GAP = 3; // points; with a thousand test examples less can be chance

/** @param {Row[]} rows @param {string} arm @param {string} [condition] @returns {Row[]} */
const of = (rows, arm, condition = 'plain') =>
  rows.filter((row) => row.arm === arm && row.condition === condition);

/** @param {Row[]} rows at the last step @param {any} spec @param {number} step @returns {string} in sentences */
function finding(rows, spec, step) {
  const lost = MODELS.filter((arm) => rows.some((row) => row.arm === arm && !Number.isFinite(row.test_loss)));
  if (lost.length) {
    return `The loss of ${lost.map((arm) => NAMES[arm]).join(', ')} left the range of numbers: ` +
      `a learning rate of ${spec.learning_rate} is too high here.`;
  }
  const test = (/** @type {string} */ arm, condition = 'plain') =>
    interval(of(rows, arm, condition).map(({ test_acc }) => test_acc));
  const learned = mean(of(rows, 'mlp').map(({ train_acc }) => train_acc));
  const gap = learned - test('mlp').mean;
  const prior = test('cnn').mean - test('mlp').mean;
  const without = test('cnn', 'shuffled').mean - test('mlp', 'shuffled').mean;
  return `After ${step} ${step === 1 ? 'step' : 'steps'} the CNN is right on ${formatMeanPercent(test('cnn'))} of the test ` +
    `examples, ${formatSigned(prior)} points to the MLP; with shuffled inputs the difference is ${formatSigned(without)}. ` +
    `The MLP gets ${formatPercent(test('mlp').mean)} of the test examples right and ${formatPercent(learned)} of those it was trained on: ` +
    `${gap > NOTABLE_GAP ? `${gap.toFixed(1)} points are memory, not understanding.` :
      'so far it does about as well on what it has not seen.'}`;
}

/** @param {any} spec @returns {string} what was run */
const ran = ({ steps, learning_rate, seed, trials, dataset }) =>
  `Your run: ${steps} steps${steps === MODEL_SETTINGS.steps ? '' : ` (published: ${MODEL_SETTINGS.steps})`}, learning rate ${learning_rate}, seed ${seed}, n = ${trials}; noise ${dataset.corr_noise_scale}, ` +
  `shift ${dataset.max_translation}, resolution ${dataset.final_seq_length}.`;

/**
 * @param {HTMLElement} node @param {import('../training-run.js').TrainingRun} training
 * @param {import('../../settings/settings.js').Settings} settings
 */
export function mountTrainingFigure(node, training, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const controls = mountControls(find('.controls'), settings, 'train');
  const charts = [
    { chart: mountLearningCurvesChart(find('.accuracy'), { title: 'test accuracy, %', quantity: 'test_acc' }), human: HUMAN.plain },
    { chart: mountLearningCurvesChart(find('.learned'), { title: 'training accuracy, %', quantity: 'train_acc' }), human: null },
  ];
  const table = mountComparison(find('.table'));
  mountFigureDownloads(node, { accuracy: '.accuracy', learned: '.learned' }, () => training.spec && {
    name: 'training', spec: training.spec, records: training.rows,
  }, {
    describe: () => describeRecords([
      { name: 'your run', records: training.rows }, { name: 'shipped', records: training.shipped?.rows ?? [] },
    ]),
  });

  /** @returns {boolean} whether the sliders have moved since the run began */
  function moved() {
    const now = { ...settings.args('train'), dataset: settings.args('dataset') };
    return training.spec !== null && JSON.stringify(now) !== JSON.stringify({ ...training.spec });
  }
  function tell() {
    const came = training.shipped;
    const parts = [
      training.spec ? ran(training.spec) : '',
      training.spec && moved() ? 'Settings changed since then hold from the next start on.' : '',
      came ? `${training.spec ? 'Thin' : 'Drawn now'}: ${came.seeds.length} seeds on the published data, ${came.spec.steps} steps, ` +
        `computed beforehand by this code.${training.spec ? '' : ' Train to draw a run of yours on top.'}` : '',
    ];
    find('.source').textContent = parts.filter(Boolean).join(' ');
  }
  function draw() {
    const came = training.shipped;
    const live = training.rows;
    const steps = Number(training.spec?.steps ?? came?.spec.steps ?? MODEL_SETTINGS.steps);
    const before = came?.rows ?? [];
    for (const { chart, human } of charts) chart.update({ live, shipped: before, steps, human });
    table.update({
      live, step: training.step, peer: came?.peer ?? null, scores: training.scores,
      shipped: came && { rows: before, steps: came.spec.steps },
    });
    tell();
    if (came && !training.spec) { // nothing of the visitor's yet
      find('.finding').textContent = finding(before.filter(({ step }) => step === came.spec.steps), came.spec, came.spec.steps);
    }
  }

  const runner = mountRunner(find('.runner'), {
    label: 'Train',
    once: 'One pass over the data',
    showError: (error) => controls.showError(error.message),
    drop: () => {},
    async run(signal, onProgress, again, once) {
      controls.showError('');
      const { spec: before, states } = training;
      if (!again) training.begin(/** @type {any} */ (settings.args('train')), settings.args('dataset'));
      const spec = /** @type {Record<string, any>} */ (training.spec);
      const hard = new AbortController();
      signal.addEventListener('abort', () => { if (signal.reason !== PAUSED) hard.abort(); });
      const first = training.step;
      const began = performance.now();
      const count = spec.dataset.num_samples ?? 5000;
      const pass = Math.max(1, Math.round((count * (spec.dataset.train_split ?? 0.8)) / (spec.batch_size ?? 100)));
      const until = once ? Math.min(spec.steps, first + pass) : spec.steps;
      try {
        await training.advance(until, {
          soft: signal,
          hard: hard.signal,
          onProgress(done, total) {
            if (done) find('.finding').textContent = ''; // only now is there something newer
            const fresh = first * training.states.length;
            const left = ((performance.now() - began) / 1000) * ((total - done) / Math.max(1, done - fresh));
            onProgress({ done, total, records: [], current: [], fraction: done / (training.states.length * spec.steps), left });
          },
        });
      } catch (error) {
        // A run that did not get anywhere does not take the place of the last one.
        if (!training.rows.length) Object.assign(training, { spec: before, states });
        draw();
        throw error;
      }
      const last = training.rows.filter(({ step }) => step === until);
      find('.finding').textContent = finding(last, spec, until);
      draw();
      return until < spec.steps ? PAUSED : undefined;
    },
  });
  training.addEventListener('change', draw);
  training.addEventListener('score', draw);
  settings.addEventListener('change', tell);
  shipped('models').then((file) => { if (file) training.setShipped(file); }).catch(() => {}); // then there is none to see
  draw();
  return runner;
}
