// Figure: four models, on the data and on their shuffled twin, side by side.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { openerOf } from '../../files/results-opener.js';
import { PAUSED } from '../../lab/queued-task.js';
import { shipped } from '../../records/shipped.js';
import { describeRecords } from '../../records/summary-table.js';
import { ownOf } from '../../settings/own-source.js';
import { finderIn } from '../../ui/dom.js';
import { mountRunBar } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountComparisonTableChart } from '../charts/comparison-table.js';
import { mountLearningCurvesChart } from '../charts/learning-curves.js';
import { openedTrainings } from '../opened-results.js';
import { HUMAN, MODEL_SETTINGS } from '../published.js';
import { stepsOfPart } from '../training-run.js';
import { trainingSentence, trainingSources } from '../sentences.js';
import { mountWeightFiles } from './weights.js';

/** @typedef {import('../../settings/settings.js').Settings} Settings */
/** @typedef {import('../training-run.js').TrainingRun} TrainingRun */
/** @typedef {import('../../files/opened-results.js').OpenedResults} OpenedResults */
/** @typedef {import('../../lab/messages.js').Progress} Progress */

/**
 * Both charts and the table.
 * @param {(part: string) => HTMLElement} find @param {TrainingRun} training @param {OpenedResults} opened
 */
function mountCharts(find, training, opened) {
  const charts = [
    { chart: mountLearningCurvesChart(find('.accuracy'), { title: 'test accuracy, %', quantity: 'test_acc' }), human: HUMAN.plain },
    { chart: mountLearningCurvesChart(find('.learned'), { title: 'training accuracy, %', quantity: 'train_acc' }), human: null },
  ];
  const table = mountComparisonTableChart(find('.table'));
  return function update() {
    const { spec, beside: before, rows: live, step, scores, edited } = training;
    const files = openedTrainings(opened.all);
    const steps = Math.max(
      Number(spec?.steps ?? before?.spec.steps ?? MODEL_SETTINGS.steps),
      ...files.flatMap(({ rows }) => rows.map((row) => row.step)),
    );
    for (const { chart, human } of charts) {
      chart.update({ live, shipped: before?.rows ?? [], edited, opened: files, steps, human: spec?.dataset.source ? null : human });
    }
    table.update({
      live, step, peer: before?.peer ?? null, scores, edited, isOwn: Boolean(spec?.dataset.source),
      shipped: before && { rows: before.rows, steps: before.spec.steps },
    });
  };
}

/** @param {import('../training-run.js').RunSpec} spec @returns {number} steps of one pass over the training examples */
const stepsOfPass = ({ dataset, batch_size }) => {
  const examples = ownOf(dataset)?.train ?? (dataset.num_samples ?? 5000) * (dataset.train_split ?? 0.8);
  return Math.max(1, Math.round(examples / (batch_size ?? 100)));
};

/**
 * Train the run at hand up to a step.
 * @param {TrainingRun} training @param {number} until
 * @param {{signal: AbortSignal, onProgress: (progress: Progress) => void}} options a pause lets the parts
 *   at work end, a stop does not
 */
async function advance(training, until, { signal, onProgress }) {
  const hard = new AbortController();
  signal.addEventListener('abort', () => { if (signal.reason !== PAUSED) hard.abort(); });
  const began = performance.now();
  const { length: networks } = training.states;
  const doneBefore = training.step * networks;
  const all = networks * Number(training.spec?.steps);
  await training.advance(until, {
    soft: signal,
    hard: hard.signal,
    onProgress(done, total) {
      const left = ((performance.now() - began) / 1000) * ((total - done) / Math.max(1, done - doneBefore));
      onProgress({ done, total, records: [], current: [], fraction: done / all, left });
    },
  });
}

/**
 * The training that the settings ask for now, for the program that runs it at the desk.
 * @param {Settings} settings @returns {import('../../files/python-figures.js').Wanted}
 */
