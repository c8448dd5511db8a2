// Reads a results file: its records, or a sentence that says what is wrong with it. The file is data,
// never code; nothing here touches the page.
// @ts-check
// d3-dsv splits CSV into cells: Plot already brings it, and it reads every quoting and line end.
// @ts-expect-error: it comes without types
import { csvParseRows } from 'd3-dsv';
import { formatNumber } from '../records/format.js';
import { FORMAT } from './write-results.js';

/** @typedef {import('./columns.js').Column} Column */
/** @typedef {Record<string, string | number>} Row */
/**
 * `spec` is null if the file has none; `edits` is somebody's code that made the records, which nothing here runs.
 * @typedef {{name: string, spec: any, records: Row[], edits?: Record<string, string>}} Results
 */

const SHIPPED = 'mnist1d-lab results 1'; // format of the results that come with the page
export const MAX_BYTES = 16 * 2 ** 20; // a hundred times the longest search of the page
const LONGEST = 40; // letters of a value that a sentence repeats
const DEEPEST = 8; // brackets within brackets; ours has four
const LONGEST_CODE = 100_000; // letters of somebody's code
const LONGEST_TEXT = 5000; // letters of a setting: drawn templates are long

/** What is wrong with a file: the rest of a sentence that starts with the file's name. */
class Refusal extends Error {}

/** @param {unknown} value @returns {string} for a sentence */
function shown(value) {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(typeof value === 'string' ? value.slice(0, 2 * LONGEST) : value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** @param {string[]} names */
const list = (names) => names.join(', ').replace(/, ([^,]*)$/, ' and $1');

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Rows of raw values to records. Columns that are not in the table are left out.
 * @param {Record<string, unknown>[]} raw @param {Column[]} columns @param {string[]} names of all columns
 * @returns {Row[]}
 */
function recordsOf(raw, columns, names) {
  if (!raw.length) throw new Refusal(' has no rows.');
  const missing = columns.filter(({ name, required }) => required && !names.includes(name));
  if (missing.length) {
    const required = list(columns.filter((one) => one.required).map(({ name }) => name));
    const what = missing.length > 1 ? 'columns' : 'column';
    throw new Refusal(` lacks the ${what} ${list(missing.map(({ name }) => name))}; it needs ${required}.`);
  }
  /** @type {Map<string, number>} */ const seen = new Map();
  return raw.map((values, index) => {
    const row = recordOf(values, columns, index + 1);
    const key = `arm ${row.arm}, trial ${row.trial}, level ${row.level}`;
    const before = seen.get(key);
    if (before) throw new Refusal(`, row ${index + 1}, repeats row ${before}: ${key}.`);
    seen.set(key, index + 1);
    return row;
  });
}

/** @param {Record<string, unknown>} values @param {Column[]} columns @param {number} number */
function recordOf(values, columns, number) {
  /** @type {Row} */ const row = {};
  for (const { name, required, allowed, read } of columns) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    const absent = value === undefined || value === null || value === '';
    if (absent && !required) continue;
    const clean = read(value);
    if (clean === undefined) {
      throw new Refusal(`, row ${number}: ${name} must be ${allowed}, got ${shown(value)}.`);
    }
    row[name] = clean;
  }
  return row;
}

/** @param {unknown} value @param {string} field a setting, or a list of settings, or a dict of them */
function checkSetting(value, field) {
  const plain = (/** @type {unknown} */ one) =>
    typeof one === 'boolean' || Number.isFinite(one) || (typeof one === 'string' && one.length <= LONGEST_TEXT);
  if (isObject(value) && field === 'spec.dataset') checkSettings(value, field);
  else if (!(Array.isArray(value) ? value.every(plain) : plain(value))) {
    throw new Refusal(`: ${field} must be a number, a text or true or false, got ${shown(value)}.`);
  }
}

/** @param {unknown} spec @param {string} field */
function checkSettings(spec, field) {
  if (!isObject(spec)) throw new Refusal(`: ${field} must be an object of settings, got ${shown(spec)}.`);
  for (const [name, value] of Object.entries(spec)) checkSetting(value, `${field}.${name}`);
}

/** @param {unknown} edits of a file @returns {{edits?: Record<string, string>}} */
function editsOf(edits) {
  if (edits === undefined) return {};
  const areTexts = isObject(edits) && Object.values(edits).every((text) => typeof text === 'string' && text.length <= LONGEST_CODE);
  if (!areTexts) throw new Refusal(`: edits must be an object of texts, got ${shown(edits)}.`);
  return { edits: /** @type {Record<string, string>} */ (edits) };
}

/** @param {unknown} value @returns {value is unknown[][]} */
const isTable = (value) => Array.isArray(value) && value.every(Array.isArray);

/** @param {Record<string, unknown>} file @returns {unknown} its rows; results that came with the page hold a table */
function rowsOf({ format, records }) {
  if (format === FORMAT) return records;
  const { columns, rows } = isObject(records) ? records : {};
  if (!Array.isArray(columns) || !isTable(rows)) {
    throw new Refusal(`: records must have columns and rows, got ${shown(records)}.`);
  }
  return rows.map((cells) => Object.fromEntries(columns.map((name, i) => [name, cells[i]])));
}

/** @param {string} text @param {Column[]} columns @returns {Omit<Results, 'name'>} */
function fromJSON(text, columns) {
  /** @type {unknown} */ let file;
  try {
    checkNesting(text);
    file = JSON.parse(text);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(` is not JSON: ${/** @type {Error} */ (error).message.slice(0, 2 * LONGEST)}.`);
  }
  if (!isObject(file) || typeof file.format !== 'string' || ![FORMAT, SHIPPED].includes(file.format)) {
    const got = isObject(file) ? file.format : file;
    throw new Refusal(` is not a results file: format must be ${shown(FORMAT)}, got ${shown(got)}.`);
  }
  checkSettings(file.spec, 'spec');
  const records = rowsOf(file);
  if (!Array.isArray(records)) throw new Refusal(`: records must be a list of rows, got ${shown(records)}.`);
  const strange = records.findIndex((row) => !isObject(row));
  if (strange >= 0) {
    throw new Refusal(`, row ${strange + 1}, must be an object, got ${shown(records[strange])}.`);
  }
  const names = [...new Set(records.flatMap((row) => Object.keys(row)))];
  return { spec: file.spec, records: recordsOf(records, columns, names), ...editsOf(file.edits) };
}

const BRACKETS = /"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs;

/** Refuse what is nested so deeply that reading or showing it would take the page down. @param {string} text */
function checkNesting(text) {
  let depth = 0;
  for (const [found] of text.matchAll(BRACKETS)) {
    depth += '[{'.includes(found) ? 1 : ']}'.includes(found) ? -1 : 0;
    if (depth > DEEPEST) throw new Refusal(` is not a results file: it is nested more than ${DEEPEST} deep.`);
  }
}

const CELL = /(?:"[^"]*(?:""[^"]*)*"|(?!")[^,\r\n]*)(?:,|(\r\n?|\n)|$)/y; // and what ends it
const QUOTED = /"[^"]*(?:""[^"]*)*"/y;

/** Refuse what d3-dsv would guess at: a quotation mark without its end, or with text after it. @param {string} text */
function checkQuotes(text) {
  let row = 0;
  for (let at = 0; at < text.length; at = CELL.lastIndex) {
    CELL.lastIndex = QUOTED.lastIndex = at;
    const cell = CELL.exec(text);
    if (cell?.[1]) row += 1;
    if (cell) continue;
    const fault = QUOTED.test(text) ? 'text follows a closing quotation mark' : 'a quotation mark is never closed';
    throw new Refusal(`, ${row ? `row ${row}` : 'the header'}: ${fault}.`);
  }
}

/** @param {string} text @returns {string[][]} rows of cells, without blank lines */
function rowsOfCSV(text) {
  checkQuotes(text);
  return csvParseRows(text).filter((/** @type {string[]} */ row) => row.length > 1 || row[0] !== '');
}

/** @param {string} text @param {Column[]} columns @returns {Omit<Results, 'name'>} */
function fromCSV(text, columns) {
  const [header, ...rows] = rowsOfCSV(text);
  const known = columns.filter(({ name }) => header?.includes(name));
  if (!known.length) {
    throw new Refusal(' is not a results file: it is neither our JSON nor a CSV table whose first row ' +
      `names columns such as ${list(columns.slice(0, 3).map(({ name }) => name))}.`);
  }
  const twice = known.find(({ name }) => header.indexOf(name) < header.lastIndexOf(name))?.name;
  if (twice !== undefined) throw new Refusal(` has the column ${shown(twice)} twice.`);
  const odd = rows.findIndex((cells) => cells.length !== header.length);
  if (odd >= 0) {
    throw new Refusal(`, row ${odd + 1}, must have ${header.length} cells like the header, got ${rows[odd].length}.`);
  }
  const raw = rows.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i]])));
  return { spec: null, records: recordsOf(raw, columns, header) };
}

