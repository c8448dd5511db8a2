// The types of records, and of tables that show them. No code.
// @ts-check

/** @typedef {import('../from-python.js').Measurement} Measurement */

/** @typedef {{caption: string, head: string[], rows: string[][], compact?: boolean}} Table `compact`: mere numbers */
/** @typedef {{sentence?: string, tables: Table[]}} TextAlternative */

export {};
