// Which exercise is being done, what its last run showed, and which are solved; kept in this browser. Draws nothing.
// @ts-check
import { LocalShelf } from '../ui/local-shelf.js';
import { EXERCISES } from './exercises.js';

/** @typedef {import('./exercises.js').Exercise} Exercise */
/** @typedef {import('./exercises.js').Answer} Answer */

/** Dispatches `change` when any of it is another. */
export class Progress extends EventTarget {
  /** The one that is being done. @type {Exercise | null} */ current = null;
  /** What the newest run that counts for it showed. @type {Answer | null} */ last = null;
  /** What showed that one is solved, by its name. @type {Record<string, string>} */ solved = {};
  #shelf;

  /** @param {LocalShelf} [shelf] */
  constructor(shelf = new LocalShelf('mnist1d-lab exercises')) {
    super();
    this.#shelf = shelf;
    shelf.read((kept) => {
      const { current, solved } = /** @type {any} */ (kept ?? {});
      this.current = EXERCISES.find(({ name }) => name === current) ?? null;
      const known = Object.entries(solved ?? {}).filter(([name, says]) =>
        typeof says === 'string' && says.length < 500 && EXERCISES.some((one) => one.name === name));
      this.solved = Object.fromEntries(known);
    });
  }

  /** @param {Exercise | null} exercise null: none any more */
  begin(exercise) {
    this.current = exercise;
    this.last = null;
    this.#keep();
  }

  /** Take a run of the visitor's. @param {import('../lab/own-results.js').OwnResult} result */
  take(result) {
    if (!this.current || result.kind !== this.current.kind) return;
    this.last = this.current.check(result);
    if (this.last.solved) this.solved = { ...this.solved, [this.current.name]: this.last.says };
    this.#keep();
  }

  /** Forget all that is solved, for another person at the same browser. */
  forget() {
    this.solved = {};
    this.begin(null);
  }

  #keep() {
    this.#shelf.write({ current: this.current?.name ?? null, solved: this.solved });
    this.dispatchEvent(new Event('change'));
  }
}
