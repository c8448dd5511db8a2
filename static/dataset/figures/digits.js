// Figure 1: ten digits that follow the sliders, and every setting of the generator. Python draws the
// random parts (the job `parts`); this adds them up within a frame.
// @ts-check
import { mountShareRow } from '../../files/share-figure.js';
import { Settings } from '../../settings/settings.js';
import { SETTINGS } from '../../settings/table.js';
import { element, finderIn } from '../../ui/dom.js';
import { latestOnly } from '../../ui/latest-only.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { describeDigits, mountTenDigitsChart } from '../charts/ten-digits.js';
import { digitSignals } from '../digit-signals.js';
import { PartsCache } from '../parts-cache.js';
import { REDRAWING, areScalesValid, prefetchPlan } from '../prefetch-plan.js';

const REST = 150; // milliseconds without a change before Python checks settings that are drawn already

/**
 * Below each control: what the published generator calls it, its range and its default.
 * @param {HTMLElement} node @param {Settings} settings
 */
function mountTerms(node, settings) {
  const updates = SETTINGS.filter(({ group, kind }) => group === 'dataset' && kind !== 'drawing').map((setting) => {
    const [field, index] = setting.part ?? [setting.name];
    const line = element('span', { className: 'term' });
    const range = element('span');
    line.append(element('code', { textContent: index === undefined ? field : `${field}[${index}]` }), range);
    node.querySelector(`#dataset-${setting.name}-help`)?.append(line);
    return () => {
      const span = setting.options ? '' : `, ${setting.min} to ${settings.most(setting)}`;
      const usual = setting.options?.find(({ value }) => value === setting.value)?.label ?? setting.value;
      range.textContent = `${span}; published: ${usual}`;
    };
  });
  const update = () => { for (const one of updates) one(); };
  settings.addEventListener('change', (event) => {
    if (REDRAWING.includes(/** @type {CustomEvent} */ (event).detail.name)) update();
  });
  update();
}

/**
 * The chart and its text alternative.
 * @param {(part: string) => HTMLElement} find @param {PartsCache} cache @param {Settings} settings
 * @returns {() => boolean} draws, if the parts are at hand; whether they were
 */
function mountDrawing(find, cache, settings) {
  /** @type {import('../charts/ten-digits.js').Digits | null} */ let drawn = null;
  const chart = mountTenDigitsChart(find('.chart'), { describedBy: 'digits-told' });
  const alternative = mountAlternative(find('.alternative'), () => drawn && describeDigits(drawn), { id: 'digits-told' });
  return () => {
    const args = settings.args('dataset');
    const parts = areScalesValid(args) ? cache.get(args) : undefined;
    if (!parts) return false;
    drawn = { x: digitSignals(parts, args), template: parts.template };
    chart.update(drawn);
    alternative.changed();
    find('.chart').classList.remove('waiting');
    return true;
  };
}

/**
 * Ask ahead for the parts that the sliders may need next.
 * @param {(part: string) => HTMLElement} find @param {PartsCache} cache @param {Settings} settings
 * @returns {() => void} to be called when there is nothing else to ask
 */
function mountPrefetch(find, cache, settings) {
  let touched = REDRAWING[0]; // the slider that was touched last
  const prefetch = () => {
    cache.prefetch(prefetchPlan(settings, touched, find('details').hasAttribute('open')));
  };
  for (const name of REDRAWING) {
    for (const kind of ['pointerenter', 'focusin']) {
      find(`.control.dataset-${name}`).addEventListener(kind, () => {
        touched = name;
        prefetch();
      });
    }
  }
  find('details').addEventListener('toggle', prefetch);
  return prefetch;
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {Settings} settings @param {Promise<import('../digit-signals.js').Parts>} published of the published dataset
 * @returns {Promise<void>} settles with Python's first answer, or without one
 */
export function mountDigitsFigure(node, lab, settings, published) {
  const find = finderIn(node);
  const controls = mountControls(find('.controls'), settings, 'dataset', find('.more .controls'));
  mountTerms(node, settings);
  mountShareRow(find('.takeaway'));
  const cache = new PartsCache(lab);
  const draw = mountDrawing(find, cache, settings);
  const prefetch = mountPrefetch(find, cache, settings);
  /** @param {string} message shown at its control, or below them if it is about none */
  const showError = (message) => {
    find(':scope > .problem').textContent = controls.showError(message) ? '' : message;
  };

  const latest = latestOnly(async (read) => {
    try {
      await cache.ask(() => {
        read();
        return settings.args('dataset');
      });
      draw();
      showError('');
      if (!latest.pending) prefetch();
    } catch (error) {
      showError(/** @type {Error} */ (error).message);
    }
  });
  /** Ask Python about the settings of now. @returns {Promise<void>} */
  function ask() {
    if (!latest.busy && !draw()) find('.chart').classList.add('waiting');
    return latest.request();
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let checking;
  settings.addEventListener('change', (event) => {
    if (/** @type {CustomEvent} */ (event).detail.group !== 'dataset') return;
    clearTimeout(checking);
    if (draw()) checking = setTimeout(ask, REST); // whether the settings are valid is for Python to say
    else ask();
  });
  // Until Python runs: what the build computed for the published settings, if they are set.
  published.then((parts) => {
    cache.keep(new Settings('').args('dataset'), parts);
    draw();
  }, () => {}); // then the first picture is Python's
  find('.published').addEventListener('click', () => settings.take('dataset', {}));
  return ask();
}
