// What the page shows of Python's start: what it does, how much has arrived, what went wrong. The start
// itself is the lab's.
// @ts-check
import { explain } from '../lab/faults.js';
import { formatNumber } from '../records/format.js';
import { RETRY, showFault } from '../ui/fault-box.js';

/** @typedef {import('../lab/lab.js').Lab} Lab */

const PATIENCE = 1000; // milliseconds; a start that is faster shows no megabytes
const SILENCE = 5000; // milliseconds without a byte, after which the visitor is told
const STALLED = {
  sentence: 'Nothing has arrived for a while: the connection may have stalled, or this device is slow. Still waiting.',
  detail: '',
};

/** @param {number} bytes */
const megabytes = (bytes) => formatNumber(bytes / 1e6, 1);

/** Given to the lab, which calls `onStatus` and `onArrival`. */
export class StartupDisplay {
  #began = performance.now();
  #lastNews = performance.now();
  #text = 'Starting …'; // what start-up is doing
  /** @type {ReturnType<typeof setInterval> | undefined} */ #clock;
  #retry = () => {};
  #again = () => {};
  #hasMended = false; // since the visitor asked last: see #mends

  /**
   * @param {HTMLElement} status @param {HTMLElement} arrival for the megabytes: they change all the time, so
   *   it is not announced
   * @param {HTMLElement} fault
   */
  constructor(status, arrival, fault) {
    this.status = status;
    this.arrival = arrival;
    this.fault = fault;
  }

  /** Of the start, also for the style sheets: 'loading', 'ready' or 'error'. */
  get #state() {
    return document.documentElement.dataset.state;
  }

  set #state(state) {
    document.documentElement.dataset.state = state;
  }

  /** @param {string} text what start-up is doing */
  onStatus = (text) => {
    this.#lastNews = performance.now();
    this.#text = text;
    if (this.#state === 'loading') this.#say(text);
  };

  /** @param {number} bytes that have arrived @param {number} total */
  onArrival = (bytes, total) => {
    this.#lastNews = performance.now();
    if (this.#state !== 'loading' || this.#lastNews - this.#began < PATIENCE) return;
    this.arrival.textContent = `${megabytes(Math.min(bytes, total))} of ${megabytes(total)} MB`;
  };

  /**
   * Show a start until it has succeeded, and each that is tried after it.
   * @param {Lab} lab @param {() => void} onRetried called when Python runs after all
   */
  follow(lab, onRetried) {
    this.#again = () => {
      lab.retry();
      this.#watch(lab, onRetried);
    };
    this.#retry = () => {
      this.#hasMended = false;
      this.#again();
    };
    document.addEventListener(RETRY, ({ target }) => {
      if (target === this.fault) return;
      if (this.#state === 'error') this.#retry();
      else lab.retryFailedStarts();
    });
    this.#watch(lab, () => {});
  }

  /** @param {Lab} lab @param {() => void} onReady */
  async #watch(lab, onReady) {
    this.#begin();
    const { ready } = lab;
    const current = () => lab.ready === ready; // whether no newer start has begun
    try {
      const { kernels, note } = await ready;
      if (!current()) return;
      this.#end('ready');
      if (kernels === 'numpy') {
        const wanted = note.includes('the address asks for it');
        showFault(this.fault, { sentence: note, detail: '' }, wanted ? undefined : this.#retry);
      }
      onReady();
    } catch (error) {
      if (!current() || await this.#mends() || !current()) return;
      this.#end('error');
      showFault(this.fault, explain(/** @type {Error} */ (error)), this.#retry);
    } finally {
      this.arrival.textContent = '';
    }
  }

  /** After a failed start, but not after a second one: start again by itself if a copy in this browser was damaged. @returns {Promise<boolean>} whether it did */
  async #mends() {
    if (this.#hasMended) return false;
    this.#hasMended = true;
    const isMended = await globalThis.arrivals.mend() > 0;
    if (isMended) this.#again();
    return isMended;
  }

  #begin() {
    this.#state = 'loading';
    this.#began = this.#lastNews = performance.now();
    showFault(this.fault, null);
    this.#say(this.#text = 'Starting …');
    clearInterval(this.#clock);
    this.#clock = setInterval(() => this.#showSilence(), 500);
  }

  /** @param {'ready' | 'error'} state */
  #end(state) {
    clearInterval(this.#clock);
    this.#state = state;
    this.#say('');
    showFault(this.fault, null);
  }

  #showSilence() {
    const silent = performance.now() - this.#lastNews > SILENCE;
    this.#say(this.#text);
    if (silent !== (this.fault.textContent !== '')) showFault(this.fault, silent ? STALLED : null, this.#retry);
  }

  /** Announced again only if it is another text. @param {string} text */
  #say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }
}
