// The values of the settings in knobs.js: read from an address, corrected, kept in step, written back.
// It knows no setting but the preset; what a value may be is for Python to say.
// @ts-check
import { SETTINGS } from './table.js';

/** @typedef {import('./table.js').Value} Value */
/** @typedef {import('./table.js').Group} Group */
/** @typedef {import('./table.js').Setting} Setting */
/** @typedef {Record<string, {title: string, sentence: string, spec: Record<string, any>}>} Presets */

/** @param {Setting} row */
const key = ({ group, name }) => (group === 'dataset' ? name : `${group}.${name}`);

/** @param {Group} group @param {string} name @returns {Setting} */
const rowOf = (group, name) =>
  /** @type {Setting} */ (SETTINGS.find((row) => row.group === group && row.name === name));

const PRESET = rowOf('lottery', 'preset');

/** @param {Setting} row @param {string | null} text @returns {Value | undefined} if the text is none: undefined */
export function read(row, text) {
  if (row.kind === 'drawing') return text ?? undefined;
  if (row.options) return row.options.find(({ value }) => String(value) === text)?.value;
  const value = text?.trim() ? Number(text) : NaN;
  return Number.isNaN(value) ? undefined : value;
}

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i; // Number() takes more: 0x10, blanks, Infinity
const SHOWN = 40; // letters of what a link says

/** @param {Setting} row @returns {string} what a link may say of it */
function allowed({ options, min, max, step = 0 }) {
  if (options) return `one of ${options.map(({ value }) => value).join(', ')}`;
  return `a ${Number.isInteger(step) ? 'whole ' : ''}number from ${min} to ${max}`;
}

/** @param {Setting} row @param {string} text of a link @returns {Value | undefined} the nearest that is allowed, if any is */
function nearest(row, text) {
  if (row.kind !== 'range' && row.kind !== 'number') return read(row, text);
  if (!NUMBER.test(text.trim())) return undefined;
  const { min = -Infinity, max = Infinity, step = 0 } = row;
  const value = Math.min(max, Math.max(min, Number(text)));
  return Number.isInteger(step) ? Math.round(value) : value;
}

/** The values of all settings. Dispatches `change` (a CustomEvent whose detail is the row). */
export class Settings extends EventTarget {
  /** @type {Map<string, Value>} */ #values = new Map();
  /** What was set before a limit came in its way. @type {Map<string, Value>} */ #wished = new Map();
  /** @type {[string, string][]} */ #others;
  /** @type {string[]} what the address said that could not be, and what it was made to be */ corrections = [];

  /** @param {string} name in an address @returns {boolean} whether it is that of a setting */
  static knows(name) {
    return SETTINGS.some((row) => key(row) === name);
  }

  /**
   * @param {string} search the query of an address; unknown names in it are kept as they are
   * @param {Presets} [presets] what a preset says a field's value is, else it is the table's
   */
  constructor(search, presets = {}) {
    super();
    this.presets = presets;
    const query = new URLSearchParams(search);
    this.#others = [...query].filter(([name]) => !SETTINGS.some((row) => key(row) === name));
    for (const row of SETTINGS) { // a preset comes before what it says
      this.#values.set(key(row), this.#corrected(row, query.get(key(row))));
    }
    this.#confine();
  }

