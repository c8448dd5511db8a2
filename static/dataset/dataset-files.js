// The row of buttons that save a dataset and open one again: files, lines of Python, a link. Python
// makes and reads the files.
// @ts-check
import { group, save } from '../files/download-row.js';
import { formatCount } from '../records/format.js';
import { makeCopyField } from '../ui/copy-text.js';
import { element } from '../ui/dom.js';
import { makeStatusButtons } from '../ui/status-buttons.js';

/** @typedef {import('../lab/lab.js').Lab} Lab */
/** @typedef {import('../settings/settings.js').Settings} Settings */
/** @typedef {ReturnType<typeof makeStatusButtons>} StatusButtons */

const TYPES = { npz: 'application/octet-stream', csv: 'text/csv', json: 'application/json' };
const LARGEST = 200 * 2 ** 20; // bytes of a file that is opened

/** @param {StatusButtons} row @param {Lab} lab @param {Settings} settings */
function fileGroup({ status, button }, lab, settings) {
  const forms = /** @type {(keyof typeof TYPES)[]} */ (Object.keys(TYPES));
  return group('Dataset', forms.map((form) =>
    button(form.toUpperCase(), `Dataset as ${form.toUpperCase()}`, async () => {
      status.textContent = 'Making it …';
      const onProgress = (/** @type {import('../lab/messages.js').Progress} */ { done, total }) => {
        status.textContent = `Making ${formatCount(done)} of ${formatCount(total)} examples …`;
      };
      const { file, name } = await lab.run('export', { ...settings.args('dataset'), form }, { onProgress });
      save(file, TYPES[form], name);
      return `Saved ${name}.`;
    })));
}

/** The lines of Python and the link, for the clipboard. @param {StatusButtons} row @param {Lab} lab @param {Settings} settings */
function copyParts({ button }, lab, settings) {
  const { field, copy } = makeCopyField('What is to be copied');
  /** @param {string} text @param {string} what */
  const said = async (text, what) => (await copy(text) ? `Copied ${what}.` : 'Copy it from here.');
  /** @param {'lab' | 'reference'} which @param {string} name */
  const python = (which, name) => button(name, `Copy Python for ${name}`, async () => {
    const lines = await lab.run('code', settings.args('dataset'));
    return said(lines[which], `the lines for ${name}`);
  });
  return {
    field,
    python: group('Python', [python('lab', 'mnist1d_lab'), python('reference', 'mnist1d')]),
    link: button('Copy link', 'Copy link to this dataset', () => said(location.href, 'the link; it makes this dataset again')),
  };
}

/**
 * The button that opens a dataset's file, and its hidden input.
 * @param {StatusButtons} row @param {HTMLElement} fault where it is said what is wrong with a file
 * @param {Lab} lab @param {Settings} settings
 */
function openParts({ status, button }, fault, lab, settings) {
  const input = element('input', { type: 'file', accept: '.npz,.csv,.json', hidden: true });
  input.setAttribute('aria-label', 'A dataset file');
  const open = button('Open a file', 'Open a file of a dataset', async () => {
    input.click();
    return '';
  });
  input.addEventListener('change', async () => {
    const [file] = input.files ?? [];
    if (!file) return;
    fault.textContent = '';
    try {
      if (file.size > LARGEST) throw new Error(`it must have at most ${formatCount(LARGEST)} bytes, got ${formatCount(file.size)}`);
      const { spec } = await lab.run('read_dataset', { file: new Uint8Array(await file.arrayBuffer()) });
      settings.take('dataset', spec);
      status.textContent = `${file.name} is open: the page now has its settings, which give the same numbers.`;
    } catch (error) {
      fault.textContent = `${file.name} was not opened:  ${/** @type {Error} */ (error).message}`;
    }
    input.value = ''; // the same file may be chosen again
  });
  return [open, input];
}

/**
 * @param {HTMLElement} node @param {HTMLElement} fault where it is said what is wrong with a file
 * @param {Lab} lab @param {Settings} settings
 */
export function mountDatasetFiles(node, fault, lab, settings) {
  const row = makeStatusButtons();
  const { field, python, link } = copyParts(row, lab, settings);
  node.classList.add('takeaway');
  node.append(
    fileGroup(row, lab, settings), python, link, ...openParts(row, fault, lab, settings), field, row.status,
  );
}
