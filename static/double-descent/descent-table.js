// What the figure of the double descent shows, in numbers. Draws nothing.
// @ts-check
import { formatCount, formatMeanPlain } from '../records/format.js';
import { bestRows, meansOf, parametersOf, publishedErrors, rowsAt } from './curves.js';

/** @typedef {import('./curves.js').Row} Row */

/** @param {string} of @param {Row[]} rows of one label noise @returns {string[][]} */
function linesOf(of, rows) {
  const last = rowsAt(rows, null);
  const [test, train, loss] = (/** @type {const} */ (['test_error', 'train_error', 'test_loss'])).map((quantity) => meansOf(last, quantity));
  const best = meansOf(bestRows(rows), 'test_error');
  const published = of === 'shipped' ? publishedErrors(rows) : [];
  return test.map((point, i) => [
    of, String(point.width), formatCount(parametersOf(point.width)), formatMeanPlain(point), formatMeanPlain(train[i]),
    formatMeanPlain(loss[i], 2), formatMeanPlain(best[i]),
    published.find(({ width }) => width === point.width)?.error.toFixed(1) ?? '–', String(point.n),
  ]);
}

/** @param {Row[]} shipped @param {Row[]} own @returns {import('../records/types.js').TextAlternative | null} */
export function describeDescent(shipped, own) {
  if (!shipped.length && !own.length) return null;
  return {
    tables: [{
      caption: 'By width, at the end of the training: means over seeds, from two on with 95 % t-intervals. The best epoch is chosen on the test set.',
      head: ['result', 'width', 'parameters', 'test error, %', 'training error, %', 'test loss', 'best test error, %', 'published, %', 'n'],
      rows: [...linesOf('shipped', shipped), ...linesOf('yours', own)],
    }],
  };
}