  /** @param {Setting} row @param {string | null} text of an address; what cannot be is noted @returns {Value} */
  #corrected(row, text) {
    if (text === null) return this.usual(row);
    const value = nearest(row, text) ?? this.usual(row);
    if (typeof value === 'number' ? Number(text) !== value : nearest(row, text) === undefined) {
      const got = text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
      this.corrections.push(`${key(row)} must be ${allowed(row)}, got “${got}”: it is ${value} now`);
    }
    return value;
  }

  /** Bring what a link says beyond a limit that hangs on other rows within it, and note that. */
  #confine() {
    this.#wished.clear();
    for (const row of SETTINGS) {
      const [value, most] = [this.get(row), this.most(row)];
      if (!row.upTo || !(Number(value) > most)) continue;
      this.#values.set(key(row), most);
      this.corrections.push(`${key(row)} must be at most ${most} here, got ${value}: it is ${most} now`);
    }
  }

  /** Take the values of an address, the usual ones where it has none. @param {string} search @returns {string[]} corrections */
  load(search) {
    this.corrections = [];
    const query = new URLSearchParams(search);
    const before = new Map(this.#values);
    for (const row of SETTINGS) this.#values.set(key(row), this.#corrected(row, query.get(key(row))));
    this.#confine();
    const changed = SETTINGS.filter((row) => !Object.is(before.get(key(row)), this.get(row)));
    for (const row of changed) this.dispatchEvent(new CustomEvent('change', { detail: row }));
    return this.corrections;
  }

  /** @param {Setting} row @returns {Value} */
  get(row) {
    return this.#values.get(key(row)) ?? NaN;
  }

  /** @param {Setting} row @returns {Value} its value where nobody changed it */
  usual(row) {
    if (row.group !== 'lottery' || row === PRESET) return row.value;
    return this.presets[String(this.get(PRESET))]?.spec[row.name] ?? row.value;
  }

  /** A preset, once chosen, sets the others of its group. @param {Setting} row @param {Value} value */
  set(row, value) {
    this.#wished.delete(key(row));
    this.#change(row, value);
    this.#fit(row);
    for (const other of SETTINGS) if (other.group === row.group && other.upTo?.includes(row.name)) this.#fit(other);
    if (row !== PRESET) return;
    for (const other of SETTINGS) {
      if (other.group === 'lottery' && other !== PRESET) this.set(other, this.usual(other));
    }
  }

  /** @param {Setting} row @param {Value} value */
  #change(row, value) {
    this.#values.set(key(row), value);
    this.dispatchEvent(new CustomEvent('change', { detail: row }));
  }

  /** Keep a row within its limit; when that is wide again, so is the row. @param {Setting} row */
  #fit(row) {
    if (!row.upTo) return;
    const wished = this.#wished.get(key(row)) ?? this.get(row);
    const fitting = Math.min(Number(wished), this.most(row));
    if (Number.isNaN(fitting) || fitting === this.get(row)) return;
    if (fitting < Number(wished)) this.#wished.set(key(row), wished);
    else this.#wished.delete(key(row));
    this.#change(row, fitting);
  }

  /** @param {Setting} row @returns {number} the most it can be, beside the others */
  most({ group, upTo, max = Infinity }) {
    if (!upTo) return max;
    const sum = upTo.reduce((total, name) => total + Number(this.get(rowOf(group, name))), 0);
    return Number.isNaN(sum) ? max : sum;
  }

  /** Let all who follow these settings compute anew: what computes has come back. */
  refresh() {
    this.dispatchEvent(new CustomEvent('change', { detail: SETTINGS[0] }));
  }

  /** @param {Setting} row @returns {boolean} whether it means anything beside the others */
  counts({ group, when }) {
    return !when || this.get(rowOf(group, when[0])) === when[1];
  }

  /**
   * A job's arguments: a preset, and of the fields it fills in only those that differ.
   * @param {Group} group @returns {Record<string, any>}
   */
  args(group) {
    const sent = SETTINGS.filter((row) => row.group === group && this.counts(row))
      .filter((row) => group !== 'lottery' || row === PRESET || this.get(row) !== this.usual(row));
    /** @type {Record<string, any>} */ const args = {};
    for (const row of sent) {
      if (row.part) (args[row.part[0]] ??= [])[row.part[1]] = this.get(row);
      else args[row.name] = this.get(row);
    }
    return args;
  }

  /** Take the values of a job's arguments; what is not in them is as usual. @param {Group} group @param {Record<string, any>} args */
  take(group, args) {
    for (const row of SETTINGS.filter((one) => one.group === group)) {
      this.set(row, (row.part ? args[row.part[0]]?.[row.part[1]] : args[row.name]) ?? this.usual(row));
    }
  }

  /** @param {Group} group @returns {boolean} whether all of its values are the usual ones */
  pristine(group) {
    return SETTINGS.every((row) => row.group !== group || this.get(row) === this.usual(row));
  }

  /** @returns {[string, string][]} names and values that differ from the usual ones */
  #changed() {
    const changed = SETTINGS.filter((row) => ![this.usual(row), NaN].includes(this.get(row)));
    return changed.map((row) => [key(row), String(this.get(row))]);
  }

  /** @returns {string} the query that makes these settings again, with what else it said; empty for the defaults */
  search() {
    const query = new URLSearchParams([...this.#others, ...this.#changed()]);
    return query.size ? `?${query}` : '';
  }

  /** @returns {string} the part of an address, without its #, that makes these settings again; '' for the defaults */
  hash() {
    return String(new URLSearchParams(this.#changed()));
  }
}
