// The messages between the page and its worker, named once. No behaviour here.
// @ts-check

/** Page to worker: run a job. Carries `{kind, id, job, args}`. */
export const RUN = 'run';
/** Worker to page: what start-up is doing. Carries `{kind, text}`. */
export const STATUS = 'status';
/** Worker to page: start-up is done. Carries `{kind, kernels, note}`: 'simd' or 'numpy', and why. */
export const READY = 'ready';
/** Worker to page: start-up failed. Carries `{kind, error}`. */
export const BROKEN = 'broken';
/** Worker to page: how far a job is. Carries `{kind, id, progress}`. */
export const PROGRESS = 'progress';
/** Worker to page: a job's result. Carries `{kind, id, value}`. */
export const RESULT = 'result';
/** Worker to page: a job failed. Carries `{kind, id, error}`. */
export const ERROR = 'error';

/**
 * An error as it crosses the boundary: `stack` is Python's traceback for an error in Python.
 * @typedef {{name: string, message: string, stack: string}} ErrorParts
 */

/**
 * One measurement: a flat row.
 * @typedef {{arm: string, trial: number, level: number, step: number, sparsity: number,
 *   train_loss?: number, train_acc?: number, test_loss: number, test_acc: number}} Measurement
 */

/**
 * `current` are the networks in training just now, in a lottery.
 * @typedef {{done: number, total: number, records: Measurement[], current: Measurement[]}} Progress
 */

/**
 * @typedef {{kind: string, id: number, job: string, args: object}} RunMessage
 * @typedef {{kind: string, id: number, text: string, kernels: string, note: string,
 *   error: ErrorParts, progress: Progress, value: any}} WorkerMessage
 */
