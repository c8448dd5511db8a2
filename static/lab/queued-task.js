// A task that may be given up only while it waits for its turn. It knows no queue and no job.
// @ts-check

/**
 * @param {() => object} args of the task, asked when its turn comes
 * @param {AbortSignal} leave gives it up if it still waits, or has to wait again; else it may end
 * @param {AbortSignal} stop gives it up at any time
 * @returns {{args: () => object, signal: AbortSignal}} for Bridge.run
 */
export function abortWhileQueued(args, leave, stop) {
  const waiting = new AbortController();
  const give = () => waiting.abort();
  leave.addEventListener('abort', give);
  return {
    signal: AbortSignal.any([stop, waiting.signal]),
    args() {
      leave.removeEventListener('abort', give);
      if (leave.aborted) throw new DOMException('The run was stopped.', 'AbortError'); // its worker died
      return args();
    },
  };
}
