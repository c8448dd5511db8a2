// Figure: train networks of many widths on noisy labels, and see error and loss over width and epoch.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { SETTINGS } from '../../settings/table.js';
import { finderIn } from '../../ui/dom.js';
import { slider } from '../../ui/inputs.js';
import { mountRunBar } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountStaleNote, startIn } from '../../ui/stale-note.js';
import { throttle } from '../../ui/throttle.js';
import { mountEpochMapChart } from '../charts/epoch-map.js';
import { mountWidthCurvesChart } from '../charts/width-curves.js';
import { epochsOf } from '../curves.js';
import { describeDescent } from '../descent-table.js';
import { descentSentence, descentSources, earlySentence, thresholdSentence } from '../sentences.js';

/** @typedef {import('../descent-run.js').DescentRun} DescentRun */
/** @typedef {import('../curves.js').Row} Row */

/** All records of the figure, each with its source. @param {DescentRun} run @param {Row[]} shipped @returns {import('../../files/download-row.js').Result | null} */
function resultOf(run, shipped) {
  const of = (/** @type {string} */ source, /** @type {Row[]} */ rows) => rows.map((row) => ({ source, ...row }));
  const records = [...of('shipped', shipped), ...of('yours', run.rows)];
  const spec = run.spec ?? run.shipped?.spec;
  return spec && records.length ? { name: 'double-descent', spec, records } : null;
}

/** The slider that chooses an epoch; at its end it is the last one of each training. @param {HTMLElement} node @param {() => void} onChange */
function mountEpochSlider(node, onChange) {
  let chosen = Infinity;
  const input = slider('Epoch', (value) => {
    chosen = value;
    onChange();
  });
  node.append(input.box);
  return {
    /** @param {Row[]} rows @returns {number | null} the chosen epoch; null for the end of each training */
    show(rows) {
      const epochs = epochsOf(rows);
      const last = Math.max(0, epochs.length - 1);
      const at = Math.min(chosen, last);
      if (at === last) chosen = Infinity; // also of a longer run
      input.show(last, at, epochs.length ? `${epochs[at]}${at === last ? ', the last' : ''}` : 'none yet');
      return at === last ? null : epochs[at];
    },
  };
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {DescentRun} run
 * @param {import('../../settings/settings.js').Settings} settings
 */
export function mountDescentFigure(node, lab, run, settings) {
  const find = finderIn(node);
  const controls = mountControls(find('.controls'), settings, 'descent');
  const curves = mountWidthCurvesChart(find('.errors'), find('.losses'));
  const map = mountEpochMapChart(find('.map'));
  const value = (/** @type {string} */ name) =>
    settings.get(/** @type {import('../../settings/table.js').Setting} */ (SETTINGS.find((one) => one.group === 'descent' && one.name === name)));
  const shippedNow = () => run.shippedNear(Number(value('label_noise')), String(value('loss')));
  const epoch = mountEpochSlider(find('.epoch'), () => draw());

  const compare = mountStaleNote(node, settings, () => {
    const spec = run.spec ?? run.shipped?.spec;
    if (!spec) return null;
    const { num_samples: _, train_split: __, ...dataset } = spec.dataset; // always those of DESCENT_DATA
    return { dataset, descent: run.spec ?? { epochs: spec.epochs, label_noise: value('label_noise') } }; // what is shipped follows that slider
  }, startIn(node));

  function draw() {
    compare();
    const shipped = shippedNow();
    const all = run.rowsSoFar;
    const shown = all.length ? all : shipped;
    const when = epoch.show(shown);
    curves.update({ shipped, own: run.rows, epoch: when });
    map.update({ rows: shown, epoch: when });
    const told = run.rows.length ? run.rows : shipped;
    find('.finding').textContent = [descentSentence(told, when), ...(when === null ? [earlySentence(told), thresholdSentence(told)] : [])].filter(Boolean).join(' ');
    find('.source').textContent = descentSources(run, shipped, Number(value('label_noise')));
  }
  const drawSoon = throttle(draw); // while it trains there is news many times a second

  mountFigureDownloads(node, { errors: '.errors', losses: '.losses', map: '.map' }, () => resultOf(run, shippedNow()), {
    describe: () => describeDescent(shippedNow(), run.rows),
    code: { lab, wanted: () => ({ figure: 'descent', settings: { ...settings.args('descent'), dataset: settings.generatorArgs() } }) },
  });
  mountRunBar(find('.runner'), {
    label: 'Train all widths',
    stopped: () => 'Stopped. What is finished is kept: starting again goes on from there.',
    showError: (error) => controls.showError(error.message),
    async run(signal, onProgress) {
      controls.showError('');
      run.begin(settings.args('descent'), settings.generatorArgs());
      try {
        await run.finish({ signal, onProgress: (now) => onProgress({ ...now, records: [], current: [] }) });
      } finally {
        drawSoon(true);
      }
    },
  });
  run.addEventListener('change', () => drawSoon());
  settings.addEventListener('change', draw);
  draw();
}
