// What the figures of the lottery draw of results files: differences of arms, and cells as Python judges them. The
// files were checked when they were read. Draws nothing.
// @ts-check
import { latestOnly } from '../ui/latest-only.js';
import { deltas } from './arm-differences.js';

/** @typedef {import('../files/opened-results.js').Results} Results */
/** @typedef {import('./arm-differences.js').Row} ArmRow */
/** @typedef {import('./grid-cells.js').GridRow} GridRow */
/** @typedef {{name: string, records: ArmRow[], deltas: import('./arm-differences.js').Delta[]}} OpenedArms */
/** @typedef {{name: string, rows: GridRow[]}} OpenedGrid */

/** @param {Results[]} all of the kind “arms” @returns {OpenedArms[]} */
export const openedArms = (all) => all.map(({ name, records }) => {
  const rows = /** @type {ArmRow[]} */ (/** @type {unknown} */ (records));
  return { name, records: rows, deltas: deltas(rows) };
});

/** What files say of cells. Dispatches `change` when there is more or less of it. */
export class OpenedCells extends EventTarget {
  /** By the records, which a new name leaves as they are. @type {WeakMap<object, GridRow[]>} */ #judged = new WeakMap();
  #list;

  /**
   * @param {(records: any[]) => Promise<{rows: GridRow[]}>} judge what trainings of cells say: a job of Python
   * @param {import('../files/opened-results.js').OpenedResults} list of the kind “grid”
   * @param {(error: Error) => void} onFault
   */
  constructor(judge, list, onFault) {
    super();
    this.#list = list;
    const judged = latestOnly(async () => {
      for (const { records } of list.all) {
        if (this.#judged.has(records)) continue;
        this.#judged.set(records, (await judge(records)).rows);
        this.dispatchEvent(new Event('change'));
      }
    });
    const follow = () => {
      this.dispatchEvent(new Event('change'));
      judged.request().catch(onFault);
    };
    list.addEventListener('change', follow);
    if (list.all.length) follow();
  }

  /** @returns {OpenedGrid[]} those that are judged */
  get all() {
    return this.#list.all.flatMap(({ name, records }) => {
      const rows = this.#judged.get(records);
      return rows ? [{ name, rows }] : [];
    });
  }
}
