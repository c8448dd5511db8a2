// How a task is given up: while it waits in a queue, or for a pause. It knows no queue and no job.
// @ts-check

/** The reason of a signal that aborts a run which is to go on later. */
export const PAUSED = 'paused';

/**
 * Abort a task while it is queued; once it runs, let it finish.
 * @param {() => object} args of the task, asked for when it starts
 * @param {AbortSignal} leave aborts it if it is queued, also when it is queued again after its worker died
 * @param {AbortSignal} stop aborts it at any time
 * @returns {{args: () => object, signal: AbortSignal}} what Bridge.run takes
 */
export function abortWhileQueued(args, leave, stop) {
  const queued = new AbortController();
  const give = () => queued.abort();
  leave.addEventListener('abort', give);
  return {
    signal: AbortSignal.any([stop, queued.signal]),
    args() {
      leave.removeEventListener('abort', give);
      if (leave.aborted) throw new DOMException('The run was stopped.', 'AbortError');
      return args();
    },
  };
}
