// The chapter of the learned learning rate: learn it, and ask whether one rate does for all initial weights.
// @ts-check
import { shipped } from '../../records/shipped.js';
import { RateRun } from '../rate-run.js';
import { mountRateFigure } from './rate.js';
import { mountSeedsFigure } from './seeds.js';

/**
 * @param {(id: string) => HTMLElement} byId @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../../settings/settings.js').Settings} settings
 */
export function mountLearningRateChapter(byId, lab, settings) {
  const run = new RateRun((...job) => lab.run(...job)); // a script may have wrapped it
  mountRateFigure(byId('rate'), lab, run, settings);
  mountSeedsFigure(byId('rate-seeds'), run);
  shipped('learning-rate').then((file) => { if (file) run.setShipped(file); }).catch(() => {}); // then only the visitor's is shown
}
