// The row of buttons that save a dataset and open one again: files, lines of Python, a link. Python
// makes and reads the files.
// @ts-check
import { codeGroup, group, save } from '../files/download-row.js';
import { formatCount } from '../records/format.js';
import { makeCopyField } from '../ui/copy-text.js';
import { element } from '../ui/dom.js';
import { makeStatusButtons } from '../ui/status-buttons.js';
import { ENDINGS, LARGEST, wrongFiles } from './own-choices.js';

/** @typedef {import('../lab/lab.js').Lab} Lab */
/** @typedef {import('../settings/settings.js').Settings} Settings */
/** @typedef {ReturnType<typeof makeStatusButtons>} StatusButtons */

const TYPES = { npz: 'application/octet-stream', csv: 'text/csv', json: 'application/json' };

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
 * The dataset that the settings ask for, for the program that makes it at the desk.
 * @param {Lab} lab @param {Settings} settings @returns {Promise<import('../files/python-figures.js').Wanted>}
 */
async function datasetCode(lab, settings) {
  const dataset = settings.args('dataset');
  const { lab: lines } = await lab.run('code', dataset);
  return { figure: 'dataset', source: settings.source, settings: { lines, dataset } };
}

/** @param {File} file @returns {Promise<import('./own-choices.js').DataFile>} */
async function readFile(file) {
  if (file.size > LARGEST) throw new Error(`it must have at most ${formatCount(LARGEST)} bytes, got ${formatCount(file.size)}`);
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}

/**
 * The spec of a dataset that this page has saved.
 * @param {Lab} lab @param {import('./own-choices.js').DataFile} file
 * @returns {Promise<Record<string, any> | null>} null for other data; rejects if it cannot be such a file
 */
async function savedSpec(lab, { name, bytes }) {
  try {
    const { spec } = await lab.run('read_dataset', { file: bytes });
    return spec.source ? null : spec;
  } catch (error) {
    if (/** @type {any} */ (error).field !== 'file' || name.endsWith('.json')) throw error;
    return null;
  }
}

/** Take files that are dropped on a place, and only those. @param {HTMLElement} zone @param {(files: File[]) => void} onDrop */
function followDrops(zone, onDrop) {
  /** @param {string} type @param {(event: DragEvent) => void} act */
  const onFiles = (type, act) => zone.addEventListener(type, (event) => {
    const drag = /** @type {DragEvent} */ (event);
    if (!drag.dataTransfer?.types.includes('Files')) return;
    drag.preventDefault();
    drag.stopPropagation(); // elsewhere on the page results are dropped
    act(drag);
  });
  onFiles('dragover', () => zone.classList.add('dropping'));
  onFiles('dragleave', () => zone.classList.remove('dropping'));
  onFiles('drop', ({ dataTransfer }) => {
    zone.classList.remove('dropping');
    onDrop([...dataTransfer?.files ?? []]);
  });
}

/**
 * The button that opens a dataset's file, or data of one's own, and its hidden input.
 * @param {StatusButtons} row @param {HTMLElement} fault where it is said what is wrong with a file
 * @param {Lab} lab @param {Settings} settings @param {HTMLElement} zone where files may be dropped
 */
function openParts({ status, button }, fault, lab, settings, zone) {
  const input = element('input', { type: 'file', accept: ENDINGS, multiple: true, hidden: true });
  input.setAttribute('aria-label', 'A dataset file');
  const panel = element('div');
  fault.after(panel);
  const tell = (/** @type {string} */ text) => { status.textContent = text; };
  /** @param {File[]} files */
  async function open(files) {
    if (!files.length) return;
    const wrong = wrongFiles(files);
    fault.textContent = wrong;
    if (wrong) return;
    try {
      const read = await Promise.all(files.map(readFile));
      const spec = read.length === 1 ? await savedSpec(lab, read[0]) : null;
      if (spec) {
        settings.take('dataset', spec);
        return tell(`${read[0].name} is open: the page now has its settings, which give the same numbers.`);
      }
      const { openOwnData } = await import('./own-panel.js'); // not needed before there is a file
      await openOwnData(panel, lab, settings, read, tell);
      tell('');
    } catch (error) {
      fault.textContent = `${files[0].name} was not opened: ${/** @type {Error} */ (error).message}`;
    }
  }
  input.addEventListener('change', async () => {
    await open([...input.files ?? []]);
    input.value = ''; // the same file may be chosen again
  });
  followDrops(zone, open);
  const opener = button('Open a file', 'Open a file of a dataset', async () => {
    input.click();
    return '';
  });
  const hint = element('span', { className: 'hint', textContent: 'or drop one here: a saved dataset, or your own data (NPZ, CSV, TSV, .ts, .arff, mnist1d_data.pkl)' });
  return [opener, hint, input];
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
    fileGroup(row, lab, settings), python, codeGroup(row.button, { lab, wanted: () => datasetCode(lab, settings) }),
    link, ...openParts(row, fault, lab, settings, node), field, row.status,
  );
}
