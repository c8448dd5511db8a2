// The chapter of self-supervised learning: train without labels, neighbours by layer, the claims.
// @ts-check
import { shipped } from '../../records/shipped.js';
import { ContrastRun } from '../contrast-run.js';
import { mountClaimsFigure } from './claims.js';
import { mountContrastFigure } from './contrast.js';
import { mountNeighboursFigure } from './neighbours.js';

/**
 * @param {(id: string) => HTMLElement} byId @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../../settings/settings.js').Settings} settings
 */
export function mountSelfSupervisedChapter(byId, lab, settings) {
  const run = new ContrastRun((...job) => lab.run(...job)); // a script may have wrapped it
  mountContrastFigure(byId('contrast'), lab, run, settings);
  mountNeighboursFigure(byId('nearest'), lab, run);
  mountClaimsFigure(byId('contrast-claims'), lab, run);
  shipped('self-supervised').then((file) => { if (file) run.setShipped(file); }).catch(() => {}); // then only the visitor's is shown
}
