// Start, Stop, progress and time left for one long job. What the job is and draws is the figure's.
// @ts-check
import { element } from './controls.js';

/** @typedef {import('./protocol.js').Progress} Progress */

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/**
 * @param {HTMLElement} node
 * @param {object} options
 * @param {string} options.label of the start button
 * @param {(signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<void>} options.run
 * @param {(error: Error) => boolean} options.complain shows an error at its control, if it has one
 */
export function mountRunner(node, { label, run, complain }) {
  const start = element('button', { className: 'start', textContent: label, type: 'button' });
  const stop = element('button', { className: 'plain', textContent: 'Stop', type: 'button', hidden: true });
  const bar = element('progress', { hidden: true });
  const note = element('span', { className: 'note' });
  bar.setAttribute('aria-label', `${label}: progress`);
  node.append(start, stop, bar, note);

  /** @param {string} text @param {boolean} [problem] */
  const say = (text, problem = false) => {
    note.textContent = text;
    note.classList.toggle('problem', problem);
  };
  /** @param {boolean} running */
  const toggle = (running) => {
    const focused = [start, stop].some((button) => button === document.activeElement);
    start.hidden = running;
    for (const part of [stop, bar]) part.hidden = !running;
    if (focused) (running ? stop : start).focus(); // a keyboard's place is not lost
  };

  start.addEventListener('click', async () => {
    const controller = new AbortController();
    stop.onclick = () => controller.abort();
    toggle(true);
    bar.removeAttribute('value');
    say('Waiting for Python …');
    let began = 0;
    try {
      await run(controller.signal, ({ done, total }) => {
        began ||= performance.now();
        const elapsed = (performance.now() - began) / 1000;
        Object.assign(bar, { value: done, max: total });
        if (done > 0 && elapsed > 1) say(`about ${duration((elapsed * (total - done)) / done)} left`);
        else say('');
      });
      say(`Done in ${duration((performance.now() - began) / 1000)}.`);
    } catch (error) {
      const { name, message } = /** @type {Error} */ (error);
      if (name === 'AbortError') say('Stopped.');
      else if (complain(/** @type {Error} */ (error))) say('');
      else say(`${name}: ${message}`, true);
    } finally {
      toggle(false);
    }
  });
}
