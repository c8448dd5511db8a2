// Every setting of the page in one table: it makes the controls, the address bar and the jobs'
// arguments. It holds values; what a value may be is for Python to say.
// @ts-check

/**
 * @typedef {object} Row
 * @property {'dataset' | 'train' | 'lottery'} group
 * @property {string} name the spec's field
 * @property {string} label the control's accessible name
 * @property {number} value the default
 * @property {number} min @property {number} max @property {number} step
 * @property {'range' | 'number'} kind
 * @property {string} help
 */

/** @type {Row[]} */
export const SETTINGS = [
  {
    group: 'dataset', name: 'corr_noise_scale', label: 'Noise', kind: 'range',
    value: 0.25, min: 0, max: 1, step: 0.01,
    help: 'Height of the smooth noise around the digit.',
  },
  {
    group: 'dataset', name: 'max_translation', label: 'Shift', kind: 'range',
    value: 48, min: 1, max: 72, step: 1,
    help: 'The digit starts at one of this many places.',
  },
  {
    group: 'dataset', name: 'final_seq_length', label: 'Resolution', kind: 'range',
    value: 40, min: 8, max: 72, step: 1,
    help: 'Numbers per example: the inputs of the network.',
  },
  {
    group: 'train', name: 'hidden', label: 'Hidden units', kind: 'number',
    value: 100, min: 1, max: 2000, step: 1, help: 'In each of two layers.',
  },
  {
    group: 'train', name: 'steps', label: 'Steps', kind: 'number',
    value: 2000, min: 1, max: 100000, step: 1, help: 'Updates, on 100 examples each.',
  },
  {
    group: 'train', name: 'learning_rate', label: 'Learning rate', kind: 'number',
    value: 0.01, min: 0, max: 10, step: 0.001, help: 'Of the Adam optimiser.',
  },
  {
    group: 'train', name: 'seed', label: 'Seed', kind: 'number',
    value: 0, min: 0, max: 4294967295, step: 1, help: 'Of the initial weights.',
  },
  {
    group: 'lottery', name: 'hidden', label: 'Hidden units', kind: 'number',
    value: 200, min: 1, max: 2000, step: 1, help: 'In each of two layers.',
  },
  {
    group: 'lottery', name: 'steps', label: 'Steps', kind: 'number',
    value: 1000, min: 1, max: 100000, step: 1, help: 'Updates per network.',
  },
  {
    group: 'lottery', name: 'levels', label: 'Levels', kind: 'number',
    value: 5, min: 1, max: 100, step: 1, help: 'Each deletes 37 % of what is left.',
  },
  {
    group: 'lottery', name: 'trials', label: 'Trials', kind: 'number',
    value: 3, min: 1, max: 1000, step: 1, help: 'Each with its own initial weights.',
  },
  {
    group: 'lottery', name: 'seed', label: 'First seed', kind: 'number',
    value: 0, min: 0, max: 4294967295, step: 1, help: 'Trial t uses this plus t.',
  },
];

/** @param {Row} row */
const key = ({ group, name }) => (group === 'dataset' ? name : `${group}.${name}`);

/** The values of all settings. Dispatches `change` (a CustomEvent whose detail is the row). */
export class Settings extends EventTarget {
  /** @type {Map<string, number>} */ #values = new Map();
  /** @type {[string, string][]} */ #others;

  /** @param {string} search the query of an address; unknown names in it are kept as they are */
  constructor(search) {
    super();
    const query = new URLSearchParams(search);
    this.#others = [...query].filter(([name]) => !SETTINGS.some((row) => key(row) === name));
    for (const row of SETTINGS) {
      const given = query.get(key(row));
      const value = given?.trim() ? Number(given) : NaN;
      this.#values.set(key(row), Number.isNaN(value) ? row.value : value);
    }
  }

  /** @param {Row} row @returns {number} */
  get(row) {
    return this.#values.get(key(row)) ?? NaN;
  }

  /** @param {Row} row @param {number} value */
  set(row, value) {
    this.#values.set(key(row), value);
    this.dispatchEvent(new CustomEvent('change', { detail: row }));
  }

  /** @param {Row['group']} group @returns {Record<string, number>} a job's arguments */
  args(group) {
    const rows = SETTINGS.filter((row) => row.group === group);
    return Object.fromEntries(rows.map((row) => [row.name, this.get(row)]));
  }

  /** @param {Row['group']} group @returns {boolean} whether all of its values are the defaults */
  pristine(group) {
    return SETTINGS.every((row) => row.group !== group || this.get(row) === row.value);
  }

  /** @returns {string} the query that makes these settings again; empty for the defaults */
  search() {
    const changed = SETTINGS.filter((row) => ![row.value, NaN].includes(this.get(row)));
    const query = new URLSearchParams(this.#others);
    for (const row of changed) query.append(key(row), String(this.get(row)));
    return query.size ? `?${query}` : '';
  }
}
