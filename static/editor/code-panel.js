// The code behind a figure, to be read and changed: a text for each hook, what it is for, Run and Stop, the line that is
// wrong, what it prints. What a run does, and what is drawn of it, is the figure's. It is loaded when it is opened.
// @ts-check
import { element } from '../ui/dom.js';
import { mountChoice } from '../ui/inputs.js';
import { mountRunBar } from '../ui/run-bar.js';
import { mountCodeEditor } from './code-editor.js';

/** @typedef {import('./edited-texts.js').EditedTexts} EditedTexts */
/** @typedef {import('./edited-texts.js').Edits} Edits */
/** @typedef {(text: string, stream: string) => void} OnPrint */
/** @typedef {{signal: AbortSignal, onProgress: (progress: any) => void, onPrint: OnPrint, own?: import('../lab/messages.js').Lent}} RunOptions */

/**
 * @typedef {object} PanelOptions
 * @property {Record<string, string>} labels of the hooks
 * @property {(edits: Edits) => string} cost what a run with these takes
 * @property {(edits: Edits, options: RunOptions) => Promise<void>} run
 * @property {() => void} back what the edited code has made is to go
 * @property {HTMLElement[]} beside buttons for what was found
 */

const PRINTED = 20_000; // letters that are shown of what the code prints
const PLACE = /^(\w+)(?:, line (\d+))?: /; // what an error of edited code begins with

/** Where a text is wrong. @param {Error} error @param {string[]} names of hooks @returns {{name: string, line: number | null} | null} null: it is no text's fault */
export function placeOf({ message }, names) {
  const [, name, line] = message.match(PLACE) ?? [];
  return names.includes(name) ? { name, line: line ? Number(line) : null } : null;
}

/** What the code prints, up to a limit. @param {HTMLElement} node */
function mountPrinted(node) {
  const shown = element('pre', { className: 'printed', tabIndex: 0, hidden: true });
  shown.setAttribute('aria-label', 'What the code printed');
  node.append(shown);
  return {
    clear() {
      shown.textContent = '';
      shown.hidden = true;
    },
    /** @param {string} text */
    add(text) {
      shown.hidden = false;
      const whole = shown.textContent + text;
      shown.textContent = whole.length > PRINTED ? `${whole.slice(0, PRINTED)}\n… more is not shown.` : whole;
      shown.scrollTop = shown.scrollHeight;
    },
  };
}

/** The parts of the panel, in their order. @param {HTMLElement} node */
function layOut(node) {
  const parts = {
    choice: element('div', { className: 'choices' }),
    does: element('p', { className: 'does' }),
    host: element('div', { className: 'code-host' }),
    fault: element('p', { className: 'problem' }),
    runner: element('div', { className: 'runner' }),
    cost: element('p', { className: 'forecast' }),
    hint: element('p', { className: 'hint', textContent: 'It is Python with NumPy as np. Tab indents; Escape, then Tab, leaves the editor. What you write is kept in this browser.' }),
    rest: element('div', { className: 'edits' }),
  };
  parts.fault.setAttribute('role', 'alert');
  node.append(...Object.values(parts));
  return parts;
}

/**
 * @param {HTMLElement} node empty @param {EditedTexts} texts @param {PanelOptions} options
 * @returns {{run: () => void}} starts a run
 */
export function mountCodePanel(node, texts, { labels, cost, run, back, beside }) {
  const parts = layOut(node);
  const printed = mountPrinted(node);
  /** @type {{name: string, line: number | null, message: string} | null} */ let wrong = null;

  const choice = mountChoice(parts.choice, {
    label: 'Code',
    options: texts.names.map((name) => ({ value: name, label: labels[name] })),
    onChange: () => show(),
  });
  const editor = mountCodeEditor(parts.host, {
    label: 'Python of this hook',
    onChange(text) {
      if (wrong) showError(null);
      texts.set(choice.value, text);
    },
  });
  const reset = element('button', { className: 'plain small', type: 'button', textContent: 'Back to ours' });
  reset.addEventListener('click', () => {
    showError(null);
    texts.reset();
    back();
    editor.focus();
  });
  parts.rest.append(reset, ...beside);

  function show() {
    const hook = texts.hooks.find(({ name }) => name === choice.value);
    if (!hook) return;
    for (const name of texts.names) choice.rename(name, texts.isEdited(name) ? `${labels[name]} (edited)` : labels[name]);
    parts.does.replaceChildren(element('code', { textContent: hook.call }), ` ${hook.does}`);
    editor.show(texts.text(choice.value));
    editor.mark(wrong?.name === choice.value ? wrong.line : null, wrong?.message);
    parts.cost.textContent = cost(texts.edits);
    reset.disabled = !texts.hasMine;
  }
  /** @param {Error | null} error @returns {boolean} whether it is shown here */
  function showError(error) {
    const place = error && placeOf(error, texts.names);
    wrong = place && { ...place, message: error.message };
    parts.fault.textContent = error && (place || 'field' in error) ? error.message : '';
    if (place) choice.choose(place.name);
    show();
    return parts.fault.textContent !== '';
  }
  const bar = mountRunBar(parts.runner, {
    label: 'Run this code',
    showError,
    async run(signal, onProgress) {
      showError(null);
      printed.clear();
      await run(texts.edits, { signal, onProgress, onPrint: (text) => printed.add(text) });
    },
  });
  texts.addEventListener('change', show);
  show();
  return { run: () => { bar.start(); } };
}
