// Start, Pause, Stop, progress and time left for one long job. What the job is and draws is the figure's.
// @ts-check
import { explain } from '../lab/faults.js';
import { PAUSED } from '../lab/queued-task.js';
import { element } from './dom.js';
import { showFault } from './fault-box.js';

/** @typedef {import('../lab/messages.js').Progress} Progress */

/** @param {number} seconds @returns {string} exact: for what has been */
export function duration(seconds) {
  const whole = Math.ceil(seconds);
  const minutes = Math.floor(whole / 60);
  if (whole < 60) return `${whole} s`;
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @param {number} seconds @returns {string} no more exact than a forecast is */
export function roughly(seconds) {
  if (seconds < 1) return '1 s';
  const step = seconds < 10 ? 1 : seconds < 60 ? 5 : seconds < 300 ? 10 : seconds < 3600 ? 60 : 600;
  return duration(Math.round(seconds / step) * step).replace(/ 0 (s|min)$/, '');
}

/**
 * @param {HTMLElement} node
 * @param {object} options
 * @param {string} options.label of the start button
 * @param {(signal: AbortSignal, onProgress: (progress: Progress) => void, again: boolean, once: boolean) => Promise<string | void>} options.run
 *   `again` if it is to go on after a pause, `once` if by one part only; returns PAUSED if there is more
 * @param {(error: Error) => boolean} options.showError shows an error at its control, if it has one
 * @param {() => string} [options.stopped] what is said of a run that was stopped
 * @param {() => void} [options.drop] a paused run will not go on; Pause is offered if this is given
 * @param {string} [options.once] label of a button that goes on by one part; it needs `drop`
 * @returns {{start: () => boolean}} start it, if it is not at work already: whether it did
 */
export function mountRunner(node, { label, run, showError, stopped = () => 'Stopped.', drop, once }) {
  const start = element('button', { className: 'start', textContent: label, type: 'button' });
  const pause = element('button', { className: 'plain', type: 'button', hidden: true });
  const stop = element('button', { className: 'plain stop', textContent: 'Stop', type: 'button', hidden: true });
  const part = element('button', { className: 'plain', textContent: once ?? '', type: 'button', hidden: !once });
  const bar = element('progress', { hidden: true });
  const left = element('span', { className: 'note' }); // ticks, so it is not announced
  const note = element('span', { className: 'note' });
  note.setAttribute('role', 'status');
  bar.setAttribute('aria-label', `${label}: progress`);
  node.tabIndex = -1;
  const milestone = element('span', { className: 'visually-hidden' }); // a bar says nothing by itself
  milestone.setAttribute('role', 'status');
  const fault = element('div');
  fault.setAttribute('role', 'alert');
  node.append(start, pause, part, stop, bar, left, note, milestone, fault);

  /** @type {AbortController | null} */ let controller = null; // of what runs now
  let paused = false;
  let quarters = 0; // of the work, that have been told
  let spent = 0; // seconds of a run before its pauses

  /** @param {string} text */
  const say = (text) => {
    left.textContent = '';
    note.textContent = text;
    showFault(fault, null);
  };
  const show = () => {
    const idle = !controller && !paused;
    const focused = document.activeElement;
    // Start stays where it is, so that a double click neither stops nor starts what it should not.
    start.setAttribute('aria-disabled', String(!idle));
    pause.textContent = paused ? 'Go on' : 'Pause';
    pause.hidden = idle || !drop;
    part.setAttribute('aria-disabled', String(controller !== null));
    for (const one of [stop, bar]) one.hidden = idle;
    // A keyboard's place is not lost with the button it was on.
    if (idle && (focused === stop || focused === pause)) node.focus();
  };
  /** @param {number} began @param {Progress} progress */
  const tick = (began, { done, total, fraction, left: seconds }) => {
    const elapsed = (performance.now() - began) / 1000;
    Object.assign(bar, { value: fraction ?? done / total, max: 1 });
    note.textContent = '';
    const quarter = Math.floor(4 * bar.value);
    if (quarter > quarters && quarter < 4) milestone.textContent = `${25 * quarter} % done.`;
    quarters = quarter;
    if (done > 0 && elapsed > 1) left.textContent = `about ${roughly(seconds ?? (elapsed * (total - done)) / done)} left`;
  };

  /** @param {boolean} again @param {boolean} [single] */
  async function go(again, single = false) {
    if (controller || (paused && !again)) return;
    paused = false;
    controller = new AbortController();
    const { signal } = controller;
    show();
    if (!again) {
      bar.removeAttribute('value');
      quarters = 0;
      spent = 0;
    }
    say('Waiting for a free Python …');
    let began = 0;
    const seconds = () => spent + (began && (performance.now() - began) / 1000);
    try {
      const outcome = await run(signal, (progress) => {
        began ||= performance.now();
        if (!signal.aborted) tick(began, progress);
      }, again, single);
      paused = outcome === PAUSED;
      if (paused) say('Paused after this part.');
      else say(began ? `Done in ${duration(seconds())}.` : 'Done at once: all of it was kept.');
    } catch (error) {
      const { name } = /** @type {Error} */ (error);
      paused = signal.reason === PAUSED;
      if (paused) say('Paused. What is finished is kept.');
      else if (name === 'AbortError') say(stopped());
      else if (showError(/** @type {Error} */ (error))) say('');
      else {
        say('');
        showFault(fault, explain(/** @type {Error} */ (error)), () => {
          node.focus(); // the button is gone, the place is kept
          go(false);
        });
      }
    } finally {
      controller = null;
      spent = seconds();
      show();
    }
  }

  start.addEventListener('click', () => go(false));
  pause.addEventListener('click', ({ detail }) => {
    if (detail > 1) return; // the second click of a double one
    if (paused) go(true);
    else if (controller) {
      say('Pausing …'); // what is at work may end first
      controller.abort(PAUSED);
    }
  });
  part.addEventListener('click', () => {
    if (!controller) go(paused, true);
  });
  stop.addEventListener('click', () => {
    controller?.abort();
    if (!paused) return;
    paused = false;
    drop?.();
    say(stopped());
    show();
  });
  show();
  return {
    start() {
      if (controller || paused) return false;
      go(false);
      return true;
    },
  };
}
