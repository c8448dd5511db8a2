// How results files get to the page other than by a figure's button: dropped anywhere on it, or named by its
// address. Then the page goes to the figure that draws them. Reads no file.
// @ts-check

/** @typedef {import('./results-inbox.js').ResultsInbox} ResultsInbox */
/** @typedef {import('./sort-records.js').Kind['place']} Place */

/** @param {Element | null} target @returns {HTMLElement | null} the figure that files dropped there are given to: its own, else the first on screen that takes any */
function figureFor(target) {
  const openers = [...document.querySelectorAll('figure .opener')].filter((one) => !one.closest('[hidden]') && one.getClientRects().length);
  const own = openers.find((one) => one.closest('figure')?.contains(target));
  return (own ?? openers[0])?.closest('figure') ?? null;
}

/**
 * Take files that are dropped anywhere on the page: beside the figure they would make the browser leave.
 * @param {(files: File[], figure: HTMLElement | null) => void} onDrop
 */
function followDrops(onDrop) {
  /** Shown as the place for files while one is dragged over the page. @type {HTMLElement | null} */ let zone = null;
  /** @param {HTMLElement | null} next */
  const show = (next) => {
    if (zone === next) return;
    zone?.classList.remove('dropping');
    next?.classList.add('dropping');
    zone = next;
  };
  /** @param {string} type @param {(event: DragEvent) => void} act */
  const onFiles = (type, act) => document.addEventListener(type, (event) => {
    const { dataTransfer } = /** @type {DragEvent} */ (event);
    if (!dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    act(/** @type {DragEvent} */ (event));
  });
  const under = (/** @type {DragEvent} */ { target }) => figureFor(target instanceof Element ? target : null);
  onFiles('dragover', (event) => show(under(event)));
  onFiles('dragleave', ({ relatedTarget }) => {
    if (!relatedTarget) show(null); // the pointer has left the page
  });
  onFiles('drop', (event) => {
    show(null);
    onDrop([...event.dataTransfer?.files ?? []], under(event));
  });
}

/**
 * @param {ResultsInbox} inbox
 * @param {object} page
 * @param {HTMLElement} page.notice where it is said what was not opened, if no figure takes files there
 * @param {string[]} page.asked names of files that the address asks for
 * @param {(place: Place, from: string) => void} page.goTo the figure that draws what came; `from` is the one that
 *   was given the file, '' for none
 */
export function mountArrivals(inbox, { notice, asked, goTo }) {
  inbox.addEventListener('fault', (event) => {
    const { text, figure } = /** @type {CustomEvent} */ (event).detail;
    notice.textContent = figure ? '' : text;
  });
  inbox.addEventListener('come', (event) => {
    const { arrivals, figure } = /** @type {CustomEvent<{arrivals: import('./results-inbox.js').Arrival[], figure: string}>} */ (event).detail;
    const places = arrivals.map(({ kind }) => kind.place);
    goTo(places.find((one) => one.figure === figure) ?? places[0], figure);
  });
  followDrops((files, figure) => inbox.open(files, figure?.id));
  if (asked.length) inbox.open(import('./addressed-results.js').then(({ filesOf }) => filesOf(asked)));
}
