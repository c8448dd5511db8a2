// What comes into view: waits for it, or keeps a figure up to date while it is there.
// @ts-check
import { latestOnly } from './latest-only.js';

/**
 * Resolves when one of the nodes nears the view, or the page is to be printed.
 * @param {HTMLElement[]} nodes @param {string} margin around the view @returns {Promise<void>}
 */
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
 * Keep a figure up to date: after a rest, only while it is in view, and one request at a time.
 * @param {HTMLElement} node of the figure
 * @param {() => Promise<void>} act
 * @param {number} rest milliseconds without another request before it begins
 * @returns {() => void} to be called when the settings have changed
 */
export function refreshInView(node, act, rest) {
  const latest = latestOnly(act);
  let seen = false;
  let stale = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
  const go = () => {
    if (!stale || !seen) return;
    stale = false;
    latest.request();
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