function trainingCode(settings) {
  const train = settings.args('train');
  return {
    figure: 'training', source: settings.source,
    settings: { ...train, eval_every: stepsOfPart(train.steps), dataset: settings.args('dataset') },
  };
}

/** @param {TrainingRun} training @param {Settings} settings @returns {boolean} whether the settings have changed since the run began */
function haveSettingsMoved({ spec }, settings) {
  const now = { ...settings.args('train'), dataset: settings.args('dataset') };
  return spec !== null && JSON.stringify(now) !== JSON.stringify(spec);
}

/**
 * @param {HTMLElement} node
 * @param {{training: TrainingRun, opened: OpenedResults, settings: Settings, lab: import('../../lab/lab.js').Lab}} shown
 */
function mountDownloads(node, { training, opened, settings, lab }) {
  mountFigureDownloads(node, { accuracy: '.accuracy', learned: '.learned' }, () => {
    const shown = training.spec ? training : training.shipped; // before a run, what came with the page
    return shown?.spec ? { name: 'training', spec: shown.spec, records: shown.rows } : null;
  }, {
    describe: () => describeRecords([
      { name: 'your run', records: training.rows }, { name: 'shipped', records: training.beside?.rows ?? [] },
      ...(training.edited ? [{ name: training.edited.name, records: training.edited.rows }] : []),
      ...opened.all,
    ]),
    code: { lab, wanted: () => trainingCode(settings) },
  });
}

/**
 * @param {HTMLElement} node @param {TrainingRun} training @param {import('../../lab/lab.js').Lab} lab @param {Settings} settings
 * @param {import('../../files/results-inbox.js').ResultsInbox} inbox
 */
export function mountTrainingFigure(node, training, lab, settings, inbox) {
  const find = finderIn(node);
  const controls = mountControls(find('.controls'), settings, 'train', find('.more .controls'));
  const opened = inbox.list('training');
  const updateCharts = mountCharts(find, training, opened);
  mountDownloads(node, { training, opened, settings, lab });
  mountWeightFiles(node, training, settings);
  node.append(openerOf(inbox, 'training', node.id));

  const showSources = () => {
    find('.source').textContent = trainingSources(training, haveSettingsMoved(training, settings));
  };
  function draw() {
    updateCharts();
    showSources();
    const { spec, shipped: before } = training;
    if (!before || spec) return; // the sentence is about the visitor's run
    const { steps } = before.spec;
    find('.finding').textContent = trainingSentence(before.rows.filter(({ step }) => step === steps), before.spec, steps);
  }

  const runner = mountRunBar(find('.runner'), {
    label: 'Train',
    once: 'One pass over the data',
    showError: (error) => controls.showError(error.message),
    drop: () => {},
    async run(signal, onProgress, again, once) {
      controls.showError('');
      const before = { spec: training.spec, states: training.states };
      if (!again) training.begin(settings.args('train'), settings.args('dataset'));
      const spec = /** @type {import('../training-run.js').RunSpec} */ (training.spec);
      const until = once ? Math.min(spec.steps, training.step + stepsOfPass(spec)) : spec.steps;
      try {
        await advance(training, until, {
          signal,
          onProgress(progress) {
            if (progress.done) find('.finding').textContent = ''; // it was about the last run
            onProgress(progress);
          },
        });
      } catch (error) {
        if (!training.rows.length) Object.assign(training, before); // it got nowhere: keep the last run
        draw();
        throw error;
      }
      find('.finding').textContent = trainingSentence(training.rows.filter(({ step }) => step === until), spec, until);
      draw();
      if (until < spec.steps) return PAUSED;
      lab.results.tell({ kind: 'training', spec, records: training.rows });
      return undefined;
    },
  });
  training.addEventListener('change', draw);
  training.addEventListener('score', draw);
  settings.addEventListener('change', showSources);
  opened.addEventListener('change', draw);
  shipped('models').then((file) => { if (file) training.setShipped(file); }).catch(() => {}); // then only the visitor's is shown
  draw();
  return runner;
}
