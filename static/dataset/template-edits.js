// The templates as the visitor edits them: which digit is at hand, its points, the steps that Undo takes
// back. Knows no page.
// @ts-check
import { TEMPLATES } from '../from-python.js';
import { SETTINGS } from '../settings/table.js';
import { readTemplates, writeTemplates } from '../settings/templates-text.js';

/** @typedef {import('../settings/templates-text.js').Templates} Templates */

const UNDO = 100; // steps back
const SETTING = /** @type {import('../settings/table.js').Setting} */ (SETTINGS.find(({ kind }) => kind === 'drawing'));

/** Edits the setting `templates`. Dispatches `change` after each change of it, wherever it was made. */
export class TemplateEdits extends EventTarget {
  digit = 2; // the one at hand
  /** @type {string[]} */ #past = [];
  #ownChange = false; // whether the setting is being changed here
  #last;

  /** @param {import('../settings/settings.js').Settings} settings */
  constructor(settings) {
    super();
    this.settings = settings;
    this.#last = this.text;
    settings.addEventListener('change', (event) => {
      if (/** @type {CustomEvent} */ (event).detail !== SETTING) return;
      // A file was opened, or all settings were reset: Undo takes that back too.
      if (!this.#ownChange && this.#last !== this.text) this.#remember(this.#last);
      this.#last = this.text;
      this.dispatchEvent(new Event('change'));
    });
  }

  /** @returns {string} the setting: '' while all ten are as published */
  get text() {
    return String(this.settings.get(SETTING));
  }

  /** @returns {Templates} those that are not as published; none if the setting cannot be read */
  get drawn() {
    return readTemplates(this.text) ?? new Map();
  }

  get canUndo() {
    return this.#past.length > 0;
  }

  /** @param {number} digit @returns {number[]} its points, drawn or published */
  pointsOf(digit) {
    return this.drawn.get(digit) ?? TEMPLATES[digit];
  }

  /** Begin a step that Undo takes back as one. */
  begin() {
    this.#remember(this.text);
  }

  /** Within a step: move one point of the digit at hand. @param {number} index @param {number} value */
  move(index, value) {
    this.#set(writeTemplates(this.drawn.set(this.digit, this.pointsOf(this.digit).with(index, value))));
  }

  /** A step. @param {number[]} points of the digit at hand */
  setPoints(points) {
    this.replace(writeTemplates(this.drawn.set(this.digit, points)));
  }

  /** A step: the digit at hand is as published. */
  resetDigit() {
    const left = this.drawn;
    left.delete(this.digit);
    this.replace(writeTemplates(left));
  }

  /** A step: all templates at once. @param {string} text as in the setting */
  replace(text) {
    this.begin();
    this.#set(text);
  }

  undo() {
    const before = this.#past.pop();
    if (before !== undefined) this.#set(before);
  }

  /** @param {string} text */
  #remember(text) {
    this.#past = [...this.#past.slice(1 - UNDO), text];
  }

  /** @param {string} text */
  #set(text) {
    this.#ownChange = true;
    this.settings.set(SETTING, text);
    this.#ownChange = false;
  }
}
