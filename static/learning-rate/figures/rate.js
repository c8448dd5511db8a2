// Figure: learn a learning rate from two starts, on the landscape of a whole training's loss.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { finderIn } from '../../ui/dom.js';
import { slider } from '../../ui/inputs.js';
import { mountRunBar } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountStaleNote, startIn } from '../../ui/stale-note.js';
import { makeRow, makeTable } from '../../ui/table.js';
import { mountLandscapeChart } from '../charts/landscape.js';
import { mountLearnedRatesChart } from '../charts/learned-rates.js';
import { landscapeRates } from '../rate-run.js';
import { besidePublished, digitsOf } from '../rate-steps.js';
import { ballSentence, describeRates, runSentence, sourceSentence } from '../sentences.js';

/** @typedef {import('../rate-run.js').RateRun} RateRun */

/** @param {RateRun} run @returns {import('../../files/download-row.js').Result | null} */
function resultOf({ shown }) {
  if (!shown) return null;
  const steps = shown.runs.flatMap((one) => one.steps.map((row) => ({ ...row, start: one.start })));
  return { name: 'learning-rate', spec: shown.spec, records: [...shown.landscape, ...steps] };
}

/** Published rates beside those that are shown. @param {HTMLElement} place @param {import('../rate-run.js').Shown} shown */
function drawTable(place, shown) {
  const pairs = besidePublished(shown);
  place.replaceChildren();
  if (!pairs.length) return;
  const starts = [...new Set(pairs.map(({ start }) => start))];
  const heads = ['Outer step', ...starts.flatMap((start) => [`Published, from ${start}`, `${shown.own ? 'Yours' : 'Ours'}, from ${start}`])];
  const { table, body } = makeTable(heads, { caption: 'Learning rates after the update of an outer step, counted from 0.' });
  body.append(...[...Map.groupBy(pairs, ({ step }) => step)].map(([step, row]) => makeRow([
    String(step), ...row.flatMap(({ published, ours }) => [published, ours].map((rate) => rate.toFixed(digitsOf(published)))),
  ], heads)));
  place.append(table);
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {RateRun} run
 * @param {import('../../settings/settings.js').Settings} settings
 */
export function mountRateFigure(node, lab, run, settings) {
  const find = finderIn(node);
  const controls = mountControls(find('.controls'), settings, 'rate');
  const charts = [mountLandscapeChart(find('.landscape')), mountLearnedRatesChart(find('.learned'))];
  let chosen = NaN; // the outer step that the visitor chose; NaN: the last one
  const roll = slider('Outer step', (value) => {
    chosen = value;
    draw();
  });
  find('.roll').append(roll.box);
  const compare = mountStaleNote(node, settings, () => (run.shown ? { rate: run.shown.spec } : null), startIn(node));

  function draw() {
    compare();
    const { shown } = run;
    if (!shown) return;
    const last = Math.max(0, ...shown.runs.map(({ steps }) => steps.length - 1));
    const at = Math.min(Number.isNaN(chosen) ? last : chosen, last);
    roll.show(last, at, `${at}`);
    for (const chart of charts) chart.update({ shown, at });
    find('.told').textContent = ballSentence(shown, at);
    find('.finding').textContent = runSentence(shown);
    find('.source').textContent = sourceSentence(shown);
    drawTable(find('.table'), shown);
  }

  mountFigureDownloads(node, { landscape: '.landscape', rates: '.learned' }, () => resultOf(run), {
    describe: () => run.shown && describeRates(run.shown),
    code: {
      lab,
      wanted() {
        const choice = settings.args('rate');
        return { figure: 'rate', settings: { ...choice, rates: landscapeRates(choice) } };
      },
    },
  });
  mountRunBar(find('.runner'), {
    label: 'Learn the rate',
    stopped: () => 'Stopped. What is finished is kept: starting again goes on from there.',
    showError: (error) => controls.showError(error.message),
    async run(signal, onProgress) {
      controls.showError('');
      chosen = NaN;
      run.begin(settings.args('rate'));
      await run.finish({ signal, onProgress: () => onProgress({ ...run.work, records: [], current: [] }) });
    },
  });
  run.addEventListener('change', draw);
  draw();
}
