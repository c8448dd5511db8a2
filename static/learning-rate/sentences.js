// What the figures of the learned learning rate say in words.
// @ts-check
import { formatMean, formatNumber } from '../records/format.js';
import { interval } from '../records/stats.js';
import { besidePublished, digitsOf, finite, ratesOf, seedPoints, stepAt } from './rate-steps.js';

/** @typedef {import('./rate-run.js').Shown} Shown */
/** @typedef {import('./rate-run.js').Run} Run */

/** @param {number} rate */
const shortRate = (rate) => String(Number(rate.toPrecision(4)));

/** @param {Run} run @returns {string} why it ended early; '' if it did not */
export function endedSentence({ steps, ended }) {
  const last = steps.at(-1);
  if (!last || !ended) return '';
  const at = `at outer step ${last.outer_step}, with the rate ${shortRate(last.learning_rate)}`;
  if (ended === 'diverged') return `The training diverged ${at}: its loss or its slope is no finite number, so there is nothing to follow.`;
  return `The update ${at}, led to ${formatNumber(last.updated_rate ?? 0, 2)}, which is no learning rate from above 0 to 1000.`;
}

/** @param {Shown} shown @returns {string} */
export function runSentence(shown) {
  const told = shown.runs.filter(({ steps }) => steps.length).map((run) => {
    const early = endedSentence(run);
    const rate = ratesOf(run).at(-1)?.rate ?? NaN;
    return `From ${run.start}: ${early || `rate ${rate.toFixed(4)} after ${run.steps.length} outer steps.`}`;
  });
  const diverged = shown.landscape.filter(({ loss }) => loss === null).map(({ learning_rate }) => learning_rate);
  if (diverged.length) told.push(`Of the landscape’s ${shown.landscape.length} trainings ${diverged.length} diverged, the first at the rate ${shortRate(Math.min(...diverged))}: they have no finite loss or slope and are not drawn.`);
  const pairs = besidePublished(shown);
  if (pairs.length) {
    const agreed = pairs.filter(({ published, ours }) => Math.abs(Number(ours.toFixed(digitsOf(published))) - published) < 1.1 * 10 ** -digitsOf(published));
    told.push(`${agreed.length} of ${pairs.length} published rates agree to a unit of their last digit.`);
  }
  return told.join(' ');
}

/** Where the balls are. @param {Shown} shown @param {number} at outer step @returns {string} */
export const ballSentence = (shown, at) => shown.runs.map((run) => {
  const step = stepAt(run, at);
  if (!step) return '';
  const { learning_rate, loss, hypergradient, updated_rate } = step;
  const next = updated_rate ? `, next rate ${updated_rate.toFixed(4)}` : '';
  return `From ${run.start}: rate ${learning_rate.toFixed(4)}, loss ${loss.toFixed(4)}, slope ${formatNumber(hypergradient, 4)}${next}.`;
}).filter(Boolean).join(' ');

/** @param {Shown | null} shown @returns {string} what the picture is of */
export function sourceSentence(shown) {
  if (!shown) return '';
  const { spec, own } = shown;
  const weights = spec.weights === 'published' ? 'the published initial weights' : `initial weights of seed ${spec.seed ?? 0}`;
  return `${own ? 'Your run' : 'Shipped with the page'}: ${spec.steps} steps of ${spec.batch_size} examples, outer rate ${spec.outer_rate}, ${weights}.`;
}

/** @param {import('./rate-run.js').Seeds} seeds @returns {string} */
export function seedsSentence({ rows }) {
  const points = seedPoints(rows);
  const best = interval(points.map((point) => point.best));
  const lost = interval(points.map((point) => 1000 * point.lost));
  const all = points.map((point) => point.best);
  return `Best rates from ${Math.min(...all).toFixed(3)} to ${Math.max(...all).toFixed(3)}, mean ${formatMean(best, 3)}. ` +
    `Another seed’s rate loses ${formatMean(lost, 2)} thousandths of a nat (means with 95\u00a0% intervals, n\u00a0=\u00a0${points.length}).`;
}

/** @param {Shown} shown @returns {import('../records/types.js').TextAlternative} */
export function describeRates(shown) {
  return {
    sentence: `${runSentence(shown)} ${sourceSentence(shown)}`,
    tables: [
      {
        caption: 'Loss of a training, and its slope, by learning rate.', head: ['learning rate', 'loss, nats', 'slope'], compact: true,
        rows: finite(shown.landscape).map((one) => [shortRate(one.learning_rate), one.loss.toFixed(4), formatNumber(one.hypergradient, 4)]),
      },
      {
        caption: 'The learned rates.', head: ['start', 'outer step', 'learning rate', 'loss, nats', 'slope', 'rate after the update'], compact: true,
        rows: shown.runs.flatMap(({ start, steps }) => finite(steps).map((one) => [
          String(start), String(one.outer_step), one.learning_rate.toFixed(4), one.loss.toFixed(4),
          formatNumber(one.hypergradient, 4), one.updated_rate?.toFixed(4) ?? '–',
        ])),
      },
    ],
  };
}
