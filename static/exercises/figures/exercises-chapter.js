// The chapter of the exercises: a button to begin each, what has been shown, and sheets to print.
// @ts-check
import { element, finderIn } from '../../ui/dom.js';
import { EXERCISES } from '../exercises.js';

/** @typedef {import('../progress.js').Progress} Progress */
/** @typedef {import('../exercises.js').Exercise} Exercise */

/** Where a run of a kind is started, with all its settings. */
const PLACES = { training: 'training', search: 'ticket' };

/**
 * Set what an exercise begins with, and go to its figure. What was set before is a step back in the browser's history.
 * @param {Exercise} exercise @param {import('../../settings/settings.js').Settings} settings @param {(place: string) => void} goTo
 */
function begin(exercise, settings, goTo) {
  const start = Object.entries(exercise.start).map(([name, value]) => [name, String(value)]);
  settings.load(`?${new URLSearchParams(start)}`);
  goTo(PLACES[exercise.kind]);
}

/**
 * Print all exercises on paper, with their solutions or without.
 * @param {'students' | 'teachers'} sheet
 */
function printSheet(sheet) {
  const { dataset } = document.documentElement;
  const closed = /** @type {NodeListOf<HTMLDetailsElement>} */ (
    document.querySelectorAll(sheet === 'teachers' ? '.exercise details:not([open])' : '.exercise .hint:not([open])'));
  dataset.sheet = sheet;
  for (const one of closed) one.open = true;
  addEventListener('afterprint', () => {
    delete dataset.sheet;
    for (const one of closed) one.open = false;
  }, { once: true });
  print();
}

/** @param {HTMLElement} node @param {string} label @param {'students' | 'teachers'} sheet */
function mountSheet(node, label, sheet) {
  const button = element('button', { type: 'button', className: 'quiet', textContent: label });
  button.addEventListener('click', () => printSheet(sheet));
  node.append(button);
}

/**
 * One exercise: its button, and what has been shown.
 * @param {HTMLElement} node @param {Exercise} exercise @param {Progress} progress @param {() => void} onBegin
 */
function mountExercise(node, exercise, progress, onBegin) {
  const find = finderIn(node);
  const button = element('button', { type: 'button' });
  button.addEventListener('click', onBegin);
  find('.begin').append(button);
  find('.found').textContent = exercise.found;
  const show = () => {
    const isCurrent = progress.current === exercise;
    const solved = progress.solved[exercise.name];
    button.textContent = isCurrent ? 'Go on' : solved ? 'Begin again' : 'Begin';
    button.className = isCurrent || !solved ? 'start' : 'quiet';
    node.classList.toggle('solved', Boolean(solved));
    find('.state').textContent = solved ? `Solved. ${solved}` : isCurrent ? progress.last?.says ?? 'Begun.' : '';
  };
  progress.addEventListener('change', show);
  show();
}

/**
 * @param {(id: string) => HTMLElement} byId @param {import('../../settings/settings.js').Settings} settings
 * @param {Progress} progress @param {(place: string) => void} goTo
 */
export function mountExercisesChapter(byId, settings, progress, goTo) {
  for (const exercise of EXERCISES) {
    mountExercise(byId(`exercise-${exercise.name}`), exercise, progress, () => {
      if (progress.current === exercise) goTo(PLACES[exercise.kind]);
      else {
        progress.begin(exercise);
        begin(exercise, settings, goTo);
      }
    });
  }
  mountSheet(byId('exercise-sheets'), 'Print the sheet', 'students');
  mountSheet(byId('exercise-sheets'), 'Print it with solutions', 'teachers');
  const forget = element('button', { type: 'button', className: 'plain', textContent: 'Forget what is solved' });
  forget.addEventListener('click', () => progress.forget());
  byId('exercise-sheets').append(forget);
  const count = () => {
    const { length } = Object.keys(progress.solved);
    byId('exercise-count').textContent = length ? `${length} of ${EXERCISES.length} are solved in this browser.` : '';
    forget.hidden = length === 0;
  };
  progress.addEventListener('change', count);
  count();
}
