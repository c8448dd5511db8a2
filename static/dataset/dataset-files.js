// The row of buttons that take a dataset away and open one again: files, lines of Python, a link.
// Python makes and reads the files.
// @ts-check
import { group, save } from '../files/download-row.js';
import { element } from '../ui/dom.js';
import { mountOutcome } from '../ui/status-buttons.js';

const TYPES = { npz: 'application/octet-stream', csv: 'text/csv', json: 'application/json' };
const LARGEST = 512 * 2 ** 20; // bytes of a file that is opened
const count = new Intl.NumberFormat('en');

/**
 * @param {HTMLElement} node @param {HTMLElement} problem where it is said what is wrong with a file
 * @param {import('../lab/lab.js').Lab} lab @param {import('../settings/settings.js').Settings} settings
 */
export function mountParcel(node, problem, lab, settings) {
  const { status, button } = mountOutcome();
  const forms = /** @type {(keyof typeof TYPES)[]} */ (Object.keys(TYPES)).map((form) =>
    button(form.toUpperCase(), `Dataset as ${form.toUpperCase()}`, async () => {
      status.textContent = 'Making it …';
      const onProgress = (/** @type {any} */ { done, total }) => {
        status.textContent = `Making ${count.format(done)} of ${count.format(total)} examples …`;
      };
      const { file, name } = await lab.run('export', { ...settings.args('dataset'), form }, { onProgress });
      save(file, TYPES[form], name);
      return `Saved ${name}.`;
    }));
  /** @param {string} text @param {string} what */
  const copy = async (text, what) => {
    try {
      await navigator.clipboard.writeText(text);
      return `Copied ${what}.`;
    } catch { // refused, or an address without https
      Object.assign(place, { value: text, hidden: false });
      place.select();
      return 'Copy it from here.';
    }
  };
  const place = element('input', { className: 'address', readOnly: true, hidden: true });
  place.setAttribute('aria-label', 'What is to be copied');
  /** @param {'lab' | 'reference'} which @param {string} name */
  const python = (which, name) => button(name, `Copy Python for ${name}`, async () => {
    const lines = await lab.run('code', settings.args('dataset'));
    return copy(lines[which], `the lines for ${name}`);
  });
  const link = button('Copy link', 'Copy link to this dataset', () => copy(location.href, 'the link; it makes this dataset again'));

  const input = element('input', { type: 'file', accept: '.npz,.csv,.json', hidden: true });
  input.setAttribute('aria-label', 'A dataset file');
  const open = button('Open a file', 'Open a file of a dataset', async () => {
    input.click();
    return '';
  });
  input.addEventListener('change', async () => {
    const [file] = input.files ?? [];
    if (!file) return;
    problem.textContent = '';
    try {
      if (file.size > LARGEST) throw new Error(`it must have at most ${count.format(LARGEST)} bytes, got ${count.format(file.size)}`);
      const bytes = new Uint8Array(await file.arrayBuffer());
      const { spec } = await lab.run('opened', { file: bytes });
      settings.take('dataset', spec);
      status.textContent = `${file.name} is open: its settings are in force, and make its numbers again.`;
    } catch (error) {
      problem.textContent = `${file.name} is not opened: ${/** @type {Error} */ (error).message}`;
    }
    input.value = ''; // the same file may be chosen again
  });
  node.classList.add('takeaway');
  node.append(
    group('Dataset', forms), group('Python', [python('lab', 'mnist1d_lab'), python('reference', 'mnist1d')]),
    link, open, input, place, status,
  );
}
