// Learns a learning rate from two starts and measures the landscape it moves on. Keeps what is finished, so
// that a stopped run goes on from its last part. Draws nothing.
// @ts-check
import { untilFirstFailure } from '../lab/first-failure.js';
import { rowsOf } from '../records/rows.js';

/** @typedef {import('../settings/settings.js').JobArgs['rate']} Choice */
/** @typedef {{arm: string, outer_step: number, learning_rate: number, loss: number | null, hypergradient: number | null}} Point */
/** @typedef {Point & {updated_rate: number | null}} Step an outer step: `loss` and slope before its update, `updated_rate` after it */
/** @typedef {{start: number, steps: Step[], ended: string}} Run `ended`: '' unless it could not go on */
/** @typedef {{spec: Choice, landscape: Point[], runs: Run[], own: boolean}} Shown `own`: the visitor's */
/** @typedef {{seed: number, rate_of: number, learning_rate: number, loss: number}} SeedRow */
/** @typedef {{seeds: number[], rows: SeedRow[], verdict: import('../from-python.js').VerdictRow[], spec: import('../from-python.js').RateSpec}} Seeds */
/** @typedef {{name: string, job: 'learn_rate' | 'rate_landscape', args: Record<string, any>, size: number}} Part `size`: in trainings */

export const POINTS = 24; // of the landscape
const CHUNK = 6; // of them in a job: a stop loses at most these
const WIDEST = 1.6; // the landscape goes to this rate at least
const BEYOND = 1.08; // and so far beyond the larger start

/** Python's None comes as undefined from a worker, which no file holds. @template {object} T @param {T[]} records @returns {T[]} */
const withNull = (records) => records.map((row) => /** @type {T} */ (Object.fromEntries(
  Object.entries(row).map(([name, value]) => [name, value ?? null]))));

/** @param {Choice} choice @returns {number[]} the rates of its landscape, rising */
export function landscapeRates({ start, other }) {
  const top = Math.max(WIDEST, BEYOND * Math.max(start, other));
  return Array.from({ length: POINTS }, (_, i) => Number(((top * (i + 1)) / POINTS).toPrecision(6)));
}

/** @param {Choice} choice @returns {Part[]} its jobs: the landscape first, which is short */
export function planOf({ start, other, outer_rate, outer_steps, ...training }) {
  const rates = landscapeRates({ start, other, outer_rate, outer_steps, ...training });
  const landscape = Array.from({ length: POINTS / CHUNK }, (_, i) => rates.slice(CHUNK * i, CHUNK * (i + 1)));
  /** @type {Omit<Part, 'name'>[]} */
  const parts = [
    ...landscape.map((some) => ({ job: /** @type {const} */ ('rate_landscape'), args: { ...training, rates: some }, size: some.length })),
    ...[start, other].map((from) => ({
      job: /** @type {const} */ ('learn_rate'), args: { ...training, outer_rate, outer_steps, start: from }, size: outer_steps,
    })),
  ];
  return parts.map((part) => ({ ...part, name: JSON.stringify([part.job, part.args]) }));
}

/** What the visitor ran, and what came with the page. Dispatches `change`. */
export class RateRun extends EventTarget {
  /** Finished parts, by their arguments. @type {Map<string, {records: any[], ended: string}>} */ #done = new Map();
  /** Records so far of those that run. @type {Map<string, any[]>} */ #live = new Map();
  /** What was asked for last; null before the first run. @type {Choice | null} */ spec = null;
  /** @type {Part[]} of that */ #plan = [];
  /** @type {Shown | null} */ shipped = null;
  /** @type {Seeds | null} */ seeds = null;

  /** @param {import('../lab/lab.js').Lab['run']} run of the lab */
  constructor(run) {
    super();
    this.run = run;
  }

  /** @param {any} file results/learning-rate.json */
  setShipped({ spec, seeds, records, verdict, published }) {
    this.seeds = { spec, seeds, rows: rowsOf(records), verdict };
    /** @type {(Step & {start: number})[]} */ const steps = rowsOf(published.runs);
    const runs = [...Map.groupBy(steps, ({ start }) => start)].map(([start, rows]) => ({ start, steps: rows, ended: '' }));
    this.shipped = { spec: published.spec, landscape: rowsOf(published.landscape), runs, own: false };
    this.dispatchEvent(new Event('change'));
  }

  /** What is to be drawn: the visitor's own once there is any of it, else what came with the page. @returns {Shown | null} */
  get shown() {
    const { spec } = this;
    if (!spec || (!this.work.done && this.shipped)) return this.shipped;
    const found = this.#plan.map((part) => {
      const records = this.#done.get(part.name)?.records ?? this.#live.get(part.name) ?? [];
      return { part, records, ended: this.#done.get(part.name)?.ended ?? '' };
    });
    const landscape = found.filter(({ part }) => part.job === 'rate_landscape').flatMap(({ records }) => records);
    const runs = found.filter(({ part }) => part.job === 'learn_rate')
      .map(({ part, records, ended }) => ({ start: part.args.start, steps: records, ended }));
    return { spec, landscape, runs, own: true };
  }

  /** Trainings that are done of the last run, and all of it. A run that ended early is done. */
  get work() {
    const done = this.#plan.reduce((sum, { name, size }) =>
      sum + (this.#done.has(name) ? size : this.#live.get(name)?.length ?? 0), 0);
    return { done, total: this.#plan.reduce((sum, { size }) => sum + size, 0) };
  }

  /** Begin what the settings ask for, or go on with it. @param {Choice} choice */
  begin(choice) {
    if (!(choice.other > 0 && choice.other <= 1000)) { // the jobs know only one start each
      throw new Error(`other must be a number greater than 0 and at most 1000, got ${choice.other}`);
    }
    this.spec = choice;
    this.#plan = planOf(choice);
    this.#live.clear();
    this.dispatchEvent(new Event('change'));
  }

  /** Run all that is missing. @param {{signal: AbortSignal, onProgress: () => void}} options */
  async finish({ signal, onProgress }) {
    const missing = this.#plan.filter(({ name }) => !this.#done.has(name));
    const tell = () => {
      this.dispatchEvent(new Event('change'));
      onProgress();
    };
    const failure = new AbortController();
    const both = AbortSignal.any([signal, failure.signal]);
    await untilFirstFailure(missing, async ({ name, job, args }) => {
      try {
        const { records, ended = '' } = await this.run(job, args, {
          signal: both,
          onProgress: (/** @type {{records: any[]}} */ now) => {
            this.#live.set(name, withNull(now.records));
            tell();
          },
        });
        this.#done.set(name, { records: withNull(records), ended });
      } catch (error) {
        failure.abort(); // nobody waits for the others
        throw error;
      } finally {
        this.#live.delete(name);
      }
      tell();
    });
  }
}
