// The console: a line to type Python into, and what came of it above. Python runs in lab/sandbox.js.
// @ts-check
import { Sandbox } from '../../lab/sandbox.js';
import { element } from '../../ui/dom.js';
import { completed } from '../completion.js';
import { History } from '../history.js';
import { ShownFigures } from '../shown-figures.js';
import { Output } from './output.js';

const KEYS = 'Enter runs a line that is complete, Shift+Enter begins another. Up and Down call back what was typed. ' +
  'Tab completes a name; to leave with Tab, press Escape first.';
const FRESH = 'What was defined is gone; the next line begins afresh, which takes some seconds.';
const WHEEL = /^[\w.]+-[^-/]+(-\d[^-/]*)?-[^-/]+-[^-/]+-[^-/]+\.whl$/;

/** @returns {Promise<unknown>} when the style sheet of this wing is there */
function loadStyle() {
  const link = element('link', { rel: 'stylesheet', href: new URL('../console.css', import.meta.url).href });
  return new Promise((resolve) => {
    for (const type of ['load', 'error']) link.addEventListener(type, resolve);
    document.head.append(link);
  });
}

/** @param {string} label @param {string} className @param {() => void} act */
function makeButton(label, className, act) {
  const made = element('button', { type: 'button', className, textContent: label });
  made.addEventListener('click', act);
  return made;
}

/** What the console is made of. */
function makeParts() {
  const output = element('div', { className: 'output', tabIndex: 0 });
  output.setAttribute('role', 'log');
  output.setAttribute('aria-label', 'Output');
  const label = element('label', { htmlFor: 'console-source', textContent: 'Python' });
  const source = element('textarea', { id: 'console-source', rows: 1, spellcheck: false, autocapitalize: 'off', autocomplete: 'off' });
  source.setAttribute('aria-describedby', 'console-keys');
  const names = element('p', { className: 'names' });
  const status = element('p', { className: 'status' });
  for (const one of [names, status]) one.setAttribute('role', 'status');
  const keys = element('p', { id: 'console-keys', className: 'keys', textContent: KEYS });
  const file = element('input', { type: 'file', accept: '.whl', hidden: true });
  return { output, label, source, names, status, keys, file, buttons: element('div', { className: 'edits' }) };
}

/** One console on the page. */
class ConsoleFigure {
  #sandbox = new Sandbox();
  #history = new History();
  #parts = makeParts();
  #output = new Output(this.#parts.output);
  #busy = false;
  #leaving = false; // Escape was pressed, so Tab leaves
  #stop = makeButton('Stop', 'plain small', () => this.#end('Stopped.'));
  #figures;

