// Figure: the visitor against the models. Twenty test examples, answered by key or by button. Nothing
// leaves the browser.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { wilson } from '../../records/stats.js';
import { element, finderIn } from '../../ui/dom.js';
import { mountChoice } from '../../ui/inputs.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { describeExample, mountExampleSignalChart } from '../charts/example-signal.js';
import { EXAMPLES, QuizRound, SECONDS } from '../quiz-round.js';

/** @typedef {import('../training-run.js').Condition} Condition */

/** @param {QuizRound} round @returns {string} */
function resultSentence({ right, done }) {
  if (!done) return 'No answer yet.';
  const [share, low, high] = [(100 * right) / done, ...wilson(right, done)].map((value) => formatNumber(value, 0));
  return `${right} of ${done} right: ${share} %, 95 % interval ${low} to ${high} %. It is in the table of the models above.`;
}

/** @param {HTMLElement} node */
function mountChoices(node) {
  const condition = mountChoice(node, {
    label: 'Inputs', options: [{ value: 'plain', label: 'in order' }, { value: 'shuffled', label: 'shuffled' }], onChange: () => {},
  });
  const clock = mountChoice(node, {
    label: 'Time', options: [{ value: 'none', label: 'as long as you like' }, { value: 'clock', label: `${SECONDS} seconds` }], onChange: () => {},
  });
  return {
    condition: () => /** @type {Condition} */ (condition.value),
    until: () => (clock.value === 'clock' ? performance.now() + 1000 * SECONDS : Infinity),
  };
}

/** Start, Stop and the seconds left. @param {HTMLElement} node @param {{onStart: () => void, onStop: () => void}} listeners */
function mountRunner(node, { onStart, onStop }) {
  const start = element('button', { type: 'button', className: 'start', textContent: `Show me ${EXAMPLES} examples` });
  const stop = element('button', { type: 'button', className: 'plain', textContent: 'Stop', hidden: true });
  const left = element('span', { className: 'note' });
  start.addEventListener('click', onStart);
  stop.addEventListener('click', onStop);
  node.append(start, stop, left);
  let timer = 0;
  return {
    /** @param {boolean} running */
    show(running) {
      stop.hidden = !running;
      start.setAttribute('aria-disabled', String(running));
      if (running) return;
      clearInterval(timer);
      left.textContent = '';
    },
    /** Show the seconds that are left, and stop when there are none. @param {QuizRound} round */
    countDown(round) {
      const tick = () => {
        const seconds = round.secondsLeft(performance.now());
        left.textContent = `${Math.max(0, seconds)} s left`;
        if (seconds <= 0) onStop();
      };
      if (!Number.isFinite(round.until)) return;
      timer = window.setInterval(tick, 250);
      tick();
    },
  };
}

/** A button for each digit, and the keys 0 to 9 while they can be seen. @param {HTMLElement} node @param {HTMLElement} keys @param {(digit: number) => void} onAnswer */
function mountKeys(node, keys, onAnswer) {
  keys.hidden = true;
  keys.append(...Array.from({ length: 10 }, (_, digit) => {
    const button = element('button', { type: 'button', className: 'plain key', textContent: String(digit) });
    button.addEventListener('click', () => onAnswer(digit));
    return button;
  }));
  node.addEventListener('keydown', (event) => {
    if (keys.hidden || event.repeat || event.ctrlKey || event.metaKey || event.altKey || !/^\d$/.test(event.key)) return;
    event.preventDefault();
    onAnswer(Number(event.key));
  });
}

/** The example that is asked. @param {HTMLElement} node @param {HTMLElement} place */
function mountPicture(node, place) {
  /** @type {Float64Array | null} */ let drawn = null;
  const chart = mountExampleSignalChart(place, { height: 260, label: 'a test example: which digit is it?' });
  const alternative = mountAlternative(node, () => drawn && describeExample(drawn), { id: 'quiz-told' });
  /** @param {Float64Array} signal */
  return function update(signal) {
    drawn = signal;
    chart.update({ x: signal });
    alternative.changed();
  };
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../training-run.js').TrainingRun} training @param {import('../../settings/settings.js').Settings} settings
 */
export function mountQuizFigure(node, lab, training, settings) {
  const find = finderIn(node);
  /** @type {QuizRound | null} */ let round = null;
  let next = 0; // the first example of the next round: none is shown twice until all were
  const choices = mountChoices(find('.which'));
  const runner = mountRunner(find('.runner'), { onStart: start, onStop: end });
  const updatePicture = mountPicture(node, find('.picture'));
  mountKeys(node, find('.keys'), answer);
  node.tabIndex = -1;

  function show() {
    find('.keys').hidden = round === null;
    runner.show(round !== null);
    if (!round) return;
    updatePicture(round.signal);
    find('.asked').textContent = `Example ${round.done + 1} of ${EXAMPLES}: which digit is it?`;
  }
  async function start() {
    if (round) return;
    find('.asked').textContent = 'Drawing …';
    find('.last').textContent = '';
    try {
      const condition = choices.condition();
      const data = await lab.run('dataset', { ...settings.args('dataset'), shuffle_seq: condition === 'shuffled' });
      round = new QuizRound(data, { condition, from: next, until: choices.until() });
      runner.countDown(round);
      show();
      node.focus({ preventScroll: true });
    } catch (error) {
      find('.asked').textContent = /** @type {Error} */ (error).message;
    }
  }
  function end() {
    if (!round) return;
    find('.asked').textContent = resultSentence(round);
    round = null;
    show();
    node.focus();
  }
  /** @param {number} digit */
  function answer(digit) {
    if (!round) return;
    const { label, condition } = round;
    const right = round.answer(digit);
    next = round.from + round.done;
    training.answer(condition, right);
    find('.last').textContent = right ? `${digit} is right.` : `You said ${digit}; it is a ${label}.`;
    find('.last').classList.toggle('problem', !right);
    if (round.isOver) end();
    else show();
  }
}
