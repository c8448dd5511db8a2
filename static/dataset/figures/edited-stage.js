// A last stage of the generator by somebody's own code: the ten digits after it, drawn below their code and marked as edited.
// @ts-check
import { mountCodeSection } from '../../editor/code-section.js';
import { costOf } from '../../editor/cost.js';
import { exportButtons } from '../../editor/export-buttons.js';
import { readAddress } from '../../settings/address-bar.js';
import { Settings } from '../../settings/settings.js';
import { element, finderIn } from '../../ui/dom.js';
import { mountTenDigitsChart } from '../charts/ten-digits.js';

/** @typedef {import('../../editor/export-buttons.js').EditedResult} EditedResult */

const JOB = 'digits';
/** @type {Record<string, string>} */
const HOOKS = { stage: 'last stage of the data' };
const WORDS = { ours: 'Ours changes nothing more.', does: 'It makes the dataset of the sliders' };
const SPREAD = 3; // standard deviations that are as wide as one unit of the chart

/** @param {any} dataset of a run @returns {string} the hash of an address that sets it */
function hashOf(dataset) {
  const own = new Settings('');
  own.take('dataset', dataset);
  return own.hash();
}

/** A record for each digit. @param {Float64Array} x (10 * numbers) @param {string} edited */
const recordsOf = (x, edited) => Array.from({ length: 10 }, (_, digit) => {
  const values = Array.from(x.slice((digit * x.length) / 10, ((digit + 1) * x.length) / 10));
  return { digit, edited, ...Object.fromEntries(values.map((value, i) => [`x${i}`, value])) };
});

/**
 * @param {HTMLElement} figure
 * @param {{lab: import('../../lab/lab.js').Lab, settings: import('../../settings/settings.js').Settings, code: string | null,
 *   forgetCode: () => void}} parts `code` of the address
 */
export function mountEditedStage(figure, { lab, settings, code, forgetCode }) {
  /** @type {EditedResult | null} */ let found = null;
  const picture = element('div', { className: 'chart', hidden: true });
  const told = element('p', { className: 'hint', id: 'edited-digits-told', hidden: true });
  told.setAttribute('role', 'status');
  const chart = mountTenDigitsChart(picture, { describedBy: told.id });
  const section = mountCodeSection(finderIn(figure)(':scope > .problem'), {
    lab, settings, job: JOB, hooks: HOOKS, onDecided: forgetCode,
    cost: (edits) => costOf(edits, HOOKS, WORDS),
    ours: () => ({}),
    beside: exportButtons(() => found, { job: JOB, name: 'digits', hashOf }),
    back() {
      found = null;
      picture.hidden = told.hidden = true;
    },
    async run(sandbox, edits, options) {
      const spec = settings.args('dataset');
      const { x, template_x: template, edited } = await sandbox.run(JOB, spec, { ...options, edits });
      options.onProgress({ done: 1, total: 1, records: [], current: [] }); // the job itself reports none
      found = { spec, records: recordsOf(x, edited), edited, edits };
      picture.hidden = told.hidden = false;
      told.textContent = `Edited (${edited}): the first example of each digit after this stage, centred and scaled as networks get it; ` +
        'in grey its template. To train on it, use the same code below the networks or the search.';
      chart.update({ x: x.map((/** @type {number} */ value) => value / SPREAD), template });
    },
  });
  /** @type {HTMLElement} */ (figure.querySelector('.code-section')).append(picture, told);
  section.offerLink(code);
  addEventListener('popstate', () => section.offerLink(readAddress(location).code));
}
