// Buttons that take away what edited code has found: records with the code in the file, and a link to the code. They run
// nothing.
// @ts-check
import { save, version } from '../files/download-row.js';
import { toCSV, toJSON } from '../files/write-results.js';
import { makeCopyField } from '../ui/copy-text.js';
import { makeStatusButtons } from '../ui/status-buttons.js';
import { encode } from './code-link.js';

/** What edited code has found. @typedef {{spec: any, records: Record<string, any>[], edited: string, edits: import('./edited-texts.js').Edits}} EditedResult */

/**
 * @param {() => EditedResult | null} found null if nothing is there yet
 * @param {{job: string, name: string, hashOf: (spec: any) => string}} figure `name` of the files; `hashOf`: the hash of an
 *   address that sets a spec
 * @returns {HTMLElement[]}
 */
export function exportButtons(found, { job, name, hashOf }) {
  const { status, button } = makeStatusButtons();
  const { field, copy } = makeCopyField('The link with your code');
  const need = () => {
    const now = found();
    if (!now) throw new Error('there is nothing yet; run the code first.');
    return { ...now, file: `mnist1d-lab_${name}_edited-${now.edited}` };
  };
  return [
    button('Save JSON', 'Save JSON: the edited records and their code', async () => {
      const { spec, records, edits, file } = need();
      save(toJSON(`${name}, edited`, spec, records, await version(), edits), 'application/json', `${file}.json`);
      return `Saved ${file}.json, with the code in it.`;
    }),
    button('Save CSV', 'Save CSV: the edited records', async () => {
      const { records, file } = need();
      save(toCSV(records), 'text/csv', `${file}.csv`);
      return `Saved ${file}.csv.`;
    }),
    button('Copy a link', 'Copy a link with the edited code', async () => {
      const { spec, edits } = need();
      const url = new URL(location.href);
      url.hash = [hashOf(spec), `code=${await encode({ job, edits })}`].filter(Boolean).join('&');
      return `${await copy(url.href) ? 'Copied.' : 'Copy it from the field.'} Whoever opens it sees your code, and is asked before it runs.`;
    }),
    field, status,
  ];
}
