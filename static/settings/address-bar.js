// The address bar holds the page's settings: they are read from it, corrected, and written back. The
// hash holds them; an old link has them in its query. Which settings there are, settings.js knows. The hash
// also names a place on the page; to go there is for page/chapters.js.
// @ts-check
import { flagCorrections } from './flags.js';
import { completed } from './old-links.js';
import { Settings } from './settings.js';
import { quoteShort } from './wrong-text.js';

/**
 * What an address says: settings as a query, those of the hash first; the rest of the query (`workers`,
 * `embed` …), which stays there; a result's name; somebody's code, which the page shows and does not run by itself; the id of a place on the page, '' for none, and whether the
 * hash is that alone, and so says nothing of the settings; names in the hash that mean nothing.
 * @typedef {{text: string, flags: URLSearchParams, result: string | null, code: string | null, place: string, isPlaceAlone: boolean,
 *   unknown: string[]}} Address
 */

const PLACE = 'at'; // the name of the place in a hash that says more
const PAUSE = 1000; // milliseconds without a change, after which the next one is a step for Back
const WINDOW = 30_000; // milliseconds in which browsers allow about a hundred changes of the address
const BUDGET = 90; // changes in the window
const LATER = 500; // milliseconds that a change over the budget waits
const LISTED = 4; // corrections that a message lists

/** @param {string} text @returns {string} itself, if it is not well encoded */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string | null} id @returns {string} itself, or '' if the page has no such place */
const placeOf = (id) => (id && document.getElementById(id) ? id : '');

/** @param {{search: string, hash: string}} address @returns {Address} */
export function readAddress({ search, hash }) {
  const query = new URLSearchParams(search);
  const anchor = hash.includes('=') ? '' : placeOf(decoded(hash.slice(1)));
  const state = new URLSearchParams(anchor ? '' : hash.slice(1));
  const result = state.get('result') ?? query.get('result');
  const all = completed(new URLSearchParams([...state, ...query]), result);
  const isSetting = (/** @type {string} */ name) => Settings.knows(name);
  const isOther = (/** @type {string} */ name) => !isSetting(name) && !['result', 'code', PLACE].includes(name);
  return {
    text: `?${new URLSearchParams([...all].filter(([name]) => isSetting(name)))}`,
    flags: new URLSearchParams([...query].filter(([name]) => isOther(name))),
    result,
    code: state.get('code'),
    place: anchor || placeOf(state.get(PLACE)),
    isPlaceAlone: anchor !== '',
    unknown: [...new Set(state.keys())].filter(isOther),
  };
}

/** @param {string} hash of an address @returns {string} it without the place that it names */
export function withoutPlace(hash) {
  if (!hash.includes('=')) return '';
  const parts = hash.slice(1).split('&').filter((part) => !part.startsWith(`${PLACE}=`));
  return parts.length ? `#${parts.join('&')}` : '';
}

/** @param {string[]} corrections of values @param {string[]} unknown names @returns {string} '' if there are none */
export function describeCorrections(corrections, unknown) {
  const all = [...corrections, ...unknown.map((name) => `${quoteShort(name)} is no setting and is left out`)];
  if (!all.length) return '';
  const more = all.length > LISTED ? [`and ${all.length - LISTED} more`] : [];
  return `This link was corrected: ${[...all.slice(0, LISTED), ...more].join('; ')}.`;
}

/** Changes the address now if it may, else soon: Safari throws at a hundredth change in half a minute. */
class AddressWriter {
  /** @type {number[]} */ #times = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #waiting;

