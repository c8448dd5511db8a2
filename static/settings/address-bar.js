// The address bar is the page's state: settings are read from it, corrected, and written back. The
// hash holds them; an old link has them in its query. It knows no setting: settings.js does.
// @ts-check
import { Settings } from './settings.js';

const PAUSE = 1000; // milliseconds without a change, after which the next is a step that Back undoes
const BUDGET = 90; // changes of the address in half a minute; browsers refuse to make many more
const LATER = 500; // milliseconds that one over the budget waits
const SHOWN = 40; // letters of what nobody knows

/**
 * What an address says. In the query, what is no setting (`workers`, `embed` …) stays there.
 * @param {{search: string, hash: string}} address
 * @returns {{text: string, flags: URLSearchParams, result: string | null, strangers: string[]}}
 *   settings as a query, the hash before the old query; names in the hash that mean nothing
 */
export function readAddress({ search, hash }) {
  const query = new URLSearchParams(search);
  const anchor = !hash.includes('=') && document.getElementById(decoded(hash.slice(1)));
  const state = new URLSearchParams(anchor ? '' : hash.slice(1));
  const known = (/** @type {string} */ name) => Settings.knows(name);
  const entries = [...state, ...query].filter(([name]) => known(name));
  const flags = new URLSearchParams([...query].filter(([name]) => !known(name) && name !== 'result'));
  const strangers = [...new Set(state.keys())].filter((name) => !known(name) && name !== 'result');
  return {
    text: `?${new URLSearchParams(entries)}`,
    flags,
    result: state.get('result') ?? query.get('result'),
    strangers,
  };
}

/** @param {string} text @returns {string} itself, if it is not well encoded */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** @param {string[]} corrections @param {string[]} strangers @returns {string} '' if there were none */
export function describe(corrections, strangers) {
  const told = strangers.map((name) => `“${name.slice(0, SHOWN)}” is no setting and is left out`);
  const all = [...corrections, ...told];
  const more = all.length > 4 ? [`and ${all.length - 4} more`] : [];
  return all.length ? `This link was corrected: ${[...all.slice(0, 4), ...more].join('; ')}.` : '';
}

/** Changes the address now if it may, else soon; Safari throws at a hundredth change in half a minute. */
class Writer {
  /** @type {number[]} */ #times = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #waiting;

  /** @param {string} url @param {boolean} step whether Back shall undo it */
  write(url, step) {
    const now = performance.now();
    this.#times = this.#times.filter((time) => now - time < 30_000);
    clearTimeout(this.#waiting);
    if (this.#times.length >= BUDGET) {
      this.#waiting = setTimeout(() => this.write(url, step), LATER);
      return;
    }
    this.#times.push(now);
    if (step) history.pushState(null, '', url);
    else history.replaceState(null, '', url);
  }
}

/**
 * Keep the address and the settings in step, both ways.
 * @param {Settings} settings @param {HTMLElement} note where a correction is told
 * @param {ReturnType<typeof readAddress>} opened what the address said at first
 */
export function mountAddress(settings, note, opened) {
  const writer = new Writer();
  const linked = settings.hash();
  let { flags, result } = opened;
  let last = -Infinity; // when somebody last changed something
  let behind = false;
  let quiet = false; // while the address is what changes the settings
  let held = false; // a pointer, which may drag a slider: the address takes longer than a picture

  const url = () => {
    const state = settings.hash();
    const own = result !== null && state === linked ? `${state ? '&' : ''}result=${encodeURIComponent(result)}` : '';
    const query = flags.size ? `?${flags}` : '';
    return `${location.pathname}${query}${state || own ? `#${state}${own}` : ''}`;
  };
  const tell = (/** @type {string[]} */ corrections, /** @type {string[]} */ strangers) => {
    note.textContent = describe(corrections, strangers);
  };

  const write = () => {
    behind = false;
    const now = url();
    if (now === `${location.pathname}${location.search}${location.hash}`) return;
    note.textContent = '';
    writer.write(now, performance.now() - last > PAUSE);
    last = performance.now();
  };
  settings.addEventListener('change', () => {
    if (quiet || behind) return;
    behind = true; // a preset changes many at once
    queueMicrotask(() => { if (!held) write(); });
  });
  for (const kind of ['pointerdown', 'pointerup', 'pointercancel']) {
    addEventListener(kind, () => {
      held = kind === 'pointerdown';
      if (behind && !held) write();
    }, true);
  }
  addEventListener('popstate', () => { // Back, Forward, or a hash that was typed
    const said = readAddress(location);
    ({ flags, result } = said);
    quiet = true;
    const corrections = settings.load(said.text);
    quiet = false;
    last = -Infinity;
    tell(corrections, said.strangers);
    if (corrections.length || said.strangers.length) writer.write(url(), false);
  });
  tell(settings.corrections, opened.strangers);
  if (!(location.hash && !location.hash.includes('=')) || opened.strangers.length) writer.write(url(), false);
}
