// The search with somebody's own code in it: which weights are pruned, what the others go back to, how many go. What it
// finds lies dotted over the search's own chart, and says that it is edited. The code runs in a worker of its own.
// @ts-check
import { encode } from '../../editor/code-link.js';
import { mountCodeSection } from '../../editor/code-section.js';
import { save, version } from '../../files/download-row.js';
import { toCSV, toJSON } from '../../files/write-results.js';
import { readAddress } from '../../settings/address-bar.js';
import { makeCopyField } from '../../ui/copy-text.js';
import { element } from '../../ui/dom.js';
import { makeStatusButtons } from '../../ui/status-buttons.js';
import { basis, resultSentence } from '../sentences.js';
import { hashOf } from '../share-search.js';

/** @typedef {import('../../editor/edited-texts.js').Edits} Edits */
/** @typedef {import('../../records/types.js').Measurement} Measurement */
/** @typedef {{spec: any, records: Measurement[], edited: string, edits: Edits}} EditedResult */

const JOB = 'lottery';
/** @type {Record<string, string>} */
const HOOKS = {
  score: 'what is pruned', rewind: 'rewinding', schedule: 'schedule',
  model: 'network', optimizer: 'optimiser', stage: 'last stage of the data',
};

/** @param {Edits} edits @returns {string} */
const what = (edits) => Object.keys(edits).map((name) => HOOKS[name]).join(', ');

/** @param {Edits} edits @returns {string} what a run with these takes */
function cost(edits) {
  if (!Object.keys(edits).length) return 'This is what runs now. Change something, and run it.';
  const network = 'model' in edits ? ' A network of your own is computed by NumPy, several times slower than by the compiled kernels.' : '';
  return `Edited: ${what(edits)}. It runs with the settings above, in one worker of its own that reaches neither this page nor a network.${network}`;
}

/** Buttons for what was found. @param {() => EditedResult | null} found @param {import('../../settings/settings.js').Settings} settings */
function exportButtons(found, settings) {
  const { status, button } = makeStatusButtons();
  const { field, copy } = makeCopyField('The link with your code');
  const need = () => {
    const now = found();
    if (!now) throw new Error('there is nothing yet; run the code first.');
    return now;
  };
  const file = (/** @type {EditedResult} */ { edited }, /** @type {string} */ ending) => `mnist1d-lab_search_edited-${edited}.${ending}`;
  return [
    button('Save JSON', 'Save the edited records and their code as JSON', async () => {
      const now = need();
      save(toJSON('search, edited', now.spec, now.records, await version(), now.edits), 'application/json', file(now, 'json'));
      return `Saved ${file(now, 'json')}, with the code in it.`;
    }),
    button('Save CSV', 'Save the edited records as CSV', async () => {
      const now = need();
      save(toCSV(now.records), 'text/csv', file(now, 'csv'));
      return `Saved ${file(now, 'csv')}.`;
    }),
    button('Copy a link', 'Copy a link with the edited code', async () => {
      const { spec, edits } = need();
      const url = new URL(location.href);
      url.hash = [hashOf(spec, settings), `code=${await encode({ job: JOB, edits })}`].filter(Boolean).join('&');
      return `${await copy(url.href) ? 'Copied.' : 'Copy it from the field.'} Whoever opens it sees your code, and is asked before it runs.`;
    }),
    field, status,
  ];
}

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
    const entry = { name: `edited ${result.edited}: ${what(result.edits)}`, ...result };
    known.add(entry);
    opened.add(/** @type {any} */ (entry));
    finding.hidden = false;
    finding.replaceChildren(
      element('strong', { textContent: `Edited (${what(result.edits)}; ${result.edited}): ` }), resultSentence(result.records),
      element('small', { textContent: basis(result.records) }),
    );
  }
  const section = mountCodeSection(place, {
    lab, job: JOB, hooks: HOOKS, cost,
    ours: () => {
      const args = settings.args('lottery'); // without what is as its preset has it
      const { criterion = 'magnitude', schedule = 'geometric' } = { ...settings.presets[args.preset]?.spec, ...args };
      return { criterion, schedule };
    },
    beside: exportButtons(() => found, settings),
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