  /** @param {string} url @param {boolean} isStep whether Back shall undo it */
  write(url, isStep) {
    const now = performance.now();
    this.#times = this.#times.filter((time) => now - time < WINDOW);
    clearTimeout(this.#waiting);
    if (this.#times.length >= BUDGET) {
      this.#waiting = setTimeout(() => this.write(url, isStep), LATER);
      return;
    }
    this.#times.push(now);
    if (isStep) history.pushState({}, '', url); // a step without a state was typed
    else history.replaceState(history.state ?? {}, '', url);
  }
}

/**
 * Act once for all requests of one task, and not while a pointer is held down: it may drag a slider, and
 * changing the address takes longer than drawing a picture.
 * @param {() => void} act @returns {() => void} requests it
 */
function onceReleased(act) {
  let waiting = false;
  let held = false;
  const flush = () => {
    if (!waiting || held) return;
    waiting = false;
    act();
  };
  for (const kind of ['pointerdown', 'pointerup', 'pointercancel']) {
    addEventListener(kind, () => {
      held = kind === 'pointerdown';
      flush();
    }, true);
  }
  return () => {
    if (waiting) return;
    waiting = true;
    queueMicrotask(flush);
  };
}

/** The address of the settings, a result that belongs to them, and a place. */
class CurrentAddress {
  #writer = new AddressWriter();
  /** @type {string} the settings that the link's result and code belong to */ #linked;

  /** @param {Settings} settings @param {Address} opened */
  constructor(settings, opened) {
    this.settings = settings;
    this.said = opened;
    this.#linked = new Settings(opened.text).hash(); // a slider may have moved since
  }

  /** @param {string} [place] @returns {string} with this place in it */
  url(place = this.said.place) {
    const { flags } = this.said;
    const state = this.settings.hash();
    const own = /** @type {('result' | 'code')[]} */ (['result', 'code']).flatMap((name) => {
      const value = this.said[name];
      return value !== null && state === this.#linked ? [`${name}=${encodeURIComponent(value)}`] : [];
    });
    const parts = [state, ...own].filter(Boolean);
    const hash = !place ? parts : parts.length ? [...parts, `${PLACE}=${place}`] : [place];
    return `${location.pathname}${flags.size ? `?${flags}` : ''}${hash.length ? `#${hash.join('&')}` : ''}`;
  }

  /** @param {boolean} isStep whether Back shall undo it @returns {boolean} whether it is another one now */
  write(isStep) {
    const now = this.url();
    if (now === `${location.pathname}${location.search}${location.hash}`) return false;
    this.#writer.write(now, isStep);
    return true;
  }
}

/**
 * Keep the address and the settings in step, both ways.
 * @param {Settings} settings @param {HTMLElement} note where corrections are shown
 * @param {Address} opened what the address said at first
 * @param {{onPlace: (place: string) => void, onWrite: (urlOf: (place: string) => string) => void}} listeners the
 *   visitor went to another place with Back, Forward or a typed address; the address of each place is another one
 * @returns {{goTo: (place: string) => void, forgetCode: () => void}} `goTo` writes the address of a place, as a step for
 *   Back; `forgetCode` leaves the code out of the address
 */
export function mountAddress(settings, note, opened, { onPlace, onWrite }) {
  const address = new CurrentAddress(settings, opened);
  let changed = -Infinity; // when the visitor last changed something
  let loading = false; // while the settings follow the address
  const wrote = () => onWrite((place) => address.url(place));
  const write = onceReleased(() => {
    if (!address.write(performance.now() - changed > PAUSE)) return;
    note.textContent = '';
    changed = performance.now();
    wrote();
  });
  /** @param {Address} said */
  const load = (said) => {
    address.said = said;
    loading = true;
    const corrections = settings.load(said.text);
    loading = false;
    changed = -Infinity;
    note.textContent = describeCorrections(corrections, said.unknown);
    if (corrections.length || said.unknown.length) address.write(false);
  };
  settings.addEventListener('change', () => { if (!loading) write(); }); // a preset changes many at once
  addEventListener('popstate', () => { // Back, Forward, or a hash that was typed
    const said = readAddress(location);
    if (said.isPlaceAlone && history.state === null) { // typed: the settings stay
      address.said = { ...address.said, place: said.place };
      history.replaceState({}, '');
      address.write(false);
    } else load(said);
    wrote();
    onPlace(said.place);
  });
  note.textContent = describeCorrections([...flagCorrections(opened.flags), ...settings.corrections], opened.unknown);
  address.write(false);
  wrote();
  return {
    goTo(place) {
      address.said = { ...address.said, place };
      address.write(true);
      changed = -Infinity;
    },
    forgetCode() {
      address.said = { ...address.said, code: null };
      address.write(false);
    },
  };
}
