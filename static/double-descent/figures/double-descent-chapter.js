// The chapter of the double descent: error over width and epoch, the claims.
// @ts-check
import { shipped } from '../../records/shipped.js';
import { mountGeneratorNote } from '../../ui/generator-note.js';
import { DescentRun } from '../descent-run.js';
import { mountCNNDescentFigure } from './cnn.js';
import { mountDescentClaimsFigure } from './descent-claims.js';
import { mountDescentFigure } from './descent.js';

/**
 * @param {(id: string) => HTMLElement} byId @param {import('../../lab/lab.js').Lab} lab
 * @param {import('../../settings/settings.js').Settings} settings
 */
export function mountDoubleDescentChapter(byId, lab, settings) {
  const run = new DescentRun((...job) => lab.run(...job)); // a script may have wrapped it
  mountDescentFigure(byId('descent'), lab, run, settings);
  mountDescentClaimsFigure(byId('descent-claims'), lab, run);
  mountGeneratorNote(byId('descent'), settings, 'it needs 16 000 examples of the generator.');
  shipped('double-descent').then((file) => { if (file) run.setShipped(file); }).catch(() => {}); // then only the visitor's is shown
  shipped('double-descent-cnn').then((file) => {
    if (file) mountCNNDescentFigure(byId('descent-cnn'), file);
  }).catch((error) => { byId('descent-cnn').querySelector('.finding')?.append(String(error.message)); });
}
