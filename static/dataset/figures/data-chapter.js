// The chapter of the data: how a digit is made, the editor of the templates, the overview. The ten digits,
// which other chapters show too, are app.js's.
// @ts-check
import { mountShareRow } from '../../files/share-figure.js';
import { mountEditedStage } from './edited-stage.js';
import { mountGeneratorNote } from '../../ui/generator-note.js';
import { mountMakingFigure } from './making.js';
import { mountOverviewFigure } from './overview.js';
import { mountTemplatesFigure } from './templates.js';

/** @typedef {import('../../lab/lab.js').Lab} Lab */
/** @typedef {import('../../settings/settings.js').Settings} Settings */

/**
 * @param {(id: string) => HTMLElement} byId @param {Lab} lab @param {Settings} settings
 * @param {string | null} code of the address @param {() => void} forgetCode leaves it out of the address
 */
export function mountDataChapter(byId, lab, settings, code, forgetCode) {
  mountShareRow(/** @type {HTMLElement} */ (byId('digits').querySelector('.takeaway')));
  mountMakingFigure(byId('making'), lab, settings);
  mountEditedStage(byId('making'), { lab, settings, code, forgetCode });
  mountTemplatesFigure(byId('templates'), lab, settings);
  mountGeneratorNote(byId('making'), settings, 'they were not made here. This is how MNIST-1D is made.');
  mountGeneratorNote(byId('templates'), settings, 'they have no templates. These are those of MNIST-1D.');
  mountOverviewFigure(byId('overview'), byId('claim'), lab, settings);
}
