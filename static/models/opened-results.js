// What the figures of the networks draw of results files. The files were checked when they were read. Draws nothing.
// @ts-check
import { gapsOf } from './sweep-run.js';

/** @typedef {import('../files/opened-results.js').Results} Results */
/** @typedef {import('./training-run.js').EditedRows} NamedRows */
/** @typedef {import('./sweep-run.js').Row} SweepRow */

/** @param {Results[]} all of the kind “training” @returns {NamedRows[]} */
export const openedTrainings = (all) => all.map(({ name, records }) => ({ name, rows: /** @type {any[]} */ (records) }));

/**
 * @param {Results[]} all of the kind “sweep” @param {string} field the setting that is shown
 * @returns {{name: string, rows: SweepRow[], records: SweepRow[], gaps: import('./sweep-run.js').Gap[]}[]} of the files
 *   that moved it; `records` are the rows as tables have them
 */
export function openedSweeps(all, field) {
  return all.flatMap(({ name, records }) => {
    const rows = /** @type {SweepRow[]} */ (/** @type {unknown} */ (records.filter((row) => row.field === field)));
    return rows.length ? [{ name, rows, records: rows, gaps: gapsOf(rows) }] : [];
  });
}
