// The chapter of the networks: train four of them, when convolution helps, look inside, the quiz.
// @ts-check
import { TrainingRun } from '../training-run.js';
import { Settings } from '../../settings/settings.js';
import { mountGeneratorNote } from '../../ui/generator-note.js';
import { mountStaleNote, startIn } from '../../ui/stale-note.js';
import { mountEditedTraining } from './edited-training.js';
import { mountInsideFigure } from './inside.js';
import { mountPoolingFigure } from './pooling.js';
import { mountQuizFigure } from './quiz.js';
import { mountSweepFigure } from './sweep.js';
import { mountTrainingFigure } from './training.js';

/** @typedef {import('../../lab/lab.js').Lab} Lab */

/**
 * @param {(id: string) => HTMLElement} byId @param {Lab} lab @param {Settings} settings
 * @param {import('../../files/results-inbox.js').ResultsInbox} inbox results of files
 * @param {string | null} code of the address @param {() => void} forgetCode leaves it out of the address
 */
export function mountNetworksChapter(byId, lab, settings, inbox, code, forgetCode) {
  const training = new TrainingRun((...job) => lab.run(...job)); // a script may have wrapped it
  mountTrainingFigure(byId('training'), training, lab, settings, inbox);
  mountEditedTraining(byId('training'), { lab, settings, training, code, forgetCode });
  mountSweepFigure(byId('sweep'), lab, settings, inbox);
  mountGeneratorNote(byId('sweep'), settings, 'it moves settings of the generator. This is MNIST-1D.');
  mountPoolingFigure(byId('pooling'), lab, settings);
  mountGeneratorNote(byId('pooling'), settings, 'it makes datasets of several sizes. This is MNIST-1D.');
  mountInsideFigure(byId('inside'), lab, training, settings);
  mountQuizFigure(byId('quiz'), lab, training, settings);

  const published = new Settings('').args('dataset'); // what the networks that came with the page were trained on
  const shown = () => { // what came with the page was trained longer, which it says
    const { spec, shipped } = training;
    if (spec) return { dataset: spec.dataset, train: spec };
    return shipped && { dataset: shipped.spec.dataset };
  };
  const compare = mountStaleNote(byId('training'), settings, shown, startIn(byId('training')));
  const compareInside = mountStaleNote(byId('inside'), settings, () => (training.spec ? shown() : { dataset: published }), startIn(byId('training')));
  training.addEventListener('change', compare);
  training.addEventListener('change', compareInside);
}
