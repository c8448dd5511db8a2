// Several tasks side by side, where the first that fails ends the others. It knows no job.
// @ts-check

/**
 * Run an action for each item at once; wait for all.
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T, failed: AbortSignal) => Promise<void>} act `failed` aborts, with the error as its
 *   reason, as soon as one action has failed: each action decides what to do then
 * @returns {Promise<void>} rejects with the first error when all actions have ended
 */
export async function untilFirstFailure(items, act) {
  const failure = new AbortController();
  await Promise.all(items.map(async (item) => {
    try {
      await act(item, failure.signal);
    } catch (error) {
      failure.abort(error); // a second abort changes nothing
    }
  }));
  if (failure.signal.aborted) throw failure.signal.reason;
}
