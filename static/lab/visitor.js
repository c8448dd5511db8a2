// Whether somebody is at the page: what is only for who uses it waits for that, so that a page that is merely
// open, in another tab or for its text, costs no core.
// @ts-check

const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'keydown', 'wheel', 'input'];

/** @returns {Promise<void>} resolves with the first sign of a visitor */
export function visitor() {
  return new Promise((resolve) => {
    const came = new AbortController();
    for (const sign of SIGNS) {
      addEventListener(sign, () => {
        came.abort();
        resolve();
      }, { signal: came.signal, passive: true, capture: true });
    }
  });
}
