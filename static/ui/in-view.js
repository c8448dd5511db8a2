// Says when parts of the page are worth their work: near the view, or to be printed. It does no work.
// @ts-check

/** @param {HTMLElement[]} nodes @param {string} margin around the view @returns {Promise<void>} when one is near */
export function near(nodes, margin) {
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
