// Sorts the rows of a file by kind and checks them: of each kind the wing that draws it says what its records
// are. A file may hold several kinds, and of a kind several settings. Reads no file and draws nothing.
// @ts-check
import { SETTINGS } from '../settings/table.js';
import { Refusal, list, shown } from './refusal.js';

/** @typedef {import('./columns.js').Column} Column */
/** @typedef {Record<string, string | number>} Row */
/**
 * `kind` is that of the records; `spec` is null if the file has none; `edits` is somebody's code that made the
 * records, which nothing here runs.
 * @typedef {{name: string, kind: string, spec: any, records: Row[], edits?: Record<string, string>}} Results
 */
/** A row of a file as it stands there; `at` is where, for sentences. @typedef {{at: string, values: Record<string, unknown>}} RawRow */
/**
 * What is known of a whole file: the `name` and `spec` in it, and the columns with more than one value.
 * @typedef {{name: string, spec: any, varied: Set<string>}} About
 */
/**
 * A kind of records. To have another kind opened, describe it in the wing that draws it and name it in app.js.
 * @typedef {object} Kind
 * @property {string} name of the kind and of the list that its figure draws
 * @property {string} title what the records are of, after their number
 * @property {RegExp} named fits the `name` that files of it have
 * @property {string[]} arms what its column `arm` may hold
 * @property {Column[]} columns of a clean record; others are left out
 * @property {string[]} key columns in which no two rows are equal
 * @property {(values: Record<string, unknown>, about: About) => boolean} fits whether a row is of this kind
 * @property {(values: Record<string, unknown>, about: About) => Record<string, unknown>} [prepare] the row with
 *   these columns, where files of the desk have others
 * @property {(about: About) => string[]} [used] settings as columns that `prepare` reads: no other experiment
 *   follows from them
 * @property {(records: Row[]) => Row[]} [reduce] those that are drawn
 * @property {string[]} [apart] columns whose values make results of their own, as settings do
 * @property {{figure: string, chapter: string, heading: string}} place ids of the figure and of its chapter; the
 *   heading that it stands below
 * @property {(records: Row[], spec: any) => string} tell what they say, a sentence; '' if nothing yet
 */

const MOST_SETTINGS = 30; // of one kind in a file: more lines tell nothing
const LONGEST = 80; // letters of a setting in a name
const NAMES = new Set(SETTINGS.filter(({ group }) => group !== 'grid').map(({ name }) => name).concat('eval_every', 'model', 'preset'));
const PATH = /^(dataset|lottery)\.\w{1,40}$/;

/** @param {string} column @returns {boolean} whether it is a setting: sweeps at the desk write what they vary as columns */
const isSetting = (column) => NAMES.has(column) || PATH.test(column);

/** @param {unknown} value */
const isAbsent = (value) => value === undefined || value === null || value === '';

/** @param {Record<string, unknown>} values @param {string} name @returns {unknown} of its own, or undefined */
export const valueOf = (values, name) => (Object.hasOwn(values, name) && !isAbsent(values[name]) ? values[name] : undefined);

/** @param {RawRow[]} rows @returns {string[]} the names of all columns */
const columnsOf = (rows) => [...new Set(rows.flatMap(({ values }) => Object.keys(values)))];

/** @param {RawRow[]} rows @param {string} name of a column @returns {boolean} whether it has more than one value */
function varies(rows, name) {
  const [first, ...others] = rows.map(({ values }) => valueOf(values, name)).filter((one) => one !== undefined).map(String);
  return others.some((one) => one !== first);
}

/** @param {RawRow} row @param {About} about @param {Kind[]} kinds @returns {Kind} */
function kindOf({ at, values }, about, kinds) {
  const kind = kinds.find(({ fits }) => fits(values, about)) ?? kinds.find(({ named }) => named.test(about.name));
  if (kind) return kind;
  const arm = valueOf(values, 'arm');
  if (arm === undefined) throw new Refusal(`, ${at}, has no arm, by which its kind is told.`);
  const arms = [...new Set(kinds.flatMap((one) => one.arms))];
  throw new Refusal(`, ${at}: arm must be ${list(arms, 'or')}, got ${shown(arm)}.`);
}

