// The search with somebody's own code in it: which weights are pruned, what the others go back to, how many go. What it
// finds lies dotted over the search's own chart, and says that it is edited. The code runs in a worker of its own.
// @ts-check
import { mountCodeSection } from '../../editor/code-section.js';
import { costOf } from '../../editor/cost.js';
import { exportButtons } from '../../editor/export-buttons.js';
import { readAddress } from '../../settings/address-bar.js';
import { element } from '../../ui/dom.js';
import { basis, resultSentence } from '../sentences.js';
import { hashOf } from '../share-search.js';

/** @typedef {import('../../editor/edited-texts.js').Edits} Edits */
/** @typedef {import('../../editor/export-buttons.js').EditedResult} EditedResult */

const JOB = 'lottery';
/** @type {Record<string, string>} */
const HOOKS = {
  score: 'what is pruned', rewind: 'rewinding', schedule: 'schedule',
  model: 'network', optimizer: 'optimiser', stage: 'last stage of the data',
};

/** @param {Edits} edits @returns {string} */
const what = (edits) => Object.keys(edits).map((name) => HOOKS[name]).join(', ');

const WORDS = { ours: 'This is what runs now.', does: 'The search runs with it and with the settings above,' };

/**
 * @param {HTMLElement} place the section comes after it
 * @param {object} figure
 * @param {import('../../lab/lab.js').Lab} figure.lab
 * @param {import('../../settings/settings.js').Settings} figure.settings
 * @param {import('../../files/opened-results.js').OpenedResults} figure.opened gets what is found
 * @param {string | null} figure.code of the address
 * @param {() => void} figure.forgetCode
 */
export function mountEditedSearch(place, { lab, settings, opened, code, forgetCode }) {
  const finding = element('p', { className: 'edited-finding', hidden: true });
  finding.setAttribute('role', 'status');
  /** @type {EditedResult | null} */ let found = null;
  /** @type {Set<any>} results of this section, and of files whose code was offered */ const known = new Set();

  /** Show a result, or what there is of it. @param {EditedResult} result */
  function show(result) {
    found = result;
    const records = /** @type {import('../../records/types.js').Measurement[]} */ (result.records);
    const entry = { name: `edited ${result.edited}: ${what(result.edits)}`, ...result };
    known.add(entry);
    opened.add(/** @type {any} */ (entry));
    finding.hidden = false;
    finding.replaceChildren(
      element('strong', { textContent: `Edited (${what(result.edits)}; ${result.edited}): ` }), resultSentence(records),
      element('small', { textContent: basis(records) }),
    );
  }
  const section = mountCodeSection(place, {
    lab, settings, job: JOB, hooks: HOOKS,
    cost: (edits) => costOf(edits, HOOKS, WORDS),
    ours: () => {
      const args = settings.args('lottery'); // without what is as its preset has it
      const { criterion = 'magnitude', schedule = 'geometric' } = { ...settings.presets[args.preset]?.spec, ...args };
      return { criterion, schedule };
    },
    beside: exportButtons(() => found, { job: JOB, name: 'search', hashOf: (spec) => hashOf(spec, settings) }),
    onDecided: forgetCode,
    back() {
      for (const one of opened.all.filter((result) => known.has(result))) opened.remove(one);
      found = null;
      finding.hidden = true;
    },
    async run(sandbox, edits, { onProgress, ...options }) {
      const args = { ...settings.args('lottery'), dataset: settings.args('dataset') };
      let shown = 0;
      const result = await sandbox.run(JOB, args, {
        ...options, edits,
        onProgress(progress) {
          const { records } = progress;
          if (records.length > shown && records[0].edited) show({ spec: args, records, edits, edited: records[0].edited });
          shown = records.length;
          onProgress(progress);
        },
      });
      show(result);
    },
  });
  /** @type {HTMLElement} */ (place.nextElementSibling).append(finding);
  settings.addEventListener('change', section.refresh);
  section.offerLink(code);
  addEventListener('popstate', () => section.offerLink(readAddress(location).code));
  opened.addEventListener('change', () => {
    const brought = opened.all.find((result) => result.edits && !known.has(result));
    if (!brought?.edits) return;
    known.add(brought);
    section.offer(brought.edits, brought.name.replace(/ \(edited\)$/, ''));
  });
}
