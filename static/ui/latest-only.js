// Latest request wins: while one is at work, those that come in wait as one. It knows no figure.
// @ts-check

/**
 * @param {(read: () => void) => Promise<void>} act does the newest request and handles its own errors;
 *   it may call `read` when it reads the settings: requests made before that moment are then done too
 */
export function latestOnly(act) {
  let pending = false;
  /** @type {Promise<void> | null} */ let working = null;
  async function work() {
    try {
      while (pending) {
        pending = false;
        await act(() => { pending = false; });
      }
    } finally {
      working = null;
    }
  }
  return {
    /** Whether a request is at work. */
    get busy() {
      return working !== null;
    },
    /** Whether a newer request waits for the one at work. */
    get pending() {
      return pending;
    },
    /** @returns {Promise<void>} settles when nothing is left to do */
    request() {
      pending = true;
      return (working ??= work());
    },
  };
}
