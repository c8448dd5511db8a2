// The chapter of the networks: train four of them, when their prior pays, look inside, the quiz.
// @ts-check
import { TrainingRun } from '../training-run.js';
import { mountStaleNote, startIn } from '../../ui/stale-note.js';
import { mountInsideFigure } from './inside.js';
import { mountQuizFigure } from './quiz.js';
import { mountSweepFigure } from './sweep.js';
import { mountTrainingFigure } from './training.js';

/** @typedef {import('../../lab/lab.js').Lab} Lab */
/** @typedef {import('../../settings/settings.js').Settings} Settings */

/** @param {(id: string) => HTMLElement} byId @param {Lab} lab @param {Settings} settings */
export function mountNetworksChapter(byId, lab, settings) {
  const training = new TrainingRun((...job) => lab.run(...job)); // a script may have wrapped it
  mountTrainingFigure(byId('training'), training, settings);
  mountSweepFigure(byId('sweep'), lab, settings);
  mountInsideFigure(byId('inside'), lab, training, settings);
  mountQuizFigure(byId('quiz'), lab, training, settings);

  const shown = () => {
    const spec = training.spec ?? training.shipped?.spec;
    return spec ? { dataset: spec.dataset, train: spec } : null;
  };
  const compare = mountStaleNote(byId('training'), settings, shown, startIn(byId('training')));
  const compareInside = mountStaleNote(byId('inside'), settings, () => (training.spec ? shown() : null), startIn(byId('training')));
  training.addEventListener('change', compare);
  training.addEventListener('change', compareInside);
}
