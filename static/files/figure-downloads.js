// What stands at the end of a figure: the row of buttons that save its result, and the result as a table.
// @ts-check
import { describeRecords } from '../records/summary-table.js';
import { element, finderIn } from '../ui/dom.js';
import { mountAlternative } from '../ui/text-alternative.js';
import { mountDownloadRow } from './download-row.js';

/**
 * @param {HTMLElement} figure @param {Record<string, string>} charts selectors by name
 * @param {() => import('./download-row.js').Result | null} result as it is when a button is pressed
 * @param {object} [options]
 * @param {boolean} [options.picturesOnly] no records, no table
 * @param {() => import('../records/types.js').TextAlternative | null} [options.describe] what is drawn in words
 *   and numbers, if that is not the result's records
 * @param {import('./download-row.js').CodeSource} [options.code] of a figure that computes
 */
export function mountFigureDownloads(figure, charts, result, { picturesOnly = false, describe, code } = {}) {
  const node = element('div');
  const find = finderIn(figure);
  const nodes = Object.entries(charts).map(([name, part]) => ({ name, node: find(part) }));
  const describeResult = () => {
    const now = result();
    return now && describeRecords([{ ...now, name: '' }]); // the only one needs no name
  };
  if (!picturesOnly) mountAlternative(figure, describe ?? describeResult, { charts: nodes.map(({ node: chart }) => chart) });
  figure.append(node);
  mountDownloadRow(node, { charts: nodes, result, picturesOnly, code });
}
