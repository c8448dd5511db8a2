// The address bar holds the page's settings: they are read from it, corrected, and written back. The
// hash holds them; an old link has them in its query. Which settings there are, settings.js knows.
// @ts-check
import { completed } from './old-links.js';
import { Settings } from './settings.js';

/**
 * What an address says: settings as a query, those of the hash first; the rest of the query (`workers`,
 * `embed` …), which stays there; a result's name; names in the hash that mean nothing.
 * @typedef {{text: string, flags: URLSearchParams, result: string | null, unknown: string[]}} Address
 */

const PAUSE = 1000; // milliseconds without a change, after which the next one is a step for Back
const WINDOW = 30_000; // milliseconds in which browsers allow about a hundred changes of the address
const BUDGET = 90; // changes in the window
const LATER = 500; // milliseconds that a change over the budget waits
const SHOWN = 40; // letters of an unknown name that a message repeats
const LISTED = 4; // corrections that a message lists

/** @param {string} text @returns {string} itself, if it is not well encoded */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string} hash of an address @returns {boolean} whether it is a place on the page */
const isAnchor = (hash) => !hash.includes('=') && document.getElementById(decoded(hash.slice(1))) !== null;

/** @param {{search: string, hash: string}} address @returns {Address} */
export function readAddress({ search, hash }) {
  const query = new URLSearchParams(search);
  const state = new URLSearchParams(isAnchor(hash) ? '' : hash.slice(1));
  const result = state.get('result') ?? query.get('result');
  const all = completed(new URLSearchParams([...state, ...query]), result);
  const isSetting = (/** @type {string} */ name) => Settings.knows(name);
  const isOther = (/** @type {string} */ name) => !isSetting(name) && name !== 'result';
  return {
    text: `?${new URLSearchParams([...all].filter(([name]) => isSetting(name)))}`,
    flags: new URLSearchParams([...query].filter(([name]) => isOther(name))),
    result,
    unknown: [...new Set(state.keys())].filter(isOther),
  };
}

/** @param {string[]} corrections of values @param {string[]} unknown names @returns {string} '' if there are none */
export function describeCorrections(corrections, unknown) {
  const all = [...corrections, ...unknown.map((name) => `“${name.slice(0, SHOWN)}” is no setting and is left out`)];
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
    if (isStep) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
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

/**
 * Keep the address and the settings in step, both ways.
 * @param {Settings} settings @param {HTMLElement} note where corrections are shown
 * @param {Address} opened what the address said at first
 */
export function mountAddress(settings, note, opened) {
  const writer = new AddressWriter();
  const linked = new Settings(opened.text).hash(); // what the link's result belongs to; a slider may have moved since
  let { flags, result } = opened;
  let changed = -Infinity; // when the visitor last changed something
  let loading = false; // while the settings follow the address

  const url = () => {
    const state = settings.hash();
    const own = result !== null && state === linked ? `${state ? '&' : ''}result=${encodeURIComponent(result)}` : '';
    const query = flags.size ? `?${flags}` : '';
    return `${location.pathname}${query}${state || own ? `#${state}${own}` : ''}`;
  };
  const write = onceReleased(() => {
    const now = url();
    if (now === `${location.pathname}${location.search}${location.hash}`) return;
    note.textContent = '';
    writer.write(now, performance.now() - changed > PAUSE);
    changed = performance.now();
  });
  settings.addEventListener('change', () => { if (!loading) write(); }); // a preset changes many at once
  addEventListener('popstate', () => { // Back, Forward, or a hash that was typed
    const said = readAddress(location);
    ({ flags, result } = said);
    loading = true;
    const corrections = settings.load(said.text);
    loading = false;
    changed = -Infinity;
    note.textContent = describeCorrections(corrections, said.unknown);
    if (corrections.length || said.unknown.length) writer.write(url(), false);
  });
  note.textContent = describeCorrections(settings.corrections, opened.unknown);
  const isPlace = location.hash !== '' && !location.hash.includes('=');
  if (!isPlace || opened.unknown.length) writer.write(url(), false);
}
