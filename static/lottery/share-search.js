// Joins the search figure with files, pictures, tickets and links, in and out. It runs no search and
// draws no chart.
// @ts-check
import { mountDownloadRow } from '../files/download-row.js';
import { mountOpener } from '../files/results-opener.js';
import { describeRecords } from '../records/summary-table.js';
import { Settings } from '../settings/settings.js';
import { finderIn } from '../ui/dom.js';
import { startIn } from '../ui/stale-note.js';
import { mountAlternative } from '../ui/text-alternative.js';
import { mountExpected } from './expected-result.js';
import { fingerprint, write } from './fingerprint.js';
import { isWhole } from './masks.js';

/** @typedef {import('./current-search.js').SearchResult} SearchResult */

/** @param {import('../from-python.js').LotterySpec} spec @param {Settings} settings of the page @returns {string} the hash that sets this spec */
export function hashOf(spec, settings) {
  const own = new Settings('', settings.presets);
  own.take('dataset', spec.dataset);
  own.take('lottery', spec);
  return own.hash();
}

/** @param {SearchResult | null} result @param {Settings} settings @returns {{url: string, note: string}} */
function linkTo(result, settings) {
  const url = new URL(location.href);
  for (const name of ['embed', 'workers']) url.searchParams.delete(name); // they are of this page alone
  if (!result?.complete || result.shipped) { // what came with the page comes with the link's page too
    url.hash = settings.hash();
    return { url: url.href, note: 'It carries the settings; finish a run to add its result.' };
  }
  const fragment = new URLSearchParams({ result: write(fingerprint(result.spec, result.records)) });
  url.hash = [hashOf(result.spec, settings), fragment].filter(String).join('&');
  return { url: url.href, note: 'It carries the settings and, to 0.1 points, the result.' };
}

/**
 * A link to a result asks for what computed it: other arithmetic gives other results.
 * @param {{url: string, note: string}} link @param {string} kernels what computes here
 */
function onKernels({ url, note }, kernels) {
  const address = new URL(url);
  if (kernels !== 'simd' && url.includes('result=')) address.searchParams.set('kernels', kernels);
  return { url: address.href, note };
}

/**
 * The search that the settings ask for now, or the adjacency of its tickets, for the program that runs it at the desk.
 * @param {Settings} settings @param {'search' | 'adjacency'} [figure]
 * @returns {import('../files/python-figures.js').Wanted}
 */
export const searchCode = (settings, figure = 'search') => ({
  figure, source: settings.source, settings: { ...settings.args('lottery'), dataset: settings.args('dataset') },
});

/** @param {SearchResult | null} result @returns {{trial: number, levels: number[]}[]} whose masks are here, whole */
function ticketsOf(result) {
  if (!result) return [];
  const { spec, parts, records, mask } = result;
  const levels = [...new Set(records.map(({ level }) => level))].filter((level) => level > 0);
  return parts
    .map((_, trial) => ({ trial, levels: levels.filter((level) => isWhole(mask(trial, level), spec)) }))
    .filter((one) => one.levels.length);
}

/**
 * @param {HTMLElement} figure
 * @param {object} options
 * @param {import('../lab/lab.js').Lab} options.lab
 * @param {Settings} options.settings
 * @param {import('./current-search.js').CurrentSearch} options.currentSearch
 * @param {string | null} options.expected the `result` of the address
 * @param {() => {name: string, records: Record<string, any>[]}[]} options.drawn all results that the chart shows
 * @param {import('../files/results-inbox.js').ResultsInbox} options.inbox
 */
export function mountShare(figure, { lab, settings, currentSearch, expected, drawn, inbox }) {
  const find = finderIn(figure);
  let kernels = 'simd';
  lab.ready.then((ready) => { kernels = ready.kernels; }, () => {}); // without Python there is no result
  const { check, records: linked } = mountExpected(find('.expected'), expected, startIn(figure));
  const opened = mountOpener(find('.opener'), inbox, 'search', figure.id);
  if (linked.length) opened.add({ name: 'the link', spec: null, records: linked });
  mountAlternative(find('.alternative'), () => describeRecords(drawn()), { charts: [find('.chart')] });
  const { update } = mountDownloadRow(find('.takeaway'), {
    charts: [{ name: 'search', node: find('.chart') }],
    result: () => currentSearch.current && { name: 'search', ...currentSearch.current },
    code: { lab, wanted: () => searchCode(settings) },
    link: () => onKernels(linkTo(currentSearch.current, settings), kernels),
    tickets: {
      choices: () => ticketsOf(currentSearch.current),
      make(trial, level) {
        const { parts, mask } = /** @type {SearchResult} */ (currentSearch.current);
        return lab.run('ticket', { lottery: parts[trial].args, level, mask: mask(trial, level) });
      },
    },
  });
  currentSearch.addEventListener('change', () => {
    update();
    const { spec, records, complete, shipped } = /** @type {SearchResult} */ (currentSearch.current);
    if (complete && !shipped) check(spec, records);
  });
}
