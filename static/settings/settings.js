// The values of the settings in table.js: read from an address, kept in step with one another, written
// back. Knows no setting but the preset; whether a value is valid is for Python to say.
// @ts-check
import { PRESETS } from '../from-python.js';
import { limitsOf } from './limits.js';
import { OF_ANY_DATA } from './own-source.js';
import { addressName, readCorrected, readValue } from './setting-text.js';
import { SETTINGS } from './table.js';

/** @typedef {import('./table.js').Value} Value */
/** @typedef {import('./table.js').Group} Group */
/** @typedef {import('./table.js').Setting} Setting */
/**
 * The arguments of the jobs that a group's settings make.
 * @typedef {{dataset: import('../from-python.js').DatasetSpec,
 *   train: Omit<import('../from-python.js').TrainSpec, 'model' | 'dataset'> & {trials: number},
 *   sweep: {steps: number, trials: number, seed: number},
 *   pooling: {equal: 'steps' | 'epochs', steps: number, epochs: number, largest: number, trials: number, seed: number},
 *   lottery: Record<string, any>, arms: {steps: number, batch_size: number, datasets: number},
 *   grid: {trials: number, seed: number},
 *   rate: {start: number, other: number, steps: number, batch_size: number, outer_steps: number, outer_rate: number, weights: string, seed?: number},
 *   contrast: {max_roll: number, projector: number, temperature: number, epochs: number, trials: number, seed: number},
 *   descent: {label_noise: number, epochs: number, loss: 'cross_entropy' | 'squared_error', largest: number, trials: number, seed: number}}} JobArgs
 */
/** @typedef {Record<string, {title: string, sentence: string, spec: Record<string, any>}>} Presets */

/** @param {Group} group @param {string} name @returns {Setting} */
const settingOf = (group, name) =>
  /** @type {Setting} */ (SETTINGS.find((one) => one.group === group && one.name === name));

const PRESET = settingOf('lottery', 'preset');
/** Which data are in force; '' for the generator's. */
export const SOURCE = settingOf('dataset', 'source');

/** The values of all settings. Dispatches `change` (a CustomEvent whose detail is the setting). */
export class Settings extends EventTarget {
  /** @type {Map<Setting, Value>} */ #values = new Map();
  /** What was set before a limit lowered it. @type {Map<Setting, Value>} */ #wished = new Map();
  /** What the query said beside the settings. @type {[string, string][]} */ #others;
  /** @type {string[]} values of the address that could not be, and what they are now */ corrections = [];

  /** @param {string} name in an address @returns {boolean} whether it is a setting's */
  static knows(name) {
    return SETTINGS.some((setting) => addressName(setting) === name);
  }

  /**
   * @param {string} search the query of an address; unknown names in it are kept as they are
   * @param {Presets} [presets] the values that each gives to its group
   */
  constructor(search, presets = PRESETS) {
    super();
    this.presets = presets;
    this.#others = [...new URLSearchParams(search)].filter(([name]) => !Settings.knows(name));
    this.#read(search);
  }

