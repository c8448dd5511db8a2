// Figure 1: ten digits that follow the sliders, and every setting of the generator. They are drawn here,
// within a frame and before Python is there; Python is asked about the same settings and has the last word.
// @ts-check
import { limitsOf } from '../../settings/limits.js';
import { SETTINGS } from '../../settings/table.js';
import { element, finderIn } from '../../ui/dom.js';
import { latestOnly } from '../../ui/latest-only.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { describeDigits, mountTenDigitsChart } from '../charts/ten-digits.js';
import { digitSignals } from '../digit-signals.js';
import { PartsCache } from '../parts-cache.js';

/** @typedef {import('../../settings/settings.js').Settings} Settings */

const LIMITING = new Set(SETTINGS.flatMap(({ upTo }) => upTo ?? [])); // settings that others hang on
const REST = 150; // milliseconds without a change before Python checks settings that are drawn already

/** Below each control: what the published generator calls it, its range and its default. @param {Settings} settings */
function mountTerms(settings) {
  const updates = SETTINGS.filter(({ group, kind }) => group === 'dataset' && !['drawing', 'own'].includes(kind)).map((setting) => {
    const [field, index] = setting.part ?? [setting.name];
    const line = element('span', { className: 'term' });
    const range = element('span');
    line.append(element('code', { textContent: index === undefined ? field : `${field}[${index}]` }), range);
    document.getElementById(`dataset-${setting.name}-help`)?.append(line);
    return () => {
      const { low, high } = limitsOf(setting);
      const span = setting.options ? '' : `, ${setting.min ?? low} to ${setting.upTo ? settings.most(setting) : setting.max ?? high}`;
      const usual = setting.options?.find(({ value }) => value === setting.value)?.label ?? setting.value;
      range.textContent = `${span}; published: ${usual}`;
    };
  });
  const update = () => { for (const one of updates) one(); };
  settings.addEventListener('change', (event) => {
    if (LIMITING.has(/** @type {CustomEvent} */ (event).detail.name)) update();
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
    const args = settings.generatorArgs();
    const parts = cache.get(args);
    if (!parts) return false;
    drawn = { x: digitSignals(parts, args), template: parts.template };
    chart.update(drawn);
    alternative.changed();
    find('.chart').classList.remove('waiting');
    return true;
  };
}

/**
 * @param {HTMLElement} node @param {HTMLElement} sliders where those go that other figures stand beside too
 * @param {Promise<import('../../lab/lab.js').Lab>} lab comes later than the first picture
 * @param {Settings} settings
 * @returns {Promise<void>} settles with Python's first answer, or without one
 */
export function mountDigitsFigure(node, sliders, lab, settings) {
  const find = finderIn(node);
  const controls = mountControls(sliders, settings, 'dataset', find('.more .controls'));
  mountTerms(settings);
  const cache = new PartsCache(lab);
  const draw = mountDrawing(find, cache, settings);
  /** @param {string} message shown at its control, or below them if it is about none */
  const showError = (message) => {
    find(':scope > .problem').textContent = controls.showError(message) ? '' : message;
  };

  const latest = latestOnly(async (read) => {
    try {
      await cache.ask(() => {
        read();
        return settings.generatorArgs();
      });
      draw();
      showError('');
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
  find('.published').addEventListener('click', () => settings.take('dataset', { source: settings.source }));
  return ask();
}
