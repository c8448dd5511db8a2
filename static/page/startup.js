// What the page shows of Python's start: what it does, how much has arrived, what went wrong. It
// starts nothing: that is the lab's.
// @ts-check
import { explain } from '../lab/faults.js';
import { RETRY, showFault } from '../ui/fault-box.js';

const PATIENCE = 1000; // milliseconds before megabytes are worth a word
const SILENCE = 5000; // milliseconds without a byte, after which a visitor should know

const root = document.documentElement;

/** @param {number} bytes */
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

/**
 * @param {HTMLElement} status @param {HTMLElement} arrival megabytes tick in it, so it is not announced
 * @param {HTMLElement} trouble
 */
export function mountStarting(status, arrival, trouble) {
  let began = performance.now();
  let last = began; // when something last came
  let text = 'Starting …';
  /** @type {ReturnType<typeof setInterval> | undefined} */ let clock;
  const loading = () => root.dataset.state === 'loading';
  const say = (/** @type {string} */ now) => { if (status.textContent !== now) status.textContent = now; };
  const watch = (/** @type {() => void} */ retry) => {
    const silent = performance.now() - last > SILENCE;
    say(text);
    if (silent === (trouble.textContent !== '')) return;
    showFault(trouble, silent ? {
      sentence: 'Nothing has arrived for a while: the connection may have stalled, or this device is slow. Still waiting.',
      detail: '',
    } : null, retry);
  };

  /** @param {import('../lab/lab.js').Lab} lab @param {() => void} onRetried when Python runs after all */
  async function follow(lab, onRetried, again = false) {
    const retry = () => {
      lab.retry();
      follow(lab, onRetried, true);
    };
    root.dataset.state = 'loading';
    began = last = performance.now();
    showFault(trouble, null);
    say(text = 'Starting …');
    clearInterval(clock);
    clock = setInterval(() => watch(retry), 500);
    const ready = lab.ready;
    try {
      const { kernels, note } = await ready;
      if (lab.ready !== ready) return; // somebody has tried again
      root.dataset.state = 'ready';
      say(''); // fast is as expected, slow is news
      const asked = kernels === 'numpy' && note.includes('the address asks for it');
      showFault(trouble, kernels === 'numpy' ? { sentence: note, detail: '' } : null, asked ? undefined : retry);
      if (again) onRetried();
    } catch (error) {
      if (lab.ready !== ready) return;
      root.dataset.state = 'error';
      say('');
      showFault(trouble, explain(/** @type {Error} */ (error)), retry);
    } finally {
      if (lab.ready === ready) clearInterval(clock);
      arrival.textContent = '';
    }
  }

  return {
    /** @param {string} now what start-up is doing */
    onStatus(now) {
      last = performance.now();
      text = now;
      if (loading()) say(now);
    },
    /** @param {number} bytes @param {number} total */
    onArrival(bytes, total) {
      last = performance.now();
      if (!loading() || last - began < PATIENCE) return;
      arrival.textContent = `${megabytes(Math.min(bytes, total))} of ${megabytes(total)} MB`;
    },
    /** Show a start until it has succeeded, and each that is tried after it. @type {(lab: import('../lab/lab.js').Lab, onRetried: () => void) => Promise<void>} */
    follow(lab, onRetried) {
      document.addEventListener(RETRY, ({ target }) => {
        if (target === trouble) return;
        if (root.dataset.state !== 'error') return lab.retryFailedStarts();
        lab.retry();
        follow(lab, onRetried, true);
      });
      return follow(lab, onRetried);
    },
  };
}