  /** Read all values of an address. @param {string} search */
  #read(search) {
    const query = new URLSearchParams(search);
    this.corrections = [];
    for (const setting of SETTINGS) { // the preset stands before the settings whose usual values it gives
      const text = query.get(addressName(setting));
      const { value, correction } = text === null ?
        { value: this.usual(setting), correction: null } : readCorrected(setting, text, this.usual(setting));
      this.#values.set(setting, value);
      if (correction) this.corrections.push(correction);
    }
    this.#wished.clear();
    for (const setting of SETTINGS) {
      const [value, most] = [this.get(setting), this.most(setting)];
      if (!setting.upTo || !(Number(value) > most)) continue;
      this.#values.set(setting, most);
      this.corrections.push(`${addressName(setting)} must be at most ${most} here, got ${value}: it is ${most} now`);
    }
  }

  /** Take the values of an address, the usual ones where it has none. @param {string} search @returns {string[]} corrections */
  load(search) {
    const before = new Map(this.#values);
    this.#read(search);
    const changed = SETTINGS.filter((setting) => !Object.is(before.get(setting), this.get(setting)));
    for (const setting of changed) this.#announce(setting);
    return this.corrections;
  }

  /** @param {Setting} setting @returns {Value} */
  get(setting) {
    return this.#values.get(setting) ?? NaN;
  }

  /** @param {Setting} setting @returns {Value} its value while nobody has changed it */
  usual(setting) {
    if (setting.group !== 'lottery' || setting === PRESET) return setting.value;
    return this.presets[String(this.get(PRESET))]?.spec[setting.name] ?? setting.value;
  }

  /** A preset also sets the others of its group. @param {Setting} setting @param {Value} value */
  set(setting, value) {
    this.#wished.delete(setting);
    this.#change(setting, value);
    this.#fit(setting);
    for (const other of SETTINGS) {
      if (other.group === setting.group && other.upTo?.includes(setting.name)) this.#fit(other);
    }
    if (setting !== PRESET) return;
    for (const other of SETTINGS) {
      if (other.group === 'lottery' && other !== PRESET) this.set(other, this.usual(other));
    }
  }

  /** @param {Setting} setting @param {Value} value */
  #change(setting, value) {
    this.#values.set(setting, value);
    this.#announce(setting);
  }

  /** @param {Setting} setting */
  #announce(setting) {
    this.dispatchEvent(new CustomEvent('change', { detail: setting }));
  }

  /** Keep a setting within its limit; when the limit rises again, so does the setting. @param {Setting} setting */
  #fit(setting) {
    if (!setting.upTo) return;
    const wished = this.#wished.get(setting) ?? this.get(setting);
    const fitting = Math.min(Number(wished), this.most(setting));
    if (Number.isNaN(fitting) || fitting === this.get(setting)) return;
    if (fitting < Number(wished)) this.#wished.set(setting, wished);
    else this.#wished.delete(setting);
    this.#change(setting, fitting);
  }

  /** @param {Setting} setting @returns {number} its largest value, given the others */
  most(setting) {
    const { group, upTo } = setting;
    const { high } = limitsOf(setting);
    if (!upTo) return high;
    const sum = upTo.reduce((total, name) => total + Number(this.get(settingOf(group, name))), 0);
    return Number.isNaN(sum) ? high : sum;
  }

  /** The name of the data of one's own that are in force; '' if the generator's are. */
  get source() {
    return String(this.get(SOURCE));
  }

  /** Let all who follow the settings compute again, because Python has come back. */
  refresh() {
    this.#announce(SETTINGS[0]);
  }

  /** @param {Setting} setting @returns {boolean} whether it has an effect, given the others */
  counts({ group, name, when }) {
    if (group === 'dataset' && this.source && !OF_ANY_DATA.includes(name)) return false;
    return !when || this.get(settingOf(group, when[0])) === when[1];
  }

  /**
   * A job's arguments: a preset, and of the fields it fills in only those that differ.
   * @template {Group} G
   * @param {G} group @returns {JobArgs[G]}
   */
  args(group) {
    return this.#argsOf(SETTINGS.filter((one) => one.group === group && this.counts(one)), group);
  }

  /** The arguments of the generator, whatever data are in force. @returns {JobArgs['dataset']} */
  generatorArgs() {
    return this.#argsOf(SETTINGS.filter((one) => one.group === 'dataset' && one !== SOURCE), 'dataset');
  }

  /**
   * @template {Group} G
   * @param {Setting[]} settings that count @param {G} group theirs @returns {JobArgs[G]}
   */
  #argsOf(settings, group) {
    const sent = settings.filter((one) => one !== SOURCE || this.source)
      .filter((one) => group !== 'lottery' || one === PRESET || this.get(one) !== this.usual(one));
    /** @type {Record<string, any>} */ const args = {}; // as the table says, a field of each setting
    for (const setting of sent) {
      if (setting.part) (args[setting.part[0]] ??= [])[setting.part[1]] = this.get(setting);
      else args[setting.name] = this.get(setting);
    }
    return /** @type {JobArgs[G]} */ (args);
  }

  /**
   * Take the values of a job's arguments, the usual ones where it has none that a setting may have.
   * @param {Group} group @param {Record<string, any>} args of a file, or as the browser kept them
   */
  take(group, args) {
    for (const setting of SETTINGS.filter((one) => one.group === group)) {
      const { part, name } = setting;
      this.set(setting, readValue(setting, part ? args?.[part[0]]?.[part[1]] : args?.[name]) ?? this.usual(setting));
    }
  }

  /** @param {Group} group @returns {boolean} whether all of its values are the usual ones */
  pristine(group) {
    return SETTINGS.every((one) => one.group !== group || this.get(one) === this.usual(one));
  }

  /** @returns {[string, string][]} names and values that differ from the usual ones */
  #changed() {
    const changed = SETTINGS.filter((one) => ![this.usual(one), NaN].includes(this.get(one)));
    return changed.map((one) => [addressName(one), String(this.get(one))]);
  }

  /** @returns {string} the query that makes these settings again, with what else it said; '' for the usual values */
  search() {
    const query = new URLSearchParams([...this.#others, ...this.#changed()]);
    return query.size ? `?${query}` : '';
  }

  /** @returns {string} the hash, without its #, that makes these settings again; '' for the usual values */
  hash() {
    return String(new URLSearchParams(this.#changed()));
  }
}
