// Figure 3: find lottery tickets, beside random masks and the dense network.
// @ts-check
import { mountSparsity } from '../charts/sparsity.js';
import { element, mountControls } from '../controls.js';
import { mountRunner } from '../runner.js';
import { compared, meanWithError, percent, summarize } from '../stats.js';

/** @typedef {import('../protocol.js').Measurement} Measurement */
/** @typedef {import('../stats.js').Summary} Summary */

const TARGET = 0.9; // the sparsity the closing sentence is about

/** @param {Measurement[]} records @returns {{lottery: Summary, random: Summary, dense: Summary} | null} */
function atTarget(records) {
  const summaries = summarize(records);
  const dense = summaries.find(({ arm }) => arm === 'dense');
  const random = summaries
    .filter(({ arm, level }) => arm === 'random' && level > 0)
    .sort((a, b) => Math.abs(a.sparsity - TARGET) - Math.abs(b.sparsity - TARGET))[0];
  const lottery = summaries.find(({ arm, level }) => arm === 'lottery' && level === random?.level);
  return dense && random && lottery ? { dense, random, lottery } : null;
}

/** @param {Measurement[]} records @returns {string} what was found so far; '' if nothing yet */
function finding(records) {
  const found = atTarget(records);
  if (!found) return '';
  const { lottery, random, dense } = found;
  return `With ${percent(100 * lottery.sparsity)} of the weights deleted, the lottery ticket is right on ` +
    `${meanWithError(lottery)} of the test examples, a random mask of the same size on ` +
    `${meanWithError(random)}, and the dense network on ${meanWithError(dense)}: the ticket is ` +
    `${compared(lottery.mean - random.mean)} random and ${compared(lottery.mean - dense.mean)} dense.`;
}

/** @param {Measurement[]} records @param {any} spec @returns {string} what the sentence rests on */
function basis(records, spec) {
  const { trials, hidden, steps, seed, dataset } = spec;
  const found = atTarget(records);
  const n = found ? found.lottery.n : 0;
  return `${n === 1 ? 'One trial: an example, not yet evidence. Add trials for an interval.' : `Means ± standard error, n = ${n}.`} ` +
    `Hidden ${hidden}, ${steps} steps a network, seed ${trials > 1 ? `${seed}–${seed + trials - 1}` : seed}; ` +
    `noise ${dataset.corr_noise_scale}, shift ${dataset.max_translation}, resolution ${dataset.final_seq_length}.`;
}

/**
 * @param {HTMLElement} node @param {import('../lab.js').Lab} lab
 * @param {import('../settings.js').Settings} settings
 */
export function mountTickets(node, lab, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const controls = mountControls(find('.controls'), settings, 'lottery');
  const chart = mountSparsity(find('.chart'));

  mountRunner(find('.runner'), {
    label: 'Find lottery tickets',
    complain: (error) => controls.complain(error.message),
    async run(signal, onProgress) {
      controls.complain('');
      find('.finding').replaceChildren();
      const args = { ...settings.args('lottery'), dataset: settings.args('dataset') };
      /** @type {Measurement[]} */ let partial = [];
      try {
        const { spec, records } = await lab.run('lottery', args, {
          signal,
          onProgress(progress) {
            partial = progress.records;
            chart.update({ records: partial, current: progress.current });
            onProgress(progress);
          },
        });
        chart.update({ records, current: [] });
        find('.finding').replaceChildren(
          finding(records), element('small', { textContent: basis(records, spec) }),
        );
      } catch (error) {
        chart.update({ records: partial, current: [] }); // what was measured before the stop stays
        find('.finding').replaceChildren(partial.length ? `Stopped early. ${finding(partial)}` : '');
        throw error;
      }
    },
  });
  chart.update({ records: [], current: [] });
}
