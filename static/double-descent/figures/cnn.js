// Figure: the double descent of a CNN, as it came with the page: it takes too long to be run here.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { formatMeanPlain } from '../../records/format.js';
import { rowsOf } from '../../records/rows.js';
import { finderIn } from '../../ui/dom.js';
import { makeVerdictTable, verdictCell } from '../../ui/verdict-table.js';
import { mountFilterCurvesChart } from '../charts/filter-curves.js';
import { meansOf, publishedCNNErrors, rowsAt } from '../curves.js';
import { descentSentence } from '../sentences.js';
import { formatClaim } from './descent-claims.js';

/** @typedef {import('../curves.js').Row} Row */

/** @param {Row[]} rows @returns {import('../../records/types.js').TextAlternative} */
function describe(rows) {
  const last = rowsAt(rows, null);
  const train = meansOf(last, 'train_error');
  return {
    tables: [{
      caption: 'The CNN by its filters, after 500 epochs: means over seeds, from two on with 95 % t-intervals.',
      head: ['filters', 'test error, %', 'training error, %', 'published, %', 'n'],
      rows: meansOf(last, 'test_error').map((point, i) => [
        String(point.width), formatMeanPlain(point), formatMeanPlain(train[i]),
        publishedCNNErrors().find(({ width }) => width === point.width)?.error.toFixed(1) ?? '–', String(point.n),
      ]),
    }],
  };
}

/** @param {HTMLElement} node @param {any} file results/double-descent-cnn.json */
export function mountCNNDescentFigure(node, file) {
  const find = finderIn(node);
  /** @type {Row[]} */ const rows = rowsOf(file.records);
  mountFilterCurvesChart(find('.chart')).update(rows);
  find('.finding').textContent = descentSentence(rows, null, (width) => `${width} filters`);
  find('.table').replaceChildren(makeVerdictTable(['Claim', 'Shipped seeds'], file.verdict, (row) => [verdictCell(row, formatClaim(row))]));
  mountFigureDownloads(node, { filters: '.chart' }, () => ({ name: 'double-descent-cnn', spec: file.spec, records: rows }), { describe: () => describe(rows) });
}
