// The chapters: one is on screen at a time, its code is loaded when it is first opened, and what several of
// them show stands in the one that is open. Their addresses are settings/address-bar.js's, the place within
// one is page/place.js's. Without JavaScript, and on paper, all of them are shown.
// @ts-check
import { showMissingPart } from './missing-part.js';

/** @typedef {Record<string, () => Promise<unknown>>} Mounts loads and mounts what is in a chapter, by its id */

/** Which chapter is on screen. Dispatches `open` when another one is. */
export class Chapters extends EventTarget {
  #all = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.chapter')]);
  /** @type {Map<string, Promise<unknown>>} */ #mounted = new Map();

  /** @param {HTMLElement} nav of links to the chapters @param {Mounts} mounts */
  constructor(nav, mounts) {
    super();
    this.nav = nav;
    this.links = [...nav.querySelectorAll('a')];
    this.mounts = mounts;
    this.current = this.#all[0];
    // The browser has found a text that the visitor looked for in a chapter that is not open.
    for (const { id } of this.#all) document.getElementById(id)?.addEventListener('beforematch', () => this.open(id));
  }

  /** @param {string} place an id, '' for the first chapter @returns {HTMLElement} the chapter that it is in */
  #chapterOf(place) {
    const found = document.getElementById(place)?.closest('.chapter');
    return /** @type {HTMLElement | undefined} */ (found) ?? (place ? this.current : this.#all[0]);
  }

  /**
   * Open the chapter of a place.
   * @param {string} place an id, '' for the first chapter
   * @returns {Promise<unknown>} settles when what is in it is mounted
   */
  open(place) {
    const chapter = this.#chapterOf(place);
    this.current = chapter;
    document.documentElement.dataset.chapter = chapter.id;
    delete document.documentElement.dataset.opening; // see before-modules.js
    for (const one of this.#all) {
      if (one === chapter) one.removeAttribute('hidden');
      else one.setAttribute('hidden', 'until-found'); // a search of the page's text finds it all the same
    }
    fillSlots(chapter);
    for (const link of this.links) {
      if (link.dataset.place === chapter.id) {
        link.setAttribute('aria-current', 'page');
        this.nav.scrollLeft = link.offsetLeft - this.nav.offsetLeft - 40; // on a phone not all of them fit
      } else link.removeAttribute('aria-current');
    }
    const mount = this.mounts[chapter.id] ?? (async () => {});
    if (!this.#mounted.has(chapter.id)) {
      this.#mounted.set(chapter.id, mount().catch((error) => showMissingPart(chapter, error)));
    }
    this.dispatchEvent(new Event('open'));
    return /** @type {Promise<unknown>} */ (this.#mounted.get(chapter.id));
  }
}

/**
 * Bring what several chapters show into this one. A slot is of the chapter it names or is in, one outside of them
 * of any: it stands before the others in the page, and gives way to them.
 * @param {HTMLElement} chapter
 */
function fillSlots(chapter) {
  /** @type {Map<string, HTMLElement>} */ const filled = new Map();
  for (const slot of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-slot]'))) {
    const { slot: id = '', slotOf = slot.closest('.chapter')?.id ?? chapter.id } = slot.dataset;
    if (slotOf === chapter.id) filled.set(id, slot);
  }
  for (const [id, slot] of filled) {
    const shared = document.getElementById(id);
    if (shared && shared.parentElement !== slot) slot.append(shared); // who moves loses the keyboard's place
  }
}

/**
 * Follow the links within the page: to a chapter, or to a place in one. From a link that is hidden then the
 * keyboard goes on in the open chapter; from a link that skips what is above, at its target.
 * @param {HTMLElement} main what the chapters are in
 * @param {(place: string) => void} go
 */
export function followLinks(main, go) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('a[href^="#"]'))) {
    link.dataset.place = link.hash.slice(1);
  }
  document.addEventListener('click', (event) => {
    const link = /** @type {Element} */ (event.target).closest?.('a[data-place]');
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    const place = String(link.dataset.place);
    if (place !== main.id) go(place);
    const next = link.matches('.skip') ? document.getElementById(place) : main.contains(link) && main;
    if (next) next.focus({ preventScroll: place !== main.id });
  });
}

/** Have the links within the page lead to its settings too, for a new tab. @param {(place: string) => string} urlOf */
export function addressLinks(urlOf) {
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('a[data-place]'))) {
    link.href = urlOf(String(link.dataset.place));
  }
}