/** @param {RawRow} row @param {Column[]} columns @returns {Row} */
function recordOf({ at, values }, columns) {
  /** @type {Row} */ const row = {};
  for (const { name, required, allowed, read } of columns) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (isAbsent(value) && !required) continue;
    const clean = read(value);
    if (clean === undefined) throw new Refusal(`, ${at}: ${name} must be ${allowed}, got ${shown(value)}.`);
    row[name] = clean;
  }
  return row;
}

/** @param {RawRow[]} rows @param {Kind} kind @returns {Row[]} checked */
function recordsOf(rows, { columns, key, reduce = (all) => all }) {
  const names = columnsOf(rows);
  const missing = columns.filter(({ name, required }) => required && !names.includes(name));
  if (missing.length) {
    const required = list(columns.filter((one) => one.required).map(({ name }) => name));
    const what = missing.length > 1 ? 'columns' : 'column';
    throw new Refusal(` lacks the ${what} ${list(missing.map(({ name }) => name))}; it needs ${required}.`);
  }
  /** @type {Map<string, string>} */ const seen = new Map();
  return reduce(rows.map((raw) => {
    const row = recordOf(raw, columns);
    const same = key.filter((name) => row[name] !== undefined).map((name) => `${name} ${row[name]}`).join(', ');
    const before = seen.get(same);
    if (before) throw new Refusal(`, ${raw.at}, repeats ${before}: ${same}.`);
    seen.set(same, raw.at);
    return row;
  }));
}

/**
 * Rows of one kind by what a sweep at the desk varied: each setting is an experiment of its own.
 * @param {RawRow[]} rows @param {Kind} kind @param {About} about
 * @returns {[name: string, rows: RawRow[]][]}
 */
function bySetting(rows, { columns, apart = [], used = () => [] }, about) {
  const own = new Set([...columns.map(({ name }) => name), ...used(about)]);
  const labels = [...[...about.varied].filter((name) => !own.has(name)), ...apart.filter((name) => varies(rows, name))];
  const groups = Map.groupBy(rows, ({ values }) => labels
    .filter((name) => valueOf(values, name) !== undefined)
    .map((name) => `${name} ${shown(values[name]).replaceAll('"', '')}`).join(', ').slice(0, LONGEST));
  if (groups.size > MOST_SETTINGS) {
    throw new Refusal(` holds ${groups.size} settings of ${list(labels)}: at most ${MOST_SETTINGS} are drawn.`);
  }
  return [...groups];
}

/**
 * @param {RawRow[]} rows at least one @param {{name: string, spec: any, edits?: Record<string, string>}} head
 * @param {string} file its name @param {Kind[]} kinds the first that fits a row is the row's
 * @returns {Results[]} one for each kind and setting, in the order of the kinds
 */
export function sortRecords(rows, { name, spec, ...more }, file, kinds) {
  const about = { name, spec, varied: new Set(columnsOf(rows).filter((column) => isSetting(column) && varies(rows, column))) };
  const found = Map.groupBy(rows, (row) => kindOf(row, about, kinds));
  return kinds.filter((kind) => found.has(kind)).flatMap((kind) => {
    const { prepare = (values) => values } = kind;
    const prepared = /** @type {RawRow[]} */ (found.get(kind)).map(({ at, values }) => ({ at, values: prepare(values, about) }));
    return bySetting(prepared, kind, about).map(([setting, own]) => {
      const records = recordsOf(own, kind);
      const isEdited = more.edits || records.some(({ edited }) => edited);
      const title = setting ? `${file}: ${setting}` : file;
      return { name: isEdited ? `${title} (edited)` : title, kind: kind.name, spec, records, ...more };
    });
  });
}
