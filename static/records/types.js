// The types of records, and of tables that show them. No code.
// @ts-check

/** @typedef {import('../from-python.js').Measurement} Measurement */

/**
 * Records as results files store them.
 * @typedef {{columns: string[], rows: any[][]}} RecordTable
 */
/**
 * A search that comes with the page: a file of static/results. `masks` are of trial 0, by level from 1.
 * @typedef {object} ShippedSearch
 * @property {string} version
 * @property {import('../from-python.js').LotterySpec} spec
 * @property {number[]} seeds
 * @property {RecordTable} records
 * @property {RecordTable & {spec: import('../from-python.js').ArmSpec, seeds: number[]}} [arms]
 * @property {import('../from-python.js').VerdictRow[]} verdict
 * @property {(string | null)[]} masks in base64
 */

/** @typedef {{caption: string, head: string[], rows: string[][], compact?: boolean}} Table `compact`: mere numbers */
/** @typedef {{sentence?: string, tables: Table[]}} TextAlternative */

export {};
