// What the figures of the double descent say in words. Draws nothing.
// @ts-check
import { FITTED } from '../from-python.js';
import { formatMeanPercent, formatPercent, formatSigned } from '../records/format.js';
import { mean } from '../records/stats.js';
import { bestRows, meansOf, rowsAt, shapeOf, thresholdOf } from './curves.js';

/** @typedef {import('./curves.js').Row} Row */
/** @typedef {import('./curves.js').Point} Point */

const NOTABLE = 1.5; // points of error; with 12 000 test examples less can be chance

/**
 * The curve over the widths.
 * @param {Row[]} rows @param {number | null} epoch @param {(width: number) => string} [name] what a width is called
 * @returns {string} '' with too few widths
 */
export function descentSentence(rows, epoch, name = (width) => `width ${width}`) {
  const at = (/** @type {Point} */ point) => `${formatMeanPercent(point)} at ${name(point.width)}`;
  const shape = shapeOf(meansOf(rowsAt(rows, epoch), 'test_error'));
  if (!shape) return '';
  const { least, peak, lowest, last } = shape;
  const rise = peak.mean - Math.max(least.mean, last.mean); // above the higher of its sides
  if (rise >= NOTABLE) {
    return `The test error falls to ${at(least)}, rises to ${at(peak)} (${formatSigned(peak.mean - least.mean)} points), ` +
      `and falls again to ${at(last)}.`;
  }
  return last.mean - lowest.mean < NOTABLE ? `The test error has no peak: it falls to ${at(lowest)}.` :
    `The test error falls to ${at(lowest)} and rises to ${at(last)}; whether it falls again, larger networks would tell.`;
}

/** What stopping early would have given at the peak. @param {Row[]} rows @returns {string} '' without a peak */
export function earlySentence(rows) {
  const shape = shapeOf(meansOf(rowsAt(rows, null), 'test_error'));
  if (!shape || shape.peak.mean - Math.max(shape.least.mean, shape.last.mean) < NOTABLE) return '';
  const { width } = shape.peak;
  const best = bestRows(rows).filter((row) => row.width === width);
  return `At width ${width} the error was ${formatPercent(mean(best.map(({ test_error }) => test_error)))} at epoch ` +
    `${[...new Set(best.map(({ epoch }) => epoch))].join(' or ')}, a stop that is chosen on the test set.`;
}

/** @param {Row[]} rows @returns {string} '' if no network fits its data */
export function thresholdSentence(rows) {
  const width = thresholdOf(rows);
  return width === null ? '' : `From width ${width} on the training error ends below ${FITTED}\u00a0%.`;
}

/**
 * @param {import('./descent-run.js').DescentRun} run @param {Row[]} shown of what came with the page
 * @param {number} noise that is set @returns {string} how what is drawn was made
 */
export function descentSources({ spec, shipped }, shown, noise) {
  const parts = [];
  if (spec) {
    parts.push(`Yours: label noise ${formatPercent(100 * spec.label_noise, 0)}, ${spec.epochs} epochs, ` +
      `${spec.loss === 'squared_error' ? 'squared error' : 'cross-entropy'}, first seed ${spec.seed}, n = ${spec.trials}.`);
  }
  const [first] = shown;
  if (shipped && first) {
    const near = first.label_noise === noise ? '' : `, the nearest to ${formatPercent(100 * noise, 0)} that is shipped`;
    parts.push(`Shipped: label noise ${formatPercent(100 * first.label_noise, 0)}${near}, ${shipped.spec.epochs} epochs, ` +
      `n = ${new Set(shown.map(({ seed }) => seed)).size}.`);
  }
  return parts.join(' ');
}
