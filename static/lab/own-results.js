// What the visitor's own runs have found, for whoever wants to hear of it. Keeps nothing.
// @ts-check

/**
 * A run that has ended: what was asked for, and all its records. Of a search the spec is a LotterySpec, of a
 * training that of its networks, each with the dataset.
 * @typedef {{kind: 'training' | 'search', spec: Record<string, any>, records: Record<string, any>[]}} OwnResult
 */

/** Dispatches `result`, a CustomEvent of an OwnResult. Results that came with the page or from a file are not told. */
export class OwnResults extends EventTarget {
  /** @param {OwnResult} result */
  tell(result) {
    this.dispatchEvent(new CustomEvent('result', { detail: result }));
  }
}
