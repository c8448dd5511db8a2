// Figure 2: train one MLP and watch its curves.
// @ts-check
import { mountCurves } from '../charts/curves.js';
import { mountControls } from '../controls.js';
import { mountExport } from '../exchange.js';
import { mountRunner } from '../runner.js';
import { percent } from '../stats.js';

/** @typedef {import('../protocol.js').Measurement} Measurement */

const NOTABLE_GAP = 3; // points; with a thousand test examples less can be chance

/** @param {Measurement} last @param {any} spec @returns {string} what the run found, in a sentence */
function finding(last, spec) {
  if (!Number.isFinite(last.test_loss)) {
    return `The loss left the range of numbers: a learning rate of ${spec.learning_rate} is too high here.`;
  }
  const gap = Number(last.train_acc) - last.test_acc;
  return `After ${last.step} ${last.step === 1 ? 'step' : 'steps'} the network is right on ` +
    `${percent(last.test_acc)} of the test examples and on ${percent(Number(last.train_acc))} of ` +
    `those it was trained on: ${gap > NOTABLE_GAP
      ? `${gap.toFixed(1)} points are memory, not understanding.`
      : 'so far it does about as well on what it has not seen.'}`;
}

/**
 * @param {HTMLElement} node @param {import('../lab.js').Lab} lab
 * @param {import('../settings.js').Settings} settings
 */
export function mountTraining(node, lab, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const controls = mountControls(find('.controls'), settings, 'train');
  const color = 'var(--mlp)';
  const charts = [
    mountCurves(find('.accuracy'), {
      title: 'accuracy, %', train: 'train_acc', test: 'test_acc', domain: [0, 100], color,
    }),
    mountCurves(find('.loss'), { title: 'loss, nats', train: 'train_loss', test: 'test_loss', color }),
  ];
  /** @param {Measurement[]} records @param {number} steps */
  const draw = (records, steps) => charts.forEach((chart) => chart.update({ records, steps }));

  /** @type {import('../takeaway.js').Taken | null} */ let result = null;
  mountExport(node, { accuracy: '.accuracy', loss: '.loss' }, () => result);

  mountRunner(find('.runner'), {
    label: 'Train',
    complain: (error) => controls.complain(error.message),
    async run(signal, onProgress) {
      controls.complain('');
      const args = { ...settings.args('train'), dataset: settings.args('dataset') };
      const { spec, records } = await lab.run('train', args, {
        signal,
        onProgress(progress) {
          find('.finding').textContent = ''; // only now is there something newer
          draw(progress.records, progress.total);
          onProgress(progress);
        },
      });
      result = { name: 'training', spec, records };
      draw(records, spec.steps);
      find('.finding').textContent = finding(records.at(-1), spec);
    },
  });
  draw([], Number(settings.args('train').steps));
}
