// Figure: the visitor against the models. Twenty test examples, answered by key or by button. Nothing
// leaves the browser.
// @ts-check
import { wilson } from '../../records/stats.js';
import { element } from '../../ui/dom.js';
import { mountChoice } from '../../ui/inputs.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { mountExample, tell } from '../charts/example-signal.js';

const ROUND = 20; // examples
const SECONDS = 60; // for them, against the clock

/** @param {number} right @param {number} n @returns {string} */
function share(right, n) {
  const [low, high] = wilson(right, n);
  return `${((100 * right) / n).toFixed(0)} %, 95 % interval ${low.toFixed(0)} to ${high.toFixed(0)} %`;
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../training-run.js').TrainingRun} training @param {import('../../settings/settings.js').Settings} settings
 */
export function mountQuizFigure(node, lab, training, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const picture = mountExample(find('.picture'), { height: 260, label: 'a test example: which digit is it?' });
  const condition = mountChoice(find('.which'), {
    label: 'Inputs', options: [{ value: 'plain', label: 'in order' }, { value: 'shuffled', label: 'shuffled' }], onChange: () => {},
  });
  const clock = mountChoice(find('.which'), {
    label: 'Time', options: [{ value: 'none', label: 'as long as you like' }, { value: 'clock', label: `${SECONDS} seconds` }], onChange: () => {},
  });
  const start = element('button', { type: 'button', className: 'start', textContent: `Show me ${ROUND} examples` });
  const stop = element('button', { type: 'button', className: 'plain', textContent: 'Stop', hidden: true });
  const left = element('span', { className: 'note' });
  find('.runner').append(start, stop, left);
  const keys = Array.from({ length: 10 }, (_, digit) => {
    const button = element('button', { type: 'button', className: 'plain key', textContent: String(digit) });
    button.addEventListener('click', () => answer(digit));
    return button;
  });
  find('.keys').append(...keys);
  find('.keys').hidden = true;
  /** @type {Float64Array | null} */ let drawn = null;
  const told = mountAlternative(node, () => drawn && tell(drawn), { id: 'quiz-told' });

  /** @type {{x: Float64Array, labels: Int32Array, length: number, from: number, done: number, right: number,
   *   condition: import('../training-run.js').Condition, until: number} | null} */ let round = null;
  let next = 0; // the first example of the next round: none is shown twice until all were
  let timer = 0;

  function show() {
    const asked = round !== null;
    find('.keys').hidden = !asked;
    stop.hidden = !asked;
    start.setAttribute('aria-disabled', String(asked));
    if (!round) return;
    const { x, labels, length, from, done } = round;
    const index = (from + done) % labels.length;
    drawn = x.slice(index * length, (index + 1) * length);
    picture.update({ x: drawn });
    told.changed();
    find('.asked').textContent = `Example ${done + 1} of ${ROUND}: which digit is it?`;
  }
  function tick() {
    if (!round || !Number.isFinite(round.until)) return;
    const seconds = Math.ceil((round.until - performance.now()) / 1000);
    left.textContent = `${Math.max(0, seconds)} s left`;
    if (seconds <= 0) end();
  }
  function end() {
    if (!round) return;
    const { right, done } = round;
    clearInterval(timer);
    left.textContent = '';
    find('.asked').textContent = done ?
      `${right} of ${done} right: ${share(right, done)}. It is in the table of the models above.` : 'No answer yet.';
    round = null;
    show();
    node.focus();
  }
  /** @param {number} digit */
  function answer(digit) {
    if (!round) return;
    const { labels, from, done } = round;
    const label = labels[(from + done) % labels.length];
    const right = label === digit;
    round.right += Number(right);
    round.done += 1;
    next = from + round.done;
    training.answer(round.condition, right);
    find('.last').textContent = right ? `${digit} is right.` : `You said ${digit}; it is a ${label}.`;
    find('.last').classList.toggle('problem', !right);
    if (round.done === ROUND) end();
    else show();
  }

  start.addEventListener('click', async () => {
    if (round) return;
    find('.asked').textContent = 'Drawing …';
    find('.last').textContent = '';
    try {
      const chosen = /** @type {import('../training-run.js').Condition} */ (condition.value);
      const data = await lab.run('dataset', { ...settings.args('dataset'), shuffle_seq: chosen === 'shuffled' });
      const until = clock.value === 'clock' ? performance.now() + 1000 * SECONDS : Infinity;
      round = {
        x: data.x_test, labels: data.y_test, length: data.shape[1], from: next % data.y_test.length, done: 0, right: 0,
        condition: chosen, until,
      };
      timer = window.setInterval(tick, 250);
      tick();
      show();
      node.focus({ preventScroll: true });
    } catch (error) {
      find('.asked').textContent = /** @type {Error} */ (error).message;
    }
  });
  stop.addEventListener('click', end);
  node.tabIndex = -1;
  node.addEventListener('keydown', (event) => {
    if (!round || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !/^\d$/.test(event.key)) return;
    event.preventDefault();
    answer(Number(event.key));
  });
}