/**
 * @param {string} text @param {string} file its name @param {Column[]} columns
 * @returns {{results: Results} | {fault: string}}
 */
export function readText(text, file, columns) {
  const body = text.replace(/^\ufeff/, '');
  try {
    if (!body.trim()) throw new Refusal(' is empty.');
    const json = /^\s*[[{]/.test(body) || /\.json$/i.test(file);
    const read = json ? fromJSON(body, columns) : fromCSV(body, columns);
    const isEdited = read.records.some(({ edited }) => edited) || read.edits;
    return { results: { name: isEdited ? `${file} (edited)` : file, ...read } };
  } catch (error) {
    if (error instanceof Refusal) return { fault: `${file}${error.message}` };
    throw error;
  }
}

/**
 * @param {File} file as an input or a drop gives it @param {Column[]} columns
 * @returns {Promise<{results: Results} | {fault: string}>}
 */
export async function readFile(file, columns) {
  if (file.size > MAX_BYTES) {
    const size = `${formatNumber(Math.ceil((10 * file.size) / 2 ** 20) / 10, 1)} MB`;
    return { fault: `${file.name} is too large: at most ${MAX_BYTES / 2 ** 20} MB, got ${size}.` };
  }
  /** @type {ArrayBuffer} */ let bytes;
  try {
    bytes = await file.arrayBuffer();
  } catch {
    return { fault: `${file.name} could not be read: it is a folder, or it is gone.` };
  }
  try {
    return readText(new TextDecoder('utf-8', { fatal: true }).decode(bytes), file.name, columns);
  } catch (error) {
    if (error instanceof TypeError) return { fault: `${file.name} is not text in UTF-8.` };
    throw error;
  }
}
