// The adjacency figure: do neighbours survive together? Draws what the records say; runs nothing.
// @ts-check
import { describeRecords } from '../../records/summary-table.js';
import { element, finderIn } from '../../ui/dom.js';
import { comparePairs, counted, pairsSentence, ratioTable, summarizeRatios } from '../adjacency-ratio.js';
import { mountAdjacencyChart } from '../charts/adjacency-ratio.js';

/** @typedef {import('../../from-python.js').SearchMeasurement} Row */

/**
 * @param {HTMLElement} node @param {import('../current-search.js').CurrentSearch} currentSearch
 * @returns {() => import('../../records/types.js').TextAlternative | null} what is drawn in words and numbers
 */
export function mountAdjacencyFigure(node, currentSearch) {
  const find = finderIn(node);
  const chart = mountAdjacencyChart(find('.chart'));

  const refresh = () => {
    const current = currentSearch.current;
    const records = counted(/** @type {Row[]} */ (current?.records ?? []));
    if (!current || !records.length) return;
    chart.update(summarizeRatios(records, current.spec));
    const found = comparePairs(records, current.spec);
    const basis = !found ? '' : found.n > 1 ? '; bands and ± are 95\u00a0% t-intervals over trials' : '; one trial, so no interval';
    find('.finding').replaceChildren(pairsSentence(found, current.spec), element('small', {
      textContent: `${current.shipped ? 'Shipped with the page' : 'Your run'}${basis}.`,
    }));
  };
  currentSearch.addEventListener('change', refresh);
  refresh();

  return () => {
    const current = currentSearch.current;
    if (!current) return null;
    const ratios = summarizeRatios(/** @type {Row[]} */ (current.records), current.spec);
    return { tables: [ratioTable(ratios), ...describeRecords([{ ...current, name: '' }]).tables] };
  };
}
