// Figure: train an encoder without labels, and see what linear probes and neighbours read off its layers.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { finderIn } from '../../ui/dom.js';
import { mountRunBar } from '../../ui/run-bar.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountStaleNote, startIn } from '../../ui/stale-note.js';
import { describeLayers, mountLayerCurvesChart } from '../charts/layer-curves.js';
import { mountLossCurveChart } from '../charts/loss-curve.js';
import { isWhole } from '../contrast-run.js';
import { SUPERVISED } from '../layer-means.js';
import { contrastSources, layersSentence } from '../sentences.js';

/** @typedef {import('../contrast-run.js').ContrastRun} ContrastRun */

/** All records of the figure, each with its source. @param {ContrastRun} run @returns {import('../../files/download-row.js').Result | null} */
function resultOf({ shipped, spec, probes }) {
  const of = (/** @type {string} */ source, /** @type {object[]} */ rows) => rows.map((row) => ({ source, ...row }));
  const records = [...of('shipped', shipped?.probes ?? []), ...of('yours', probes)];
  const made = spec ?? shipped?.spec;
  return made && records.length ? { name: 'self-supervised', spec: made, records } : null;
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {ContrastRun} run
 * @param {import('../../settings/settings.js').Settings} settings
 */
export function mountContrastFigure(node, lab, run, settings) {
  const find = finderIn(node);
  const controls = mountControls(find('.controls'), settings, 'contrast');
  const charts = {
    linear: mountLayerCurvesChart(find('.linear'), 'linear_acc', 'linear probe'),
    knn: mountLayerCurvesChart(find('.knn'), 'knn_acc', 'nearest neighbours'),
    loss: mountLossCurveChart(find('.loss')),
  };
  const layers = () => ({
    shipped: (run.shipped?.probes ?? []).filter(({ arm }) => arm !== SUPERVISED), own: run.probes,
  });
  const compare = mountStaleNote(node, settings, () => {
    if (run.spec) return { dataset: run.spec.dataset, contrast: run.spec };
    if (!run.shipped) return null;
    const { epochs, projector, ...contrast } = run.shipped.spec; // of several; longer than is usual here
    return { dataset: run.shipped.spec.dataset, contrast };
  }, startIn(node));

  function draw() {
    compare();
    charts.linear.update(layers());
    charts.knn.update(layers());
    charts.loss.update({ shipped: run.shipped?.losses ?? [], own: run.losses });
    const { probes } = run;
    const whole = run.encoders.length && run.encoders.every(isWhole);
    find('.finding').textContent = whole ? layersSentence(probes) :
      run.spec ? '' : layersSentence((run.shipped?.probes ?? []).filter(({ arm }) => arm === 'default'));
    find('.source').textContent = contrastSources(run);
  }

  mountFigureDownloads(node, { linear: '.linear', neighbours: '.knn', loss: '.loss' }, () => resultOf(run), {
    describe: () => describeLayers(layers()),
    code: {
      lab,
      wanted: () => ({ figure: 'contrast', settings: { ...settings.args('contrast'), dataset: settings.args('dataset') }, source: settings.source }),
    },
  });
  mountRunBar(find('.runner'), {
    label: 'Train without labels',
    stopped: () => 'Stopped. What is finished is kept: starting again goes on from there.',
    showError: (error) => controls.showError(error.message),
    async run(signal, onProgress) {
      controls.showError('');
      run.begin(settings.args('contrast'), settings.args('dataset'));
      await run.finish({
        signal,
        onProgress: () => onProgress({ ...run.work, records: [], current: [] }),
      });
    },
  });
  run.addEventListener('change', draw);
  draw();
}
