// Draws what changes all the time, but not too often. What is drawn is the caller's.
// @ts-check

const REST = 200; // milliseconds between two pictures, at least
const SHARE = 10; // and at least this many times what a picture takes: the workers need the processor

/** @param {() => void} draw @returns {(now?: boolean) => void} draws now, or soon */
export function throttle(draw) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let waiting;
  let rest = REST;
  const run = () => {
    clearTimeout(waiting);
    waiting = undefined;
    const began = performance.now();
    draw();
    rest = Math.max(REST, SHARE * (performance.now() - began));
  };
  return (now = false) => {
    if (now) run();
    else waiting ??= setTimeout(run, rest);
  };
}
