// The types of records, and of tables that show them. No code.
// @ts-check

/**
 * One measurement: a flat row. `best_test_acc` is the highest of its training.
 * @typedef {{arm: string, trial: number, level: number, step: number, sparsity: number,
 *   train_loss?: number, train_acc?: number, test_loss: number, test_acc: number,
 *   best_test_acc?: number}} Measurement
 */

/** @typedef {{caption: string, head: string[], rows: string[][], compact?: boolean}} Table `compact`: mere numbers */
/** @typedef {{sentence?: string, tables: Table[]}} TextAlternative */

export {};