  /** @param {HTMLElement} node @param {ShownFigures} figures */
  constructor(node, figures) {
    this.#figures = figures;
    const { output, label, source, names, status, keys, file, buttons } = this.#parts;
    buttons.append(
      makeButton('Run', 'start', () => this.#run(true)), this.#stop,
      makeButton('Start afresh', 'plain small', () => this.#end('A fresh start.')),
      makeButton('Install a wheel …', 'plain small', () => file.click()), file,
      makeButton('Clear the output', 'plain small', () => this.#output.clear()),
    );
    node.replaceChildren(output, label, source, names, buttons, status, keys);
    source.addEventListener('keydown', (event) => this.#onKey(event));
    source.addEventListener('input', () => this.#fit());
    file.addEventListener('change', async () => {
      await this.#installFiles([...file.files ?? []]);
      file.value = '';
    });
    this.#followDrops(node);
    this.#sandbox.addEventListener('status', (event) => { this.#say(/** @type {any} */ (event).text); });
    this.#sandbox.addEventListener('ended', () => this.#figures.forget());
    this.#setBusy(false);
    source.focus();
    this.#work('', () => this.#sandbox.start()); // it takes seconds, and somebody has asked for it
  }

  /** @param {string} text */
  #say(text) {
    this.#parts.status.textContent = text;
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    this.#busy = busy;
    this.#stop.setAttribute('aria-disabled', String(!busy));
  }

  /** The textarea is as high as its text. */
  #fit() {
    const { source } = this.#parts;
    source.rows = Math.min(source.value.split('\n').length, 12);
    this.#parts.names.textContent = '';
  }

  /** @param {string} text */
  #type(text) {
    this.#parts.source.value = text;
    this.#fit();
  }

  /** Do one thing after the other; say what goes wrong. @param {string} words @param {() => Promise<unknown>} act */
  async #work(words, act) {
    if (this.#busy) return this.#say('It is still at the last line: Stop ends that.');
    this.#setBusy(true);
    if (words) this.#say(words);
    try {
      await act();
      this.#say('Ready.');
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error);
      if (name !== 'AbortError') this.#output.add('error', message);
      this.#say(this.#sandbox.isAlive ? 'Ready.' : FRESH);
    } finally {
      this.#setBusy(false);
    }
  }

  /** @param {string} why */
  #end(why) {
    if (!this.#sandbox.isAlive) return;
    this.#sandbox.stop();
    this.#output.add('note', `${why} ${FRESH}`);
    this.#parts.source.focus();
  }

  /** @param {boolean} force even if it looks unfinished */
  #run(force) {
    const { value } = this.#parts.source;
    if (!value.trim()) return;
    this.#work('Running …', async () => {
      const onPrint = (/** @type {string} */ text, /** @type {string} */ stream) => this.#output.add(stream, text);
      const typed = this.#output.add('typed', value);
      this.#type('');
      const figures = this.#figures.news();
      const answer = await this.#sandbox.evaluate(value, { force, figures, onPrint });
      if (answer.complete) {
        this.#history.add(value);
        return this.#output.addAnswer(answer);
      }
      typed.remove();
      this.#type(`${value}\n${indentAfter(value)}`);
    });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const { source } = this.#parts;
    const { key, shiftKey } = event;
    if (key === 'Tab' && !shiftKey && !this.#leaving && source.value.trim()) {
      event.preventDefault();
      this.#complete();
    }
    this.#leaving = key === 'Escape' || (this.#leaving && key === 'Shift');
    if (event.isComposing) return;
    if (key === 'Enter' && !shiftKey) {
      event.preventDefault();
      this.#run(false);
    }
    const [before, after] = [source.value.slice(0, source.selectionStart), source.value.slice(source.selectionEnd)];
    const by = key === 'ArrowUp' && !before.includes('\n') ? -1 : key === 'ArrowDown' && !after.includes('\n') ? 1 : 0;
    const text = by && !shiftKey ? this.#history.step(by, source.value) : null;
    if (text === null || text === undefined) return;
    event.preventDefault();
    this.#type(String(text));
  }

  async #complete() {
    const { source, names } = this.#parts;
    const [before, after] = [source.value.slice(0, source.selectionStart), source.value.slice(source.selectionEnd)];
    if (!/[\w.]$/.test(before)) return source.setRangeText('    ', source.selectionStart, source.selectionEnd, 'end');
    if (this.#busy) return this.#say('Names are completed once the last line has ended.');
    const found = await this.#sandbox.complete(before).catch(() => ({ start: before.length, names: [] }));
    if (source.value !== before + after) return; // typed on meanwhile
    const { text, list } = completed(before, found);
    source.value = text + after;
    source.setSelectionRange(text.length, text.length);
    names.textContent = list;
  }

  /** @param {File[]} files */
  async #installFiles(files) {
    for (const one of files) {
      await this.#work(`Installing ${one.name} …`, async () => {
        if (!WHEEL.test(one.name)) throw new Error(`${one.name} is no wheel: its name should end like -1.0-py3-none-any.whl.`);
        this.#output.add('note', await this.#sandbox.install(one.name, { file: await one.arrayBuffer() }));
      });
    }
  }

  /** @param {HTMLElement} node takes wheels that are dropped on it */
  #followDrops(node) {
    const onFiles = (/** @type {string} */ type, /** @type {(event: DragEvent) => void} */ act) => node.addEventListener(type, (event) => {
      if (!(/** @type {DragEvent} */ (event).dataTransfer?.types.includes('Files'))) return;
      event.preventDefault();
      event.stopPropagation(); // other figures take files that are dropped anywhere
      act(/** @type {DragEvent} */ (event));
    });
    onFiles('dragover', () => node.classList.add('dropping'));
    onFiles('dragleave', () => node.classList.remove('dropping'));
    onFiles('drop', ({ dataTransfer }) => {
      node.classList.remove('dropping');
      this.#installFiles([...dataTransfer?.files ?? []]);
    });
  }
}

/** @param {string} source unfinished @returns {string} the spaces that the next line begins with */
function indentAfter(source) {
  const last = source.split('\n').at(-1) ?? '';
  const spaces = last.match(/^ */)?.[0] ?? '';
  return last.trimEnd().endsWith(':') ? `${spaces}    ` : spaces;
}

/**
 * @param {HTMLElement} node
 * @param {() => object} dataset the arguments that the sliders make
 * @param {() => import('../shown-figures.js').Search | null} search that the figures are about
 */
export async function mountConsoleFigure(node, dataset, search) {
  await loadStyle();
  return new ConsoleFigure(node, new ShownFigures(dataset, search));
}
