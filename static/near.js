// Says when a part of the page is worth its work: near the view, or to be printed. It does no work.
// @ts-check

/** @param {HTMLElement} node @param {string} margin around the view @returns {Promise<void>} */
export function near(node, margin) {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(([entry]) => { if (entry.isIntersecting) done(); }, { rootMargin: margin });
    const done = () => {
      observer.disconnect();
      removeEventListener('beforeprint', done);
      resolve();
    };
    addEventListener('beforeprint', done);
    observer.observe(node);
  });
}
