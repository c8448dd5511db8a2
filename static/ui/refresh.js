// Runs a figure's job for the newest settings: one at a time, after a rest, and only while it is in view.
// @ts-check

/**
 * @param {HTMLElement} node of the figure
 * @param {() => Promise<void>} act
 * @param {number} rest milliseconds without another request before it begins
 * @returns {() => void} to be called when the settings have changed
 */
export function latest(node, act, rest) {
  let seen = false;
  let stale = false;
  let busy = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
  const go = async () => {
    if (busy || !stale || !seen) return;
    busy = true;
    stale = false;
    await act();
    busy = false;
    go();
  };
  new IntersectionObserver(([entry]) => {
    seen = entry.isIntersecting;
    go();
  }, { rootMargin: '300px' }).observe(node);
  return () => {
    stale = true;
    clearTimeout(timer);
    if (rest) timer = setTimeout(go, rest);
    else go();
  };
}
