// Start, Stop, progress and time left for one long job. What the job is and draws is the figure's.
// @ts-check
import { element } from './controls.js';

/** @typedef {import('./protocol.js').Progress} Progress */

/** @param {number} seconds */
export function duration(seconds) {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
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
  const left = element('span', { className: 'note' }); // ticks, so it is not announced
  const note = element('span', { className: 'note' });
  note.setAttribute('role', 'status');
  bar.setAttribute('aria-label', `${label}: progress`);
  node.tabIndex = -1;
  node.append(start, stop, bar, left, note);

  /** @param {string} text @param {boolean} [problem] */
  const say = (text, problem = false) => {
    left.textContent = '';
    note.textContent = text;
    note.classList.toggle('problem', problem);
  };
  /** @param {boolean} running */
  const toggle = (running) => {
    // Start stays where it is, so that a double click neither stops nor starts what it should not.
    start.setAttribute('aria-disabled', String(running));
    if (!running && document.activeElement === stop) node.focus(); // a keyboard's place is not lost
    for (const part of [stop, bar]) part.hidden = !running;
  };
  /** @param {number} began @param {Progress} progress */
  const tick = (began, { done, total }) => {
    const elapsed = (performance.now() - began) / 1000;
    Object.assign(bar, { value: done, max: total });
    note.textContent = '';
    if (done > 0 && elapsed > 1) left.textContent = `about ${duration((elapsed * (total - done)) / done)} left`;
  };

  start.addEventListener('click', async () => {
    if (start.getAttribute('aria-disabled') === 'true') return;
    const controller = new AbortController();
    stop.onclick = () => controller.abort();
    toggle(true);
    bar.removeAttribute('value');
    say('Waiting for a free Python …');
    let began = 0;
    try {
      await run(controller.signal, (progress) => {
        began ||= performance.now();
        tick(began, progress);
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
