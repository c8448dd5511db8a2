// The messages between the page and its worker, named once. No behaviour here.
// @ts-check

/** Page to worker: run a job. Carries `{kind, id, job, args}`, and `own` where it has to put data of one's own at hand first. */
export const RUN = 'run';
/** Page to worker: Pyodide's WebAssembly, compiled, or null: the worker has to. Carries `{kind, module}`. */
export const ENGINE = 'engine';
/** Worker to page: it holds the lock that has its name. Carries `{kind}`. */
export const ALIVE = 'alive';
/** Worker to page: what start-up is doing. Carries `{kind, text}`. */
export const STATUS = 'status';
/** Worker to page: how much of what start-up needs has arrived, unpacked. Carries `{kind, bytes, total}`. */
export const ARRIVED = 'arrived';
/** Worker to page: start-up is done. Carries `{kind, kernels, note, version}`: 'simd' or 'numpy', why, of which build. */
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
 * An error as it crosses the boundary: `stack` is Python's traceback for an error in Python, `field` the
 * argument that a job refused. After a `fatal` one its worker is of no more use.
 * @typedef {{name: string, message: string, stack: string, fatal?: boolean, field?: string}} ErrorParts
 */

/** @typedef {import('../records/types.js').Measurement} Measurement */

/**
 * What a trial needs to go on after a level, and what it found there. `next_mask` is the packed mask
 * of the level after it; the last level has none.
 * @typedef {{level: number, records: Measurement[], next_mask?: Uint8Array | null}} Checkpoint
 */

/**
 * How far a run is: `done` and `total` count optimiser steps. `current` are the networks in training
 * just now, in a lottery. What a worker sends once after a level has its `checkpoint`; what `run` of
 * a lottery tells has `fraction`, the share of the work, `left`, the seconds still to go, and all that
 * its result will have, as far as it is there.
 * @typedef {{done: number, total: number, records: Measurement[], current: Measurement[],
 *   checkpoint?: Checkpoint, fraction?: number, left?: number, spec?: any,
 *   parts?: {name: string, args: import('../from-python.js').LotterySpec}[], masks?: (Uint8Array | null)[][]}} Progress
 */

/**
 * @typedef {{source: string, data: Uint8Array}} Lent data of one's own, by their name
 * @typedef {{kind: string, id: number, job: string, args: object, own?: Lent}} RunMessage
 * @typedef {{kind: string, id: number, text: string, bytes: number, total: number, kernels: string, note: string,
 *   version: string, error: ErrorParts, progress: Progress, value: any}} WorkerMessage
 */
