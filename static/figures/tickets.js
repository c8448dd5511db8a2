// Figure 3: find lottery tickets, beside random masks and the dense network.
// @ts-check
import { mountSparsity } from '../charts/sparsity.js';
import { element, mountControls } from '../controls.js';
import { mountRunner } from '../runner.js';
import { compared, meanWithError, percent, summarize } from '../stats.js';

/** @typedef {import('../protocol.js').Measurement} Measurement */
/** @typedef {import('../stats.js').Summary} Summary */

const TARGET = 0.9; // the sparsity the closing sentence is about

/**
 * The three arms at the level nearest the target, over the trials that have got there.
 * @param {Measurement[]} records @returns {{lottery: Summary, random: Summary, dense: Summary} | null}
 */
function atTarget(records) {
  const distance = (/** @type {Measurement} */ { sparsity }) => Math.abs(sparsity - TARGET);
  const reached = records.filter(({ arm, level }) => arm === 'random' && level > 0);
  const level = reached.sort((a, b) => distance(a) - distance(b))[0]?.level;
  const trials = new Set(reached.filter((row) => row.level === level).map(({ trial }) => trial));
  const summaries = summarize(records.filter(({ trial }) => trials.has(trial)));
  const find = (/** @type {string} */ arm, /** @type {number} */ at) =>
    summaries.find((row) => row.arm === arm && row.level === at);
  const [lottery, random, dense] = [find('lottery', level), find('random', level), find('dense', 0)];
  return lottery && random && dense ? { lottery, random, dense } : null;
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

/** @param {Measurement[]} records @returns {string} how much the sentence rests on; '' if on nothing */
function basis(records) {
  const n = atTarget(records)?.lottery.n;
  if (!n) return '';
  return n > 1 ? `Means ± standard error, n = ${n} trials.` :
    'One trial: an example, not yet evidence. Add trials for an interval.';
}

/** @param {any} spec @returns {string} what was run */
function settingsOf({ trials, hidden, steps, seed, dataset }) {
  const seeds = trials > 1 ? `seeds ${seed} to ${seed + trials - 1}` : `seed ${seed}`;
  return `Hidden ${hidden}, ${steps} steps a network, ${seeds}; noise ${dataset.corr_noise_scale}, ` +
    `shift ${dataset.max_translation}, resolution ${dataset.final_seq_length}.`;
}

/**
 * @param {HTMLElement} node @param {import('../lab.js').Lab} lab
 * @param {import('../settings.js').Settings} settings
 */
export function mountTickets(node, lab, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const controls = mountControls(find('.controls'), settings, 'lottery');
  const chart = mountSparsity(find('.chart'));

  /** @param {Measurement[]} records @param {string} before @param {string} after */
  const conclude = (records, before, after) => {
    chart.update({ records, current: [] });
    find('.finding').replaceChildren(
      `${before}${finding(records)}`,
      element('small', { textContent: `${basis(records)} ${after}` }),
    );
  };

  mountRunner(find('.runner'), {
    label: 'Find lottery tickets',
    complain: (error) => controls.complain(error.message),
    async run(signal, onProgress) {
      controls.complain('');
      const args = { ...settings.args('lottery'), dataset: settings.args('dataset') };
      /** @type {Measurement[] | null} */ let partial = null;
      try {
        const { spec, records } = await lab.run('lottery', args, {
          signal,
          onProgress(progress) {
            if (!partial) find('.finding').replaceChildren(); // only now is there something newer
            partial = progress.records;
            chart.update({ records: partial, current: progress.current });
            onProgress(progress);
          },
        });
        conclude(records, '', settingsOf(spec));
      } catch (error) {
        // What was measured before the stop stays; before a first measurement, so does the last run.
        if (partial) conclude(partial, 'Stopped early. ', '');
        throw error;
      }
    },
  });
  chart.update({ records: [], current: [] });
}
