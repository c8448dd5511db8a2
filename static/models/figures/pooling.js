// Figure: when pooling helps. Five CNNs over the size of the training set, with equal steps or equal epochs.
// @ts-check
import { POOLING, POOLING_BUDGETS, PUBLISHED_POOLING } from '../../from-python.js';
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { formatCount, formatDifference, formatMean } from '../../records/format.js';
import { shipped } from '../../records/shipped.js';
import { SETTINGS } from '../../settings/table.js';
import { finderIn } from '../../ui/dom.js';
import { mountRunBar } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountStaleNote, startIn } from '../../ui/stale-note.js';
import { mountPoolingChart } from '../charts/pooling-curves.js';
import { POOLING_NAMES, PoolingResults, SIZES, budgetOf, meansOf } from '../pooling-run.js';
import { judge, judgedLeads, poolingSentence, poolingSource } from '../pooling-sentences.js';
import { Sweep } from '../sweep-run.js';

/** @typedef {import('../pooling-run.js').PoolingRow} PoolingRow */
/** @typedef {import('../pooling-run.js').Protocol} Protocol */

/**
 * Ours beside what was published, and the claim under both protocols.
 * @param {PoolingRow[]} rows of the protocol that is shown @param {Protocol} protocol @param {PoolingResults} results
 * @returns {import('../../records/types.js').TextAlternative | null}
 */
function describe(rows, protocol, results) {
  if (!rows.length) return null;
  const points = meansOf(rows);
  const accuracies = SIZES.flatMap((size, i) => POOLING.flatMap((arm) => {
    const mean = points.find((one) => one.arm === arm && one.value === size);
    const stored = /** @type {Record<string, number[]>} */ (PUBLISHED_POOLING)[arm][i];
    return mean ? [[formatCount(size), POOLING_NAMES[arm], formatMean(mean), String(mean.n), stored.toFixed(1)]] : [];
  }));
  const judged = (/** @type {Protocol[]} */ (['steps', 'epochs'])).flatMap((one) => judgedLeads(results.shown(one).rows).map((lead) => [
    `equal ${one}, ${formatCount(lead.value)}`, formatDifference(lead, 2), String(lead.n), judge(lead),
  ]));
  return {
    sentence: 'Test accuracy of five CNNs by the size of the training set, in percent, beside what was published.',
    tables: [
      { caption: `Test accuracy, equal ${protocol}; published: 6000 steps, one run.`, head: ['Examples', 'Network', 'Here, %', 'n', 'Published, %'], rows: accuracies },
      { caption: 'Max pooling minus no pooling, in points. The claim: pooling hinders with many examples.', head: ['Protocol, examples', 'Lead', 'n', 'The claim'], rows: judged },
    ],
  };
}

/** @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {import('../../settings/settings.js').Settings} settings */
export function mountPoolingFigure(node, lab, settings) {
  const find = finderIn(node);
  const sweep = new Sweep((...job) => lab.run(...job)); // a script may have wrapped it
  const results = new PoolingResults(sweep);
  const chart = mountPoolingChart(find('.accuracies'), find('.leads'));
  const controls = mountControls(find('.controls'), settings, 'pooling');
  const equal = /** @type {import('../../settings/table.js').Setting} */ (SETTINGS.find(({ group, name }) => group === 'pooling' && name === 'equal'));
  const protocol = () => /** @type {Protocol} */ (settings.get(equal));
  const wanted = () => ({ ...settings.args('pooling'), dataset: settings.generatorArgs() });
  const now = () => results.shown(protocol());

  const compare = mountStaleNote(node, settings, () => {
    const { spec, rows } = now();
    const { num_samples: _, train_split: __, seed: ___, ...dataset } = spec?.dataset ?? results.shipped?.spec.dataset ?? {};
    return rows.length ? { dataset, ...(spec && { pooling: spec }) } : null; // what was shipped trained longer
  }, startIn(node));

  function draw() {
    compare();
    const { rows, spec } = now();
    const budget = spec ? budgetOf(spec) : POOLING_BUDGETS[protocol()];
    chart.update({ rows, published: protocol() === 'steps' });
    const other = protocol() === 'steps' ? 'epochs' : 'steps';
    const beside = spec ? '' : poolingSentence(results.shown(other).rows, other, POOLING_BUDGETS[other]);
    find('.finding').textContent = [poolingSentence(rows, protocol(), budget), beside].filter(Boolean).join(' ');
    find('.source').textContent = poolingSource(spec, rows, protocol());
  }

  mountFigureDownloads(node, { pooling: '.accuracies', leads: '.leads' }, () => {
    const spec = results.specOf(protocol());
    return spec && { name: `pooling-equal-${protocol()}`, spec, records: now().rows };
  }, {
    describe: () => describe(now().rows, protocol(), results),
    code: { lab, wanted: () => ({ figure: 'pooling', settings: wanted() }) },
  });
  mountRunBar(find('.runner'), {
    label: 'Compare',
    stopped: () => 'Stopped. What is finished is kept: starting again goes on from there.',
    showError: (error) => controls.showError(error.message),
    async run(signal, onProgress) {
      controls.showError('');
      const plan = results.begin(wanted());
      try {
        await sweep.finish(plan, {
          signal,
          onProgress(done, total) {
            draw();
            onProgress({ done, total, records: [], current: [] });
          },
        });
      } finally {
        draw();
      }
    },
  });
  shipped('pooling').then((file) => {
    if (!file) return;
    results.setShipped(file);
    draw();
  }).catch(() => {}); // then only the visitor's is shown
  settings.addEventListener('change', draw);
  draw();
}
