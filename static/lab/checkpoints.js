// What this browser keeps of lotteries: each finished level and arm, and which runs are unfinished. It
// runs nothing.
// @ts-check
import { underLock } from './locks.js';
import { openArm, openLevel, seal } from './sealed.js';

/** @typedef {import('./store.js').Store} Store */
/** @typedef {import('./store.js').Key} Key */
/** @typedef {import('./messages.js').Checkpoint} Checkpoint */

/**
 * A run that has begun and not ended, and the version of the science that began it.
 * @typedef {{name: string, args: Record<string, any>, levels?: number, fraction?: number, at: number, version: string}} Unfinished
 */

const RESULT = 'result';
const RUN = 'run';
const ARM = 'arm'; // stands in a key where other keys have a level

/** @param {object} args @returns {string} the same for equal arguments */
const runName = (args) => JSON.stringify(Object.entries(args).sort(([a], [b]) => (a < b ? -1 : 1)));

/**
 * A result's key is all that determines it: version of the science, backend, name of the trial, level.
 * Dispatches `settled`, a CustomEvent whose detail are names of runs that need not be offered any more:
 * they are at work, have ended, or cannot go on; and `damaged` when a result did not come back as it was kept:
 * it is forgotten, and made again by whoever needs it.
 */
export class CheckpointStore extends EventTarget {
  /** @type {Map<string, () => void>} */ #held = new Map(); // runs of this tab

  /**
   * @param {Store} store
   * @param {() => Promise<{version: string, kernels: string}>} science with which results are the same
   */
  constructor(store, science) {
    super();
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
    const kept = await this.store.getMany(keys);
    const found = kept.map((one, level) => openLevel(one, level));
    await this.#forgetDamaged(keys.filter((_, i) => kept[i] !== undefined && !found[i]));
    const gap = found.indexOf(undefined);
    return /** @type {Checkpoint[]} */ (gap < 0 ? found : found.slice(0, gap));
  }

  /** @param {string} name @param {Checkpoint} checkpoint */
  async save(name, checkpoint) {
    await this.store.set(await this.#key(name, checkpoint.level), seal(checkpoint));
  }

  /** @param {string} name of an arm of an analysis @returns {Promise<any>} its records, if they are there */
  async loadArm(name) {
    const key = await this.#key(name, ARM);
    const [kept] = await this.store.getMany([key]);
    const found = openArm(kept);
    if (kept !== undefined && !found) await this.#forgetDamaged([key]);
    return found;
  }

  /** @param {string} name @param {object[]} records of a finished arm */
  async saveArm(name, records) {
    await this.store.set(await this.#key(name, ARM), seal({ records }));
  }

  /** Mark a run as at work, until `end` or until this tab is closed. @param {Record<string, any>} args */
  async begin(args) {
    const name = runName(args);
    if (!this.#held.has(name)) {
      this.#held.set(name, () => {});
      const held = new Promise((release) => this.#held.set(name, () => release(undefined)));
      underLock(`lottery ${name}`, () => held); // see `unfinishedRuns`
    }
    this.#settle([name]);
    await this.saveProgress(args, 0);
  }

  /** Note how far a run is. @param {Record<string, any>} args @param {number} levels that are finished, of all trials */
  async saveProgress(args, levels) {
    const { version } = await this.science();
    await this.store.set([RUN, runName(args)], { args, levels, at: Date.now(), version });
  }

  /** Delete this run's bookmark: it has ended or was given up. @param {Record<string, any>} args */
  async end(args) {
    const name = runName(args);
    this.#settle([name]);
    await this.store.delete([RUN, name]);
    this.#held.get(name)?.();
    this.#held.delete(name);
  }

  /**
   * Report each unfinished run that no tab is at work on, as soon as that is certain.
   * @param {(run: Unfinished) => void} tell
   */
  async unfinishedRuns(tell) {
    for (const key of await this.store.keys()) {
      const [kind, name] = key;
      if (kind !== RUN || this.#held.has(String(name))) continue;
      const ask = async () => {
        const [run] = await this.store.getMany([key]);
        if (run) tell({ ...run, name });
      };
      // A tab at work, or one that is just being reloaded, still holds the lock of its run.
      underLock(`lottery ${name}`, ask).then((isHeld) => { if (!isHeld) ask(); });
    }
  }

  /** @returns {Promise<number>} how many results are kept: finished levels, and others */
  async count() {
    return (await this.store.keys()).filter(([kind]) => kind === RESULT).length;
  }

  /** Forget all of it, and the runs that would go on from it; those at work are marked again as they go. */
  async clear() {
    const keys = await this.store.keys();
    await this.store.deleteMany(keys.filter(([kind]) => kind === RESULT || kind === RUN));
    this.#settle(keys.filter(([kind]) => kind === RUN).map(([, name]) => String(name)));
  }

  /** @param {Key[]} keys */
  async #forgetDamaged(keys) {
    if (!keys.length) return;
    await this.store.deleteMany(keys);
    this.dispatchEvent(new Event('damaged'));
  }

  /** @param {string[]} names of runs */
  #settle(names) {
    this.dispatchEvent(new CustomEvent('settled', { detail: names }));
  }

  /** @param {string} name @param {number | string} level @returns {Promise<Key>} */
  async #key(name, level) {
    const { version, kernels } = await this.science();
    return [RESULT, version, kernels, name, level];
  }

  /** Delete results and runs of other versions of the science: they cannot be used any more. @param {string} version */
  async #drop(version) {
    const keys = await this.store.keys();
    const marked = keys.filter(([kind]) => kind === RUN);
    const runs = await this.store.getMany(marked);
    const stale = marked.filter((_, i) => runs[i]?.version !== version);
    await this.store.deleteMany([...stale, ...keys.filter(([kind, of]) => kind === RESULT && of !== version)]);
    this.#settle(stale.map(([, name]) => String(name)));
  }
}
