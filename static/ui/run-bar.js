// Start, Pause, Stop, progress and time left of one long job. What the job is and draws is the figure's.
// @ts-check
import { explain } from '../lab/faults.js';
import { PAUSED } from '../lab/queued-task.js';
import { formatDuration, formatDurationAbout } from '../records/format.js';
import { element } from './dom.js';
import { showFault } from './fault-box.js';
import { LongRun } from './long-run.js';

/** @typedef {import('../lab/messages.js').Progress} Progress */
/**
 * @typedef {object} RunBarOptions
 * @property {string} label of the start button
 * @property {(signal: AbortSignal, onProgress: (progress: Progress) => void, again: boolean, once: boolean) => Promise<string | void>} run
 *   `again`: go on after a pause; `once`: run one part, then pause; returns PAUSED if there is more
 * @property {(error: Error) => boolean} showError shows an error at its control, if it has one
 * @property {() => string} [stopped] what is said of a run that was stopped
 * @property {() => void} [drop] a paused run will not go on; Pause is offered if this is given
 * @property {string} [once] label of a button that runs one part; it needs `drop`
 */

/** The buttons. @param {HTMLElement} node @param {RunBarOptions} options */
function mountButtons(node, { label, drop, once }) {
  const start = element('button', { className: 'start', textContent: label, type: 'button' });
  const pause = element('button', { className: 'plain', type: 'button', hidden: true });
  const stop = element('button', { className: 'plain stop', textContent: 'Stop', type: 'button', hidden: true });
  const part = element('button', { className: 'plain', textContent: once ?? '', type: 'button', hidden: !once });
  const buttons = element('div', { className: 'run-buttons' });
  buttons.append(start, pause, part, stop);
  node.append(buttons);
  return {
    start, pause, stop, part,
    /** @param {LongRun} run */
    show({ idle, paused, running }) {
      const focused = document.activeElement;
      // Start stays where it is, so that a double click neither stops nor starts what it should not.
      start.setAttribute('aria-disabled', String(!idle));
      pause.textContent = paused ? 'Go on' : 'Pause';
      pause.hidden = idle || !drop;
      part.setAttribute('aria-disabled', String(running));
      stop.hidden = idle;
      // A keyboard's place is not lost with the button it was on.
      if (idle && (focused === stop || focused === pause)) node.focus();
    },
  };
}

/** The bar, the time left, what is said, and the fault. @param {HTMLElement} node @param {string} label */
function mountProgress(node, label) {
  const bar = element('progress', { hidden: true });
  const left = element('span', { className: 'note' }); // it changes every second, so it is not announced
  const note = element('span', { className: 'note' });
  const milestone = element('span', { className: 'visually-hidden' }); // a bar is not announced by itself
  const fault = element('div');
  let quarters = 0; // of the work, that have been announced
  bar.setAttribute('aria-label', `${label}: progress`);
  note.setAttribute('role', 'status');
  milestone.setAttribute('role', 'status');
  fault.setAttribute('role', 'alert');
  const status = element('div', { className: 'run-status' }); // always there, so that nothing below it moves
  status.append(bar, left, note, milestone);
  node.append(status, fault);
  return {
    /** @param {LongRun} run */
    show({ idle }) {
      bar.hidden = idle;
    },
    reset() {
      bar.removeAttribute('value');
      quarters = 0;
    },
    /** @param {string} text */
    say(text) {
      left.textContent = '';
      note.textContent = text;
      showFault(fault, null);
    },
    /** @param {Progress} progress @param {number} elapsed seconds */
    update({ done, total, fraction, left: seconds }, elapsed) {
      Object.assign(bar, { value: fraction ?? done / total, max: 1 });
      note.textContent = '';
      const quarter = Math.floor(4 * bar.value);
      if (quarter > quarters && quarter < 4) milestone.textContent = `${25 * quarter} % done.`;
      quarters = quarter;
      if (done === 0 || elapsed <= 1) return;
      left.textContent = `about ${formatDurationAbout(seconds ?? (elapsed * (total - done)) / done)} left`;
    },
    /** @param {Error} error @param {() => void} retry */
    showFault: (error, retry) => showFault(fault, explain(error), retry),
  };
}

/** Joins the job, its state and what is shown of it. */
class RunBar {
  #state = new LongRun();

  /** @param {HTMLElement} node @param {RunBarOptions} options */
  constructor(node, options) {
    this.node = node;
    this.options = options;
    this.buttons = mountButtons(node, options);
    this.progress = mountProgress(node, options.label);
    this.buttons.start.addEventListener('click', () => this.go(false));
    this.buttons.pause.addEventListener('click', ({ detail }) => {
      if (detail <= 1) this.#pauseOrGoOn(); // else it is the second click of a double one
    });
    this.buttons.part.addEventListener('click', () => {
      if (!this.#state.running) this.go(this.#state.paused, true);
    });
    this.buttons.stop.addEventListener('click', () => this.#stop());
    this.#show();
  }

  get isIdle() {
    return this.#state.idle;
  }

  /** @param {boolean} again after a pause @param {boolean} [once] one part only */
  async go(again, once = false) {
    const state = this.#state;
    if (state.running || (state.paused && !again)) return;
    const signal = state.begin(again);
    this.#show();
    if (!again) this.progress.reset();
    this.progress.say('Waiting for Python …');
    try {
      const outcome = await this.options.run(signal, (news) => {
        state.noteProgress();
        if (!signal.aborted) this.progress.update(news, state.sinceResumed);
      }, again, once);
      state.paused = outcome === PAUSED;
      if (state.paused) this.progress.say('Paused after this part.');
      else this.progress.say(state.hasProgress ? `Done in ${formatDuration(state.seconds)}.` : 'Done: all of it was kept from an earlier run.');
    } catch (error) {
      state.paused = signal.reason === PAUSED;
      this.#showEnd(/** @type {Error} */ (error));
    } finally {
      state.end();
      this.#show();
    }
  }

  /** @param {Error} error of a run that was paused, was stopped or has failed */
  #showEnd(error) {
    if (this.#state.paused) return this.progress.say('Paused. What is finished is kept.');
    if (error.name === 'AbortError') return this.#sayStopped();
    this.progress.say('');
    if (this.options.showError(error)) return;
    this.progress.showFault(error, () => {
      this.node.focus(); // the Retry button is gone, the place is kept
      this.go(false);
    });
  }

  #pauseOrGoOn() {
    if (this.#state.paused) this.go(true);
    else if (this.#state.running) {
      this.progress.say('Pausing …');
      this.#state.pause();
    }
  }

  #stop() {
    const { paused } = this.#state;
    this.#state.stop();
    if (!paused) return;
    this.options.drop?.();
    this.#sayStopped();
    this.#show();
  }

  #sayStopped() {
    this.progress.say(this.options.stopped?.() ?? 'Stopped.');
  }

  #show() {
    this.progress.show(this.#state);
    this.buttons.show(this.#state);
  }
}

/**
 * @param {HTMLElement} node @param {RunBarOptions} options
 * @returns {{start: () => boolean}} start it, if it neither runs nor is paused: whether it did
 */
export function mountRunBar(node, options) {
  node.tabIndex = -1;
  const bar = new RunBar(node, options);
  return {
    start() {
      if (!bar.isIdle) return false;
      bar.go(false);
      return true;
    },
  };
}
