// What is kept of lotteries: each finished level, and which runs are unfinished. It runs nothing.
// @ts-check

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./store.js').Key} Key */
/** @typedef {import('./protocol.js').Checkpoint} Checkpoint */

/**
 * A run that has begun and not ended.
 * @typedef {{args: Record<string, any>, fraction: number, at: number}} Unfinished
 */

const RESULT = 'result';
const RUN = 'run';
const ARM = 'arm'; // in the place of a level

/** @param {object} args @returns {string} the same for equal arguments */
const runName = (args) => JSON.stringify(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Keys results by what determines them: the science, what computes, the trial's name, the level. */
export class Keeper {
  /** @type {Map<string, () => void>} */ #held = new Map(); // runs of this tab

  /**
   * @param {Store} store
   * @param {() => Promise<{version: string, kernels: string}>} science under which results are the same
   */
  constructor(store, science) {
    this.store = store;
    this.science = science;
    science().then(({ version }) => this.#drop(version)).catch(() => {}); // no Python, nothing to do
  }

  /**
   * The finished levels of a trial, without a gap.
   * @param {string} name @param {number} levels @returns {Promise<Checkpoint[]>} from level 0 on
   */
  async load(name, levels) {
    const keys = await Promise.all(Array.from({ length: levels + 1 }, (_, level) => this.#key(name, level)));
    const found = await this.store.getMany(keys);
    const gap = found.findIndex((checkpoint) => !checkpoint?.records);
    return gap < 0 ? found : found.slice(0, gap);
  }

  /** @param {string} name @param {Checkpoint} checkpoint */
  async save(name, checkpoint) {
    await this.store.set(await this.#key(name, checkpoint.level), checkpoint);
  }

  /** @param {string} name of an arm of an analysis @returns {Promise<any>} its records, if they are there */
  async recall(name) {
    return (await this.store.getMany([await this.#key(name, ARM)]))[0];
  }

  /** @param {string} name @param {object[]} records of a finished arm */
  async remember(name, records) {
    await this.store.set(await this.#key(name, ARM), records);
  }

  /** A run is at work: until `end`, or until this tab is gone. @param {Record<string, any>} args */
  async begin(args) {
    const name = runName(args);
    if (!this.#held.has(name)) {
      this.#held.set(name, () => {});
      const held = new Promise((release) => this.#held.set(name, () => release(undefined)));
      navigator.locks?.request(`lottery ${name}`, () => held); // see `abandoned`
    }
    await this.mark(args, 0);
  }

  /** How far it is. @param {Record<string, any>} args @param {number} fraction */
  async mark(args, fraction) {
    await this.store.set([RUN, runName(args)], { args, fraction, at: Date.now() });
  }

  /** It has ended, or nobody wants it any more. @param {Record<string, any>} args */
  async end(args) {
    const name = runName(args);
    await this.store.delete([RUN, name]);
    this.#held.get(name)?.();
    this.#held.delete(name);
  }

  /**
   * Tell of each run that no tab is at work on, as soon as that is certain.
   * @param {(run: Unfinished) => void} tell
   */
  async abandoned(tell) {
    for (const key of await this.store.keys()) {
      const [kind, name] = key;
      if (kind !== RUN || this.#held.has(String(name))) continue;
      const ask = async () => {
        const [run] = await this.store.getMany([key]);
        if (run) tell(run);
      };
      // A tab at work, or one that is just being reloaded, still holds the lock of its run.
      if (navigator.locks) navigator.locks.request(`lottery ${name}`, ask);
      else ask();
    }
  }

  /** @returns {Promise<number>} how many results are kept: finished levels, and others */
  async count() {
    return (await this.store.keys()).filter(([kind]) => kind === RESULT).length;
  }

  /** Forget all of it. */
  async clear() {
    await this.store.deleteMany((await this.store.keys()).filter(([kind]) => kind === RESULT));
  }

  /** @param {string} name @param {number | string} level @returns {Promise<Key>} */
  async #key(name, level) {
    const { version, kernels } = await this.science();
    return [RESULT, version, kernels, name, level];
  }

  /** Another science's results are of no use to this one. @param {string} version */
  async #drop(version) {
    const keys = await this.store.keys();
    await this.store.deleteMany(keys.filter(([kind, of]) => kind === RESULT && of !== version));
  }
}
