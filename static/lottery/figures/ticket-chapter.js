// The chapter of the ticket: look at it, its neighbours, what its gain depends on, when it wins, the verdict, one's own. The
// search itself, which the cover shows too, is app.js's.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { openerOf } from '../../files/results-opener.js';
import { Settings } from '../../settings/settings.js';
import { mountGeneratorNote } from '../../ui/generator-note.js';
import { mountStaleNote, startIn } from '../../ui/stale-note.js';
import { AblationRun } from '../ablation-run.js';
import { searchCode } from '../share-search.js';
import { mountAdjacencyFigure } from './adjacency.js';
import { mountArmsFigure } from './arms.js';
import { mountDrawFigure } from './draw.js';
import { mountGridFigure } from './grid.js';
import { mountMaskFigure } from './mask.js';
import { mountVerdictFigure } from './verdict.js';

/** @typedef {import('../../lab/lab.js').Lab} Lab */
/** @typedef {import('../current-search.js').CurrentSearch} CurrentSearch */

/**
 * @param {(id: string) => HTMLElement} byId @param {Lab} lab @param {Settings} settings
 * @param {import('../../files/results-inbox.js').ResultsInbox} inbox results of files
 * @param {CurrentSearch} currentSearch
 */
export function mountTicketChapter(byId, lab, settings, inbox, currentSearch) {
  const ablation = new AblationRun(lab, currentSearch);
  mountMaskFigure(byId('mask'), lab, currentSearch);
  const describeAdjacency = mountAdjacencyFigure(byId('adjacency'), currentSearch);
  const armsFigure = mountArmsFigure(byId('arms'), byId('curves'), ablation, currentSearch, settings, inbox.list('arms'));
  mountGridFigure(byId('grid'), lab, settings, inbox);
  mountGeneratorNote(byId('grid'), settings, 'its cells are about MNIST-1D.');
  mountVerdictFigure(byId('verdict'), lab, currentSearch, ablation, inbox);
  mountDrawFigure(byId('draw'), lab, ablation, currentSearch, settings);

  /** @param {string} id @param {() => import('../../from-python.js').LotterySpec | undefined} specOf @param {(() => void) | null} runAgain */
  const note = (id, specOf, runAgain) => mountStaleNote(byId(id), settings, () => {
    const spec = specOf();
    return spec ? { dataset: spec.dataset, lottery: spec } : null;
  }, runAgain);
  const published = new Settings('').args('dataset');
  mountStaleNote(byId('grid'), settings, () => ({ dataset: published }), null); // it is always about these
  const searched = () => currentSearch.current?.spec;
  const compareSearch = ['mask', 'adjacency', 'draw'].map((id) => note(id, searched, startIn(byId('tickets'))));
  currentSearch.addEventListener('change', () => compareSearch.forEach((compare) => compare()));
  const analysed = () => (ablation.current ?? ablation.shipped)?.spec.lottery;
  const compareArms = ['arms', 'curves'].map((id) => note(id, analysed, null)); // first there must be another ticket
  ablation.addEventListener('change', () => compareArms.forEach((compare) => compare()));

  const search = () => currentSearch.current && { name: 'search', ...currentSearch.current };
  const arms = () => {
    const now = ablation.current ?? ablation.shipped;
    return now && { name: 'arms', ...now };
  };
  const code = { lab, wanted: armsFigure.wantedCode };
  mountFigureDownloads(byId('mask'), { masks: '.masks' }, search, { picturesOnly: true });
  mountFigureDownloads(byId('adjacency'), { adjacency: '.chart' }, search, {
    describe: describeAdjacency, code: { lab, wanted: () => searchCode(settings, 'adjacency') },
  });
  mountFigureDownloads(byId('arms'), { arms: '.differences' }, arms, { describe: armsFigure.differences, code });
  byId('arms').append(openerOf(inbox, 'arms', 'arms'));
  mountFigureDownloads(byId('curves'), { curves: '.learning' }, arms, { describe: armsFigure.curves, code });
}
