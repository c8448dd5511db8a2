// The place in a chapter that is read: kept in the browser's history, so that reload, Back and Forward return
// to it though figures above it take time to get their height. Which chapter it is in is page/chapters.js's.
// @ts-check

/** What is kept: an element, and how far its top is below the view's, in pixels. @typedef {{id: string, offset: number}} Place */

const REST = 100; // milliseconds after the last move
const MARKS = 'h1[id], h2[id], h3[id], figure[id]'; // what a place is told by: it moves with what is above it
const SETTLED = 8000; // milliseconds in which figures get their height

/** @returns {Place | null} the last mark above the top of the view, or the first one below */
export function currentPlace() {
  let found = null;
  for (const mark of document.querySelectorAll(`.chapter:not([hidden]) :is(${MARKS})`)) {
    const { top, height } = mark.getBoundingClientRect();
    if (found && top > 0) break;
    if (height) found = { id: mark.id, offset: top };
  }
  return scrollY > 0 ? found : null;
}

/**
 * Scroll to a place, and stay there while figures get their height, until the visitor moves.
 * @param {Place} place
 */
function hold({ id, offset }) {
  const mark = document.getElementById(id);
  if (!mark) return;
  const align = () => {
    const away = mark.getBoundingClientRect().top - offset;
    if (Math.abs(away) >= 1) scrollBy({ top: away, behavior: 'instant' });
  };
  const observer = new ResizeObserver(align);
  const moved = new AbortController();
  for (const kind of ['wheel', 'touchmove', 'keydown', 'pointerdown', 'popstate']) {
    addEventListener(kind, () => moved.abort(), { signal: moved.signal, passive: true });
  }
  const end = setTimeout(() => moved.abort(), SETTLED);
  moved.signal.addEventListener('abort', () => {
    clearTimeout(end);
    observer.disconnect();
  });
  observer.observe(document.body);
  for (const figure of document.querySelectorAll('.chapter:not([hidden]) figure')) observer.observe(figure);
  align();
}

/** Keep the place in the entry of the history that is shown. */
export function mountPlace() {
  history.scrollRestoration = 'manual';
  /** @type {ReturnType<typeof setTimeout> | undefined} */ let timer;
  const keep = () => {
    clearTimeout(timer);
    history.replaceState({ ...history.state, place: currentPlace() }, '');
  };
  addEventListener('scroll', () => {
    clearTimeout(timer);
    timer = setTimeout(keep, REST);
  }, { passive: true });
  addEventListener('pagehide', keep);
  return {
    keep,
    /** @param {string} id of the element that the address names; '' for none */
    restore(id) {
      const kept = /** @type {Place | null | undefined} */ (history.state?.place);
      if (kept) hold(kept);
      else if (kept === undefined && id) showStart(id);
      else scrollTo({ top: 0, behavior: 'instant' });
    },
    showStart,
  };
}

/** Go to the start of an element, as a link does. @param {string} id '' for the top of the page */
function showStart(id) {
  const place = document.getElementById(id);
  if (!place || place.matches('.chapter')) scrollTo({ top: 0, behavior: 'instant' });
  else hold({ id, offset: document.getElementById('top')?.offsetHeight ?? 0 });
}
