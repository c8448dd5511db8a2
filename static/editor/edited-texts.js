// The texts at the hooks of one figure: ours, and what the visitor has made of them, kept in this browser. It runs
// nothing and draws nothing.
// @ts-check

/** One place for code, as the job `hooks` returns it. @typedef {{name: string, call: string, does: string, text: string}} Hook */
/** @typedef {Record<string, string>} Edits texts by the name of their hook */
/** @typedef {{read: (use: (value: unknown) => void) => void, write: (value: unknown) => void}} Shelf */

export const LONGEST = 100_000; // letters of a text, as Python takes them

/** @param {unknown} value @returns {value is Edits} whether it can be texts at hooks: it may come from anywhere */
export function areEdits(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, text]) => /^\w{1,20}$/.test(name) && typeof text === 'string' && text.length <= LONGEST);
}

/** @param {string} text @returns {string} without what no reader sees */
const settled = (text) => text.replace(/\s+$/gm, '');

/** Dispatches `change` when a text is another. */
export class EditedTexts extends EventTarget {
  /** @type {Hook[]} */ hooks = [];
  /** @type {Edits} the visitor's, also where they equal ours */ #mine = {};

  /** @param {string[]} names of the figure's hooks @param {Shelf} shelf where they are kept */
  constructor(names, shelf) {
    super();
    this.names = names;
    this.shelf = shelf;
    shelf.read((value) => { if (areEdits(value)) this.#mine = this.#known(value); });
  }

  /** Those that this figure has. @param {Edits} edits */
  #known(edits) {
    return Object.fromEntries(Object.entries(edits).filter(([name]) => this.names.includes(name)));
  }

  /** Ours, which follow the settings. @param {Hook[]} hooks */
  setOurs(hooks) {
    this.hooks = hooks.filter(({ name }) => this.names.includes(name));
    this.dispatchEvent(new Event('change'));
  }

  /** @param {string} name @returns {string} our text */
  ours(name) {
    return this.hooks.find((hook) => hook.name === name)?.text ?? '';
  }

  /** @param {string} name @returns {string} the text to show */
  text(name) {
    return this.#mine[name] ?? this.ours(name);
  }

  /** @param {string} name @param {string} text */
  set(name, text) {
    this.take({ ...this.#mine, [name]: text });
  }

  /** Take all of these in place of what is there. @param {Edits} edits */
  take(edits) {
    this.#mine = this.#known(edits);
    this.shelf.write(this.#mine);
    this.dispatchEvent(new Event('change'));
  }

  /** Back to ours. */
  reset() {
    this.take({});
  }

  /** @param {string} name @returns {boolean} whether it says something else than ours */
  isEdited(name) {
    return name in this.#mine && settled(this.#mine[name]) !== settled(this.ours(name));
  }

  /** What there is to run: the texts that are not ours. @returns {Edits} */
  get edits() {
    return Object.fromEntries(this.names.filter((name) => this.isEdited(name)).map((name) => [name, this.#mine[name]]));
  }

  /** Whether something of the visitor's is kept. */
  get hasMine() {
    return Object.keys(this.#mine).length > 0;
  }
}
