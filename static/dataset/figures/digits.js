// Figure 1: ten digits that follow the sliders, and every knob of the generator. Asks for the job
// `parts`; what follows the dealing is added up here, within the frame.
// @ts-check
import { Settings } from '../../settings/settings.js';
import { SETTINGS } from '../../settings/table.js';
import { element } from '../../ui/dom.js';
import { latestOnly } from '../../ui/latest-only.js';
import { mountControls } from '../../ui/setting-controls.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { mountDigits, tell } from '../charts/ten-digits.js';
import { digitSignals } from '../digit-signals.js';
import { PartsCache } from '../parts-cache.js';

const REDEAL = ['max_translation', 'padding_low', 'padding_high', 'template_len']; // sliders that deal anew
const MANY = 20_000; // examples; dealing more takes long enough to be in the way of what is asked now
const SCALES = ['scale_coeff', 'corr_noise_scale', 'iid_noise_scale', 'shear_scale'];

/** @param {Record<string, any>} args @returns {boolean} whether Python would take what the dealing leaves alone */
const sane = (args) => SCALES.every((name) => args[name] >= 0 && args[name] <= 1000) &&
  args.train_split >= 0 && args.train_split <= 1 &&
  Number.isInteger(args.final_seq_length) && args.final_seq_length >= 2 && args.final_seq_length <= 10000;

/**
 * Below each control: what the published generator calls it, its range and its default.
 * @param {HTMLElement} node @param {Settings} settings
 */
function mountTerms(node, settings) {
  const shows = SETTINGS.filter(({ group, kind }) => group === 'dataset' && kind !== 'drawing').map((row) => {
    const term = element('code');
    const range = element('span');
    const line = element('span', { className: 'term' });
    const [field, index] = row.part ?? [row.name];
    term.textContent = index === undefined ? field : `${field}[${index}]`;
    line.append(term, range);
    node.querySelector(`#dataset-${row.name}-help`)?.append(line);
    return () => {
      const span = row.options ? '' : `, ${row.min} to ${settings.most(row)}`;
      const usual = row.options?.find(({ value }) => value === row.value)?.label ?? row.value;
      range.textContent = `${span}; published: ${usual}`;
    };
  });
  const show = () => { for (const one of shows) one(); };
  settings.addEventListener('change', (event) => {
    if (REDEAL.includes(/** @type {CustomEvent} */ (event).detail.name)) show();
  });
  show();
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {Settings} settings @param {Promise<import('../digit-signals.js').Parts>} published of the published dataset
 * @returns {Promise<void>} settles with Python's first answer, or without one
 */
export function mountDigitsFigure(node, lab, settings, published) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const controls = mountControls(find('.controls'), settings, 'dataset', find('.more .controls'));
  mountTerms(node, settings);
  /** @type {import('../charts/ten-digits.js').Digits | null} */ let drawn = null;
  const chart = mountDigits(find('.chart'), { describedBy: 'digits-told' });
  const told = mountAlternative(find('.alternative'), () => drawn && tell(drawn), { id: 'digits-told' });
  const cache = new PartsCache(lab);
  /** @param {string} message shown at its control, or below them if it is about none */
  const showError = (message) => {
    find(':scope > .problem').textContent = controls.showError(message) ? '' : message;
  };
  let touched = REDEAL[0]; // of the sliders that deal anew, the one that was touched last
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let checking;

  /** Draw if the parts are at hand. @returns {boolean} whether they were */
  function draw() {
    const args = settings.args('dataset');
    const parts = sane(args) ? cache.get(args) : undefined;
    if (!parts) return false;
    drawn = { x: digitSignals(parts, args), template: parts.template };
    chart.update(drawn);
    told.changed();
    find('.chart').classList.remove('waiting');
    return true;
  }

  /** Ask Python for the newest settings. */
  const latest = latestOnly(async (read) => {
    try {
      await cache.ask(() => {
        read();
        return settings.args('dataset');
      });
      draw();
      showError('');
      if (!latest.pending) prepare(touched);
    } catch (error) {
      showError(/** @type {Error} */ (error).message);
    }
  });
  /** @returns {Promise<void>} */
  function ask() {
    if (!latest.busy && !draw()) find('.chart').classList.add('waiting');
    return latest.request();
  }

  function refresh() {
    clearTimeout(checking);
    if (draw()) checking = setTimeout(ask, 150); // Python has the last word on what may be
    else ask();
  }

  /** Where a slider may go, the nearest first. @param {string} name @returns {Record<string, any>[]} */
  function places(name) {
    const row = SETTINGS.find((one) => one.group === 'dataset' && one.name === name);
    const now = settings.args('dataset');
    if (!row || !sane(now)) return [];
    const [low, high, here] = [row.min ?? 0, settings.most(row), Number(settings.get(row))];
    const values = Array.from({ length: high - low + 1 }, (_, i) => low + i)
      .sort((a, b) => Math.abs(a - here) - Math.abs(b - here));
    return values.map((value) => { // with what hangs on it, as the settings would have it
      /** @type {Record<string, any>} */
      const args = row.part ? { ...now, padding: now.padding.with(row.part[1], value) } : { ...now, [name]: value };
      const [least, most] = args.padding;
      const padded = args.template_len + most;
      return { ...args, padding: [Math.min(least, most), most], max_translation: Math.min(args.max_translation, padded) };
    });
  }

  /** Have at hand what the sliders in view may ask for. @param {string} [name] of the one that will move first */
  function prepare(name = REDEAL[0]) {
    if (settings.args('dataset').num_samples > MANY) return;
    const open = find('details').hasAttribute('open');
    const names = REDEAL.filter((one, i) => one !== name && (open || i === 0));
    cache.prefetch([name, ...names].flatMap(places));
  }

  // Until Python is up, what the build computed for the published settings, if they are set.
  published.then((parts) => {
    cache.keep(new Settings('').args('dataset'), parts);
    draw();
  }, () => {}); // a picture less, nothing more
  settings.addEventListener('change', (event) => {
    if (/** @type {CustomEvent} */ (event).detail.group === 'dataset') refresh();
  });
  for (const name of REDEAL) {
    const box = find(`.control.dataset-${name}`);
    for (const kind of ['pointerenter', 'focusin']) {
      box.addEventListener(kind, () => {
        touched = name;
        prepare(name);
      });
    }
  }
  find('details').addEventListener('toggle', () => prepare(touched));
  find('.published').addEventListener('click', () => settings.take('dataset', {}));
  return ask();
}
