// The adjacency figure: do neighbours survive together? Draws what the records say; runs nothing.
// @ts-check
import { formatDifference, formatNumber, formatPercent } from '../../records/format.js';
import { interval } from '../../records/stats.js';
import { element, finderIn } from '../../ui/dom.js';
import { mountAdjacencyChart } from '../charts/adjacency-curves.js';
import { nearest } from '../levels.js';

/** @typedef {import('../charts/adjacency-curves.js').Share} Share */
/** @typedef {import('../../from-python.js').SearchMeasurement} Row */

const SIZES = [2, 3, 4];

/**
 * @param {Row[]} rows of one arm and level @param {string} series @param {'p' | 'null'} kind
 * @returns {Share[]}
 */
const shares = (rows, series, kind) => SIZES.map((size) => {
  const { mean, halfWidth, n } = interval(rows.map((row) => 100 * row[/** @type {'p2'} */ (`${kind}${size}`)]));
  return { series, size, sparsity: rows[0].sparsity, mean, halfWidth, n };
});

/** @param {Row[]} records @returns {Share[]} */
function summarize(records) {
  const groups = [...Map.groupBy(records, ({ arm, level }) => `${arm} ${level}`).values()];
  groups.sort((a, b) => a[0].level - b[0].level);
  return groups.flatMap((rows) => [
    ...shares(rows, rows[0].arm, 'p'),
    ...(rows[0].arm === 'lottery' ? shares(rows, 'permuted', 'null') : []),
  ]);
}

/** @param {Row[]} records @returns {{text: string, n: number}} the sentence, and on how many trials it rests; '' if there is none */
function finding(records) {
  const tickets = records.filter(({ arm, level }) => arm === 'lottery' && level > 0);
  if (!tickets.length) return { text: '', n: 0 };
  const level = nearest(tickets, tickets.map((row) => row.level));
  const rows = tickets.filter((row) => row.level === level);
  const found = interval(rows.map(({ p3 }) => 100 * p3));
  const chance = interval(rows.map(({ null3 }) => 100 * null3));
  const more = interval(rows.map(({ p3, null3 }) => 100 * (p3 - null3)));
  const spread = more.n > 1 ? ` (difference ${formatDifference(more, 2)} points)` : '';
  const times = found.mean / chance.mean;
  const ratio = Number.isFinite(times) ? `: the ticket has ${formatNumber(times, 1)} times what chance would give it` : '';
  const text = `With ${formatPercent(100 * rows[0].sparsity)} deleted, ${formatPercent(found.mean, 2)} of all windows of three ` +
    `neighbours survive in the ticket; with each unit’s survivors permuted it would be ${formatPercent(chance.mean, 2)}` +
    `${ratio}${spread}.`;
  return { text, n: found.n };
}

/** @param {HTMLElement} node @param {import('../current-search.js').CurrentSearch} currentSearch */
export function mountAdjacencyFigure(node, currentSearch) {
  const find = finderIn(node);
  const chart = mountAdjacencyChart(find('.chart'));

  const refresh = () => {
    const current = currentSearch.current;
    const records = /** @type {Row[]} */ (current?.records ?? [])
      .filter(({ arm, p2 }) => ['lottery', 'random'].includes(arm) && p2 !== undefined && p2 !== null);
    if (!records.length) return;
    chart.update(summarize(records));
    const { text, n } = finding(records);
    const basis = n > 1 ? `; means and 95\u00a0% intervals over n = ${n} trials` : n ? '; one trial, so no interval' : '';
    find('.finding').replaceChildren(text, element('small', {
      textContent: `${current?.shipped ? 'Shipped with the page' : 'Your run'}${basis}.`,
    }));
  };
  currentSearch.addEventListener('change', refresh);
  refresh();
}
