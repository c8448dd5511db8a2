// Reads a results file: its records, or a sentence that says what is wrong with it. The file is data,
// never code; nothing here touches the page. Of which kind they are is told by sort-records.js.
// @ts-check
// d3-dsv splits CSV into cells: Plot already brings it, and it reads every quoting and line end.
// @ts-expect-error: it comes without types
import { csvParseRows } from 'd3-dsv';
import { formatNumber } from '../records/format.js';
import { sortRecords } from './sort-records.js';
import { Refusal, beginning, isObject, list, shown } from './refusal.js';
import { FORMAT } from './write-results.js';

/** @typedef {import('./sort-records.js').Kind} Kind */
/** @typedef {import('./sort-records.js').RawRow} RawRow */
/** @typedef {import('./sort-records.js').Results} Results */
/** What a file holds, its rows not checked yet. @typedef {{name: string, spec: any, rows: RawRow[], edits?: Record<string, string>}} Content */

const SHIPPED = 'mnist1d-lab results 1'; // format of the results that come with the page
export const MAX_BYTES = 16 * 2 ** 20; // a hundred times the longest search of the page
const DEEPEST = 8; // brackets within brackets; ours has four
const LONGEST_CODE = 100_000; // letters of somebody's code
const LONGEST_TEXT = 5000; // letters of a setting: drawn templates are long
const NESTED = ['spec.dataset', 'spec.lottery', 'spec.lottery.dataset']; // settings that are dicts of settings

/** @param {unknown} value @param {string} field a setting, or a list of settings, or a dict of them */
function checkSetting(value, field) {
  const plain = (/** @type {unknown} */ one) =>
    typeof one === 'boolean' || Number.isFinite(one) || (typeof one === 'string' && one.length <= LONGEST_TEXT);
  if (isObject(value) && NESTED.includes(field)) checkSettings(value, field);
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

/**
 * @param {unknown} records a list of them, or a table as in the results that come with the page
 * @param {string} name of the field, for sentences @param {string} prefix of a row's number
 * @returns {RawRow[]}
 */
function rowsOf(records, name, prefix) {
  const number = (/** @type {number} */ index) => `${prefix}row ${index + 1}`;
  if (isObject(records)) {
    const { columns, rows } = records;
    if (!Array.isArray(columns) || !isTable(rows)) throw new Refusal(`: ${name} must have columns and rows, got ${shown(records)}.`);
    return rows.map((cells, index) => ({
      at: number(index), values: Object.fromEntries(columns.map((column, i) => [column, cells[i]])),
    }));
  }
  if (!Array.isArray(records)) throw new Refusal(`: ${name} must be a list of rows, got ${shown(records)}.`);
  return records.map((values, index) => {
    if (!isObject(values)) throw new Refusal(`, ${number(index)}, must be an object, got ${shown(values)}.`);
    return { at: number(index), values };
  });
}

/** @param {string} text @returns {Content} */
function fromJSON(text) {
  /** @type {unknown} */ let file;
  try {
    checkNesting(text);
    file = JSON.parse(text);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(` is not JSON: ${beginning(/** @type {Error} */ (error).message)}.`);
  }
  if (!isObject(file) || typeof file.format !== 'string' || ![FORMAT, SHIPPED].includes(file.format)) {
    const got = isObject(file) ? file.format : file;
    throw new Refusal(` is not a results file: format must be ${shown(FORMAT)}, got ${shown(got)}.`);
  }
  const { name, spec, records, arms = [], edits } = file;
  if (spec !== null) checkSettings(spec, 'spec'); // the desk's of a CSV file, which has none
  const rows = [...rowsOf(records, 'records', ''), ...rowsOf(arms, 'arms', 'arms, ')];
  return { name: typeof name === 'string' ? name : '', spec, rows, ...editsOf(edits) };
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

/** @param {string} text @param {Kind[]} kinds @returns {Content} */
function fromCSV(text, kinds) {
  const [header, ...rows] = rowsOfCSV(text);
  const names = new Set(kinds.flatMap(({ columns }) => columns.map(({ name }) => name)));
  const known = [...names].filter((name) => header?.includes(name));
  if (!known.length) {
    throw new Refusal(' is not a results file: it is neither our JSON nor a CSV table whose first row ' +
      `names columns such as ${list(['arm', 'trial', 'test_acc'])}.`);
  }
  const twice = header.find((name, at) => header.indexOf(name) < at);
  if (twice !== undefined) throw new Refusal(` has the column ${shown(twice)} twice.`);
  const odd = rows.findIndex((cells) => cells.length !== header.length);
  if (odd >= 0) {
    throw new Refusal(`, row ${odd + 1}, must have ${header.length} cells like the header, got ${rows[odd].length}.`);
  }
  const raw = rows.map((cells, index) => ({
    at: `row ${index + 1}`, values: Object.fromEntries(header.map((name, i) => [name, cells[i]])),
  }));
  return { name: '', spec: null, rows: raw };
}

/**
 * @param {string} text @param {string} file its name @param {Kind[]} kinds of records that there are
 * @returns {{results: Results[]} | {fault: string}} a result for each kind and setting in it
 */
export function readText(text, file, kinds) {
  const body = text.replace(/^\ufeff/, '');
  try {
    if (!body.trim()) throw new Refusal(' is empty.');
    const json = /^\s*[[{]/.test(body) || /\.json$/i.test(file);
    const { rows, ...head } = json ? fromJSON(body) : fromCSV(body, kinds);
    if (!rows.length) throw new Refusal(' has no rows.');
    return { results: sortRecords(rows, head, file, kinds) };
  } catch (error) {
    if (error instanceof Refusal) return { fault: `${file}${error.message}` };
    throw error;
  }
}

/**
 * @param {File} file as an input or a drop gives it @param {Kind[]} kinds of records that there are
 * @returns {Promise<{results: Results[]} | {fault: string}>}
 */
export async function readFile(file, kinds) {
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
    return readText(new TextDecoder('utf-8', { fatal: true }).decode(bytes), file.name, kinds);
  } catch (error) {
    if (error instanceof TypeError) return { fault: `${file.name} is not text in UTF-8.` };
    throw error;
  }
}
