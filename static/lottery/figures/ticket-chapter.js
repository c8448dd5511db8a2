// The chapter of the ticket: look at it, its neighbours, why it wins and when, the verdict, one's own. The
// search itself, which the cover shows too, is app.js's.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { AblationRun } from '../ablation-run.js';
import { mountAdjacencyFigure } from './adjacency.js';
import { mountArmsFigure } from './arms.js';
import { mountDrawFigure } from './draw.js';
import { mountGridFigure } from './grid.js';
import { mountMaskFigure } from './mask.js';
import { mountVerdictFigure } from './verdict.js';

/** @typedef {import('../../lab/lab.js').Lab} Lab */
/** @typedef {import('../../settings/settings.js').Settings} Settings */
/** @typedef {import('../current-search.js').CurrentSearch} CurrentSearch */

/**
 * @param {(id: string) => HTMLElement} byId @param {Lab} lab @param {Settings} settings
 * @param {CurrentSearch} currentSearch
 */
export function mountTicketChapter(byId, lab, settings, currentSearch) {
  const ablation = new AblationRun(lab, currentSearch);
  mountMaskFigure(byId('mask'), lab, currentSearch);
  const describeAdjacency = mountAdjacencyFigure(byId('adjacency'), currentSearch);
  const armsFigure = mountArmsFigure(byId('arms'), byId('curves'), ablation, currentSearch, settings);
  mountGridFigure(byId('grid'), lab, settings);
  mountVerdictFigure(byId('verdict'), lab, currentSearch, ablation);
  mountDrawFigure(byId('draw'), lab, ablation, currentSearch, settings);

  const search = () => currentSearch.current && { name: 'search', ...currentSearch.current };
  const arms = () => {
    const now = ablation.current ?? ablation.shipped;
    return now && { name: 'arms', ...now };
  };
  mountFigureDownloads(byId('mask'), { masks: '.masks' }, search, { picturesOnly: true });
  mountFigureDownloads(byId('adjacency'), { adjacency: '.chart' }, search, { describe: describeAdjacency });
  mountFigureDownloads(byId('arms'), { arms: '.differences' }, arms, { describe: armsFigure.differences });
  mountFigureDownloads(byId('curves'), { curves: '.learning' }, arms, { describe: armsFigure.curves });
}
