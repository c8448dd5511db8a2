// A setting's value as text: its name in an address, its value read from an address or an input. What
// an address says out of range is moved to the nearest value that is allowed.
// @ts-check
import { isWithin, limitsOf } from './limits.js';
import { readSource } from './own-source.js';
import { NUMBER, readTemplates } from './templates-text.js';
import { quoteShort } from './wrong-text.js';

/** @typedef {import('./table.js').Value} Value */
/** @typedef {import('./table.js').Setting} Setting */

/** @param {Setting} setting @returns {string} its name in an address */
export const addressName = ({ group, name }) => (group === 'dataset' ? name : `${group}.${name}`);

/**
 * A value that came as a value: of a file, or of what the browser kept.
 * @param {Setting} setting @param {unknown} value @returns {Value | undefined} undefined if the setting may not have it
 */
export function readValue(setting, value) {
  if (!['number', 'string', 'boolean'].includes(typeof value)) return undefined;
  if (setting.kind !== 'range' && setting.kind !== 'number') return readSetting(setting, String(value));
  return typeof value === 'number' && isWithin(setting, value) ? value : undefined;
}

/** @param {Setting} setting @param {string | null} text @returns {Value | undefined} undefined if the text is no value of it */
export function readSetting(setting, text) {
  if (setting.kind === 'drawing') return text !== null && readTemplates(text) ? text : undefined;
  if (setting.kind === 'own') return text === '' || (text !== null && readSource(text)) ? text : undefined;
  if (setting.options) return setting.options.find(({ value }) => String(value) === text)?.value;
  const value = text?.trim() ? Number(text) : NaN;
  return Number.isNaN(value) ? undefined : value;
}

/** @param {Setting} setting @returns {string} which values an address may give it */
function describeAllowed(setting) {
  const { kind, options, step = 0 } = setting;
  if (options) return `one of ${options.map(({ value }) => value).join(', ')}`;
  if (kind === 'drawing') return 'templates as this page writes them';
  if (kind === 'own') return 'the name of prepared data, as this page writes it';
  const { low, high, open } = limitsOf(setting);
  const what = `a ${Number.isInteger(step) ? 'whole ' : ''}number`;
  if (high === Infinity) return `${what} ${open ? 'greater than' : 'of at least'} ${low}`;
  return `${what} ${open ? 'between' : 'from'} ${low} ${open ? 'and' : 'to'} ${high}`;
}

/** @param {Setting} setting @param {string} text of an address @returns {Value | undefined} the nearest allowed value, if there is one */
function nearestAllowed(setting, text) {
  if (setting.kind !== 'range' && setting.kind !== 'number') return readSetting(setting, text);
  if (!NUMBER.test(text.trim())) return undefined;
  const { low, high } = limitsOf(setting);
  const near = Math.min(high, Math.max(low, Number(text)));
  const value = Number.isInteger(setting.step) ? Math.round(near) : near;
  return isWithin(setting, value) ? value : undefined;
}

/**
 * @param {Setting} setting @param {string} text of an address @param {Value} usual where the text is no value
 * @returns {{value: Value, correction: string | null}} the correction as the visitor is told
 */
export function readCorrected(setting, text, usual) {
  const nearest = nearestAllowed(setting, text);
  const value = nearest ?? usual;
  const isCorrected = typeof value === 'number' ? Number(text) !== value : nearest === undefined;
  if (!isCorrected) return { value, correction: null };
  const now = value === '' ? 'it is left out' : `it is ${value} now`;
  return { value, correction: `${addressName(setting)} must be ${describeAllowed(setting)}, got ${quoteShort(text)}: ${now}` };
}
