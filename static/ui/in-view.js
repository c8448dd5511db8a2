// What comes into view: waits for it, or keeps a figure up to date while it is there.
// @ts-check

/** @param {HTMLElement[]} nodes @param {string} margin around the view @returns {Promise<void>} when one is near */
export function whenNear(nodes, margin) {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) done();
    }, { rootMargin: margin });
    const done = () => {
      observer.disconnect();
      removeEventListener('beforeprint', done);
      resolve();
    };
    addEventListener('beforeprint', done);
    for (const node of nodes) observer.observe(node);
  });
}

/**
 * @param {HTMLElement} node of the figure
 * @param {() => Promise<void>} act
 * @param {number} rest milliseconds without another request before it begins
 * @returns {() => void} to be called when the settings have changed
 */
export function refreshInView(node, act, rest) {
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
