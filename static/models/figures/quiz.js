// Figure: the visitor against the models. Twenty test examples, answered by key or by button; after each
// answer the example stays, beside its digit's template, until the next key or touch. Nothing leaves the
// browser.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { wilson } from '../../records/stats.js';
import { classNames } from '../../settings/own-source.js';
import { element, finderIn } from '../../ui/dom.js';
import { mountChoice } from '../../ui/inputs.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { mountDigitButtons } from '../charts/digit-buttons.js';
import { describeExample, mountExampleSignalChart } from '../charts/example-signal.js';
import { EXAMPLES, QuizRound, SECONDS } from '../quiz-round.js';

/** @typedef {import('../training-run.js').Condition} Condition */

const DIGITS = '0,1,2,3,4,5,6,7,8,9';

/** @param {QuizRound} round @returns {string} */
function resultSentence({ right, done }) {
  if (!done) return 'No answer yet.';
  const [share, low, high] = [(100 * right) / done, ...wilson(right, done)].map((value) => formatNumber(value, 0));
  return `${right} of ${done} right: ${share} %, 95 % interval ${low} to ${high} %. It is in the table of the networks above.`;
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

/**
 * The keys 0 to 9, and those that go on, while the figure has the keyboard.
 * @param {HTMLElement} node @param {{isOpen: () => boolean, onDigit: (digit: number) => void, onNext: () => void}} listeners
 */
function mountKeys(node, { isOpen, onDigit, onNext }) {
  node.addEventListener('keydown', (event) => {
    if (!isOpen() || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const goesOn = event.target === node && ['Enter', ' ', 'ArrowRight'].includes(event.key); // a button has them itself
    if (!goesOn && !/^\d$/.test(event.key)) return;
    event.preventDefault();
    if (goesOn) onNext();
    else onDigit(Number(event.key));
  });
}

/**
 * The example at hand; once it is answered, the template of its digit, and whether that was the answer.
 * @param {HTMLElement} node @param {(part: string) => HTMLElement} find @param {(digit: number) => void} onAnswer
 */
function mountDisplay(node, find, onAnswer) {
  /** @type {QuizRound | null} */ let drawn = null;
  const example = mountExampleSignalChart(find('.picture'), { label: 'a test example: which digit is it?', describedBy: 'quiz-told' });
  const truth = mountExampleSignalChart(find('.truth'), { label: 'the template of its digit' });
  const alternative = mountAlternative(node, () => drawn && describeExample(drawn.signal), { id: 'quiz-told' });
  const buttons = mountDigitButtons(find('.keys'), onAnswer);
  /** @param {QuizRound} round of now, or the one that has ended @param {boolean} running */
  return function update(round, running) {
    const { said, label, isAnswered, templates, names } = drawn = round;
    const what = names.join() === DIGITS ? 'digit' : 'class';
    const right = said === label;
    find('.asked').textContent = running ? `Example ${round.number} of ${EXAMPLES}: which ${what} is it?` : resultSentence(round);
    find('.last').classList.toggle('problem', isAnswered && !right);
    find('.last').textContent = !isAnswered ? '' : right ? `${names[label]} is right.` : `You said ${names[said ?? 0]}; it is a ${names[label]}.`;
    find('.keys').hidden = !running;
    find('.truth').hidden = !isAnswered;
    find('.onward').hidden = !running || !isAnswered;
    example.update({ x: round.signal });
    truth.update({ template: round.template });
    buttons.update(templates, names);
    buttons.mark(isAnswered ? label : null, said);
    alternative.changed();
  };
}

/** The button that goes on. @param {HTMLElement} node @param {() => void} onNext */
function mountNext(node, onNext) {
  const button = element('button', { type: 'button', className: 'start', textContent: 'Next example' });
  button.addEventListener('click', onNext);
  node.append(button, element('p', { className: 'note', textContent: 'Or press any digit’s key, or touch the picture.' }));
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../training-run.js').TrainingRun} training @param {import('../../settings/settings.js').Settings} settings
 */
export function mountQuizFigure(node, lab, training, settings) {
  const find = finderIn(node);
  /** @type {QuizRound | null} */ let round = null;
  let from = 0; // the first example of the next round: none is shown twice until all were
  const choices = mountChoices(find('.which'));
  const runner = mountRunner(find('.runner'), { onStart: start, onStop: end });
  const display = mountDisplay(node, find, answer);
  const byName = (/** @type {number} */ key) => { // a class may be called 1 and be the first
    const place = round?.names.indexOf(String(key)) ?? -1;
    if (place >= 0 || round?.isAnswered) answer(place);
  };
  mountKeys(node, { isOpen: () => round !== null, onDigit: byName, onNext: next });
  mountNext(find('.onward'), next);
  for (const part of ['.picture', '.truth']) find(part).addEventListener('click', next);
  node.tabIndex = -1;

  /** @param {QuizRound} shown */
  function show(shown) {
    runner.show(round !== null);
    display(shown, round !== null);
  }
  async function start() {
    if (round) return;
    find('.asked').textContent = 'Drawing …';
    find('.last').textContent = '';
    try {
      const condition = choices.condition();
      const args = { ...settings.args('dataset'), shuffle_seq: condition === 'shuffled' };
      const [data, { template_x: templates }] = await Promise.all([lab.run('dataset', args), lab.run('digits', args)]);
      if (round) return; // the button was pressed twice
      round = new QuizRound(data, { templates, names: classNames(args), condition, from, until: choices.until() });
      runner.countDown(round);
      show(round);
      node.focus({ preventScroll: true });
    } catch (error) {
      find('.asked').textContent = /** @type {Error} */ (error).message;
    }
  }
  function end() {
    if (!round) return;
    const ended = round;
    round = null;
    show(ended);
    node.focus({ preventScroll: true });
  }
  /** The answer to the example at hand; once that is answered, any key goes on. @param {number} digit */
  function answer(digit) {
    if (!round) return;
    if (round.isAnswered) return next();
    training.answer(round.condition, round.answer(digit));
    from = round.from + round.done;
    if (round.isOver) end();
    else show(round);
  }
  function next() {
    if (!round?.isAnswered) return;
    const pressed = find('.onward').contains(document.activeElement);
    round.next();
    show(round);
    if (pressed) node.focus({ preventScroll: true }); // that button is gone
  }
}
