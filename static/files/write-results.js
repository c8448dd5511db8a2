// Records as the text of a file, JSON or CSV, and the file's name. Saves nothing.
// @ts-check
import { spelled } from '../records/hash.js';

/** @typedef {Record<string, unknown>} Row a flat record */

export const FORMAT = 'mnist1d-lab records 1';

/**
 * @param {string} name @param {any} spec @param {Row[]} records @param {string} version of the site
 * @param {Record<string, string>} [edits] somebody's code that made them, by the name of its hook
 * @returns {string} one record a line, which makes two files easy to compare
 */
export function toJSON(name, spec, records, version, edits) {
  const head = JSON.stringify({ format: FORMAT, version, name, spec, edits }, null, 1).slice(0, -2);
  const rows = records.map((row) => `  ${JSON.stringify(row, (_, value) => spelled(value))}`);
  return `${head},\n "records": [\n${rows.join(',\n')}\n ]\n}\n`;
}

/** @param {unknown} value @returns {string} a cell, quoted where RFC 4180 asks for it */
function cell(value) {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {Row[]} records @returns {string} RFC 4180 with a header; a missing value is an empty cell */
export function toCSV(records) {
  const columns = [...new Set(records.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...records.map((row) => columns.map((name) => row[name]))];
  return lines.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('');
}

const IN_NAME = ['preset', 'hidden', 'steps', 'level', 'levels', 'trials', 'seed']; // fields of a spec that a file's name shows

/**
 * @param {string} name what is in the file @param {any} spec @param {string} hash of the whole spec
 * @returns {string} of a file, without its ending, as any file system takes it
 */
export function fileName(name, spec, hash) {
  const parts = IN_NAME.filter((field) => Object.hasOwn(spec ?? {}, field))
    .map((field) => (field === 'preset' ? spec[field] : `${field}-${spec[field]}`));
  return ['mnist1d-lab', name, ...parts, hash].join('_').replace(/[^\w.-]+/g, '-');
}
