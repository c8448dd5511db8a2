// Figure: when convolution helps. One setting of the data moved through its range, four models at each value.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { openerOf } from '../../files/results-opener.js';
import { shipped } from '../../records/shipped.js';
import { extent } from '../../records/stats.js';
import { describeRecords } from '../../records/summary-table.js';
import { SETTINGS } from '../../settings/table.js';
import { finderIn } from '../../ui/dom.js';
import { mountChoice } from '../../ui/inputs.js';
import { mountRunBar } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountStaleNote, startIn } from '../../ui/stale-note.js';
import { mountSweepChart } from '../charts/sweep-curves.js';
import { openedSweeps } from '../opened-results.js';
import { sweepSentence } from '../sentences.js';
import { SWEEPS, Sweep, SweepResults, gapsOf } from '../sweep-run.js';

/** @typedef {import('../../files/opened-results.js').OpenedResults} OpenedResults */

/**
 * @param {HTMLElement} node
 * @param {{results: SweepResults, files: OpenedResults, settings: import('../../settings/settings.js').Settings,
 *   lab: import('../../lab/lab.js').Lab}} shown
 */
function mountDownloads(node, { results, files, settings, lab }) {
  mountFigureDownloads(node, { sweep: '.swept', gap: '.gap' }, () => {
    const { rows, spec } = results.shown;
    return spec ? { name: `sweep-${results.about.label}`, spec, records: rows } : null;
  }, {
    describe: () => {
      const { rows, own } = results.shown;
      const here = { name: files.all.length ? (own ? 'your sweep' : 'shipped') : '', records: rows };
      return rows.length || files.all.length ? describeRecords([here, ...openedSweeps(files.all, results.field)]) : null;
    },
    code: {
      lab,
      wanted: () => ({
        figure: 'sweep',
        settings: { field: results.field, values: results.about.values, ...settings.args('sweep'), dataset: settings.generatorArgs() },
      }),
    },
  });
}

/**
 * Draw what is opened; a new file chooses the setting that it moves.
 * @param {{files: OpenedResults, results: SweepResults, choice: {choose: (field: string) => void}, draw: () => void}} shown
 * @returns {() => void} draws it now
 */
function followFiles({ files, results, choice, draw }) {
  let known = 0; // files
  const follow = () => {
    const newest = files.all.length > known ? files.all.at(-1)?.records ?? [] : [];
    if (newest.length && !newest.some(({ field }) => field === results.field)) {
      results.field = String(newest[0].field);
      choice.choose(results.field);
    }
    known = files.all.length;
    draw();
  };
  files.addEventListener('change', follow);
  return follow;
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {import('../../settings/settings.js').Settings} settings
 * @param {import('../../files/results-inbox.js').ResultsInbox} inbox
 */
export function mountSweepFigure(node, lab, settings, inbox) {
  const find = finderIn(node);
  const sweep = new Sweep((...job) => lab.run(...job)); // a script may have wrapped it
  const results = new SweepResults(sweep);
  const files = inbox.list('sweep');
  const chart = mountSweepChart(find('.swept'), find('.gap'));
  const choice = mountChoice(find('.quantity'), {
    label: 'Vary',
    options: Object.entries(SWEEPS).map(([value, { label }]) => ({ value, label })),
    onChange() {
      results.field = choice.value;
      draw();
    },
  });
  const controls = mountControls(find('.controls'), settings, 'sweep');

  const compare = mountStaleNote(node, settings, () => {
    const { spec } = results.shown;
    if (!spec) return null;
    const { [results.field]: swept, ...dataset } = /** @type {Record<string, any>} */ (spec.dataset);
    return spec === results.shipped?.spec ? { dataset } : { dataset, sweep: spec }; // what was shipped trained longer
  }, startIn(node));

  function draw() {
    compare();
    const { label, axis, values } = results.about;
    const { rows } = results.shown;
    const opened = openedSweeps(files.all, results.field);
    const gaps = gapsOf(rows);
    const setting = SETTINGS.find(({ group, name }) => group === 'dataset' && name === results.field);
    chart.update({
      rows, gaps, opened, axis, domain: extent([...values, ...opened.flatMap((one) => one.rows.map(({ value }) => value))]), now: Number(setting && settings.get(setting)),
    });
    find('.finding').textContent = sweepSentence(gaps, label);
    if (results.source) find('.source').textContent = results.source;
  }

  mountDownloads(node, { results, files, settings, lab });
  node.append(openerOf(inbox, 'sweep', node.id));
  const follow = followFiles({ files, results, choice, draw });
  mountRunBar(find('.runner'), {
    label: 'Sweep',
    stopped: () => 'Stopped. What is finished is kept: starting again goes on from there.',
    showError: (error) => controls.showError(error.message),
    async run(signal, onProgress) {
      controls.showError('');
      const plan = results.begin({ ...settings.args('sweep'), dataset: settings.generatorArgs() });
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
  shipped('sweeps').then((file) => {
    if (!file) return;
    results.setShipped(file);
    draw();
  }).catch(() => {}); // then only the visitor's is shown
  settings.addEventListener('change', draw);
  follow();
}
