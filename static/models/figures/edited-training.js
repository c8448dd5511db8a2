// Training with somebody's own code in it: a network in place of the MLP, another optimiser, a last stage of the data. What it
// finds is a curve of its own in the figure's charts, a row of its table, and says that it is edited.
// @ts-check
import { mountCodeSection } from '../../editor/code-section.js';
import { costOf } from '../../editor/cost.js';
import { exportButtons } from '../../editor/export-buttons.js';
import { readAddress } from '../../settings/address-bar.js';
import { Settings } from '../../settings/settings.js';
import { checkTrials } from '../../settings/trials.js';
import { finderIn } from '../../ui/dom.js';
import { CONDITIONS, settingsOf } from '../training-run.js';

/** @typedef {import('../../editor/export-buttons.js').EditedResult} EditedResult */
/** @typedef {import('../../settings/settings.js').Settings} PageSettings */
/** @typedef {import('../training-run.js').Row} Row */

const JOB = 'train';
/** @type {Record<string, string>} */
const HOOKS = { model: 'network', optimizer: 'optimiser', stage: 'last stage of the data' };
const MEASURED = 24; // times a training, as the page's own

const WORDS = { ours: 'This is what runs for the MLP now.', does: 'The MLP trains with it, on inputs in order and shuffled,' };

/** The trainings of a run: each trial with inputs in order and shuffled. @param {PageSettings} settings */
function trainings(settings) {
  const { trials, ...train } = settings.args('train');
  checkTrials(trials);
  const dataset = settings.args('dataset');
  const all = Array.from({ length: trials }, (_, trial) => CONDITIONS.map((condition) => ({
    condition, trial,
    args: {
      ...settingsOf('mlp', train), model: 'mlp', seed: train.seed + trial, eval_every: Math.max(1, Math.ceil(train.steps / MEASURED)),
      dataset: { ...dataset, shuffle_seq: condition === 'shuffled' },
    },
  }))).flat();
  return { all, spec: { ...train, trials, dataset }, steps: train.steps };
}

/** @param {any} spec of a run @returns {string} the hash of an address that sets it */
function hashOf({ dataset, ...train }) {
  const own = new Settings('');
  own.take('dataset', dataset);
  own.take('train', train);
  return own.hash();
}

/**
 * @param {HTMLElement} figure
 * @param {object} parts
 * @param {import('../../lab/lab.js').Lab} parts.lab
 * @param {PageSettings} parts.settings
 * @param {import('../training-run.js').TrainingRun} parts.training gets what is found
 * @param {string | null} parts.code of the address
 * @param {() => void} parts.forgetCode
 */
export function mountEditedTraining(figure, { lab, settings, training, code, forgetCode }) {
  /** @type {EditedResult | null} */ let found = null;

  /** @param {EditedResult | null} result as far as it is there */
  function show(result) {
    found = result;
    const rows = /** @type {Row[]} */ (/** @type {unknown} */ (result?.records ?? []));
    training.setEdited(result && { name: `edited ${result.edited}`, rows });
  }
  const section = mountCodeSection(finderIn(figure)('.table'), {
    lab, settings, job: JOB, hooks: HOOKS,
    cost: (edits) => costOf(edits, HOOKS, WORDS),
    ours: () => ({}),
    beside: exportButtons(() => found, { job: JOB, name: 'training', hashOf }),
    onDecided: forgetCode,
    back: () => show(null),
    async run(sandbox, edits, { onProgress, ...options }) {
      const { all, spec, steps } = trainings(settings);
      /** @type {Record<string, any>[]} */ const done = [];
      for (const [index, { args, condition, trial }] of all.entries()) {
        const labelled = (/** @type {Record<string, any>[]} */ records) => records.map((row) => ({ ...row, condition, trial }));
        let shown = 0;
        const result = await sandbox.run(JOB, args, {
          ...options, edits,
          onProgress(progress) {
            const { records } = progress;
            if (records.length > shown && records[0].edited) show({ spec, records: [...done, ...labelled(records)], edits, edited: records[0].edited });
            shown = records.length;
            onProgress({ ...progress, done: index * steps + progress.done, total: all.length * steps });
          },
        });
        done.push(...labelled(result.records));
        show({ spec, records: [...done], edits, edited: result.edited });
      }
    },
  });
  section.offerLink(code);
  addEventListener('popstate', () => section.offerLink(readAddress(location).code));
}
