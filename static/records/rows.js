// Turns the table that a results file holds into records. Reads no file.
// @ts-check

/**
 * @param {{columns: string[], rows: any[][]}} table as results files store records
 * @returns {any[]} one flat object a row
 */
export function rowsOf({ columns, rows }) {
  return rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));
}
