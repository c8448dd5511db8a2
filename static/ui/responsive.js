// Redraws a chart when its data or the width of its node changes. What is drawn is the chart's.
// @ts-check

/**
 * @template T
 * @param {HTMLElement} node @param {(data: T, width: number) => Element} draw
 * @returns {{update: (data: T) => void}}
 */
export function responsive(node, draw) {
  /** @type {T | undefined} */ let data;
  let width = 0;
  const redraw = () => {
    if (data === undefined || width <= 0) return;
    const drawn = draw(data, width);
    // Plot labels its marks, and ARIA allows a label only on what has a role.
    for (const mark of drawn.querySelectorAll('svg [aria-label]:not([role])')) mark.setAttribute('role', 'group');
    node.replaceChildren(drawn);
  };
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now === width) return;
    width = now;
    redraw();
  }).observe(node);
  return {
    update(next) {
      data = next;
      redraw();
    },
  };
}
