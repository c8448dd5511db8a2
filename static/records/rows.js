// Turns the table that a results file holds into records. Reads no file.
// @ts-check

/**
 * @template T
 * @param {{columns: string[], rows: unknown[][]}} table as results files store records
 * @returns {T[]} one flat object a row
 */
export function rowsOf({ columns, rows }) {
  const record = (/** @type {unknown[]} */ row) => Object.fromEntries(columns.map((name, i) => [name, row[i]]));
  return /** @type {T[]} */ (rows.map(record));
}
