// The row at a figure's end that takes its result away, and the same result as a table.
// @ts-check
import { describeRecords } from '../records/summary-table.js';
import { element } from '../ui/dom.js';
import { mountAlternative } from '../ui/text-alternative.js';
import { mountTakeaway } from './download-row.js';

/**
 * Let a figure that is drawn from a result take it away, in a row of its own at the figure's end.
 * @param {HTMLElement} figure @param {Record<string, string>} charts selectors of them, by name
 * @param {() => import('./download-row.js').Taken | null} result
 * @param {object} [options]
 * @param {boolean} [options.pictures] these alone
 * @param {() => import('../records/types.js').TextAlternative | null} [options.told] what is drawn in words and
 *   numbers, if that is not the result's records
 */
export function mountExport(figure, charts, result, { pictures = false, told } = {}) {
  const node = element('div');
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (figure.querySelector(part));
  const nodes = Object.entries(charts).map(([name, part]) => ({ name, node: find(part) }));
  const records = () => {
    const now = result();
    return now && describeRecords([{ ...now, name: '' }]); // it is the only one
  };
  if (!pictures) mountAlternative(figure, told ?? records, { charts: nodes.map(({ node: chart }) => chart) });
  figure.append(node);
  mountTakeaway(node, { charts: nodes, result, pictures });
}
