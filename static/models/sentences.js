// What the models' results say, in sentences. Draws nothing.
// @ts-check
import { formatDifference, formatMeanPercent, formatNumber, formatPercent, formatSigned } from '../records/format.js';
import { describeUnusual } from '../settings/made-with.js';
import { interval, mean } from '../records/stats.js';
import { describeData } from '../settings/own-source.js';
import { MODEL_SETTINGS } from './published.js';
import { MODELS, NAMES } from './training-run.js';

/** @typedef {import('./training-run.js').Row} Row */
/** @typedef {import('./training-run.js').TrainingRun} TrainingRun */
/** @typedef {import('./training-run.js').RunSpec} RunSpec */
/** @typedef {import('./sweep-run.js').Gap} Gap */

const NOTABLE_GAP = 3; // points; with a thousand test examples less can be chance

/** @param {Row[]} rows @param {string} arm @param {string} [condition] @returns {Row[]} */
const rowsOfArm = (rows, arm, condition = 'plain') =>
  rows.filter((row) => row.arm === arm && row.condition === condition);

/** @param {Row[]} rows all at one step @param {RunSpec} spec @param {number} step @returns {string} */
export function trainingSentence(rows, spec, step) {
  const lost = MODELS.filter((arm) => rows.some((row) => row.arm === arm && !Number.isFinite(row.test_loss)));
  if (lost.length) {
    return `The loss of ${lost.map((arm) => NAMES[arm]).join(', ')} is too large for a number: ` +
      `a learning rate of ${spec.learning_rate} is too high here.`;
  }
  const test = (/** @type {string} */ arm, condition = 'plain') =>
    interval(rowsOfArm(rows, arm, condition).map(({ test_acc }) => test_acc));
  const learned = mean(rowsOfArm(rows, 'mlp').map(({ train_acc }) => train_acc));
  const gap = learned - test('mlp').mean;
  const lead = test('cnn').mean - test('mlp').mean;
  const leadShuffled = test('cnn', 'shuffled').mean - test('mlp', 'shuffled').mean;
  return `After ${step} ${step === 1 ? 'step' : 'steps'} the CNN is right on ${formatMeanPercent(test('cnn'))} of the test ` +
    `examples, ${formatSigned(lead)} points to the MLP; with the inputs shuffled the difference is ${formatSigned(leadShuffled)}. ` +
    `The MLP gets ${formatPercent(test('mlp').mean)} of the test examples right and ${formatPercent(learned)} of those it was trained on: ` +
    `${gap > NOTABLE_GAP ? `${formatNumber(gap, 1)} points of that do not carry over to new examples.` :
      'so far it does about as well on what it has not seen.'}`;
}

/** @param {RunSpec} spec of a run @returns {string} what was run */
const runSentence = (spec) => {
  const { steps, learning_rate, seed, trials, dataset } = spec;
  return `Your run: ${steps} steps${steps === MODEL_SETTINGS.steps ? '' : ` (published: ${MODEL_SETTINGS.steps})`}, learning rate ${learning_rate}${describeUnusual('train', spec)}, seed ${seed}, n = ${trials}; ` +
  `${describeData(dataset)}.`;
};

/** @param {import('./training-run.js').TrainingState[]} states @returns {string} which networks gave up early; '' if none */
function stoppedSentence(states) {
  const stopped = states.filter((one) => typeof one.stopped === 'number');
  if (!stopped.length) return '';
  const list = stopped.slice(0, 8).map(({ model, condition, stopped: at }) =>
    `${NAMES[model]}${condition === 'shuffled' ? ' (shuffled)' : ''} at step ${at}`);
  return `Stopped early, their test accuracy no longer rising: ${list.join(', ')}` +
    `${stopped.length > 8 ? `, and ${stopped.length - 8} more` : ''}; their lines go on flat.`;
}

/** @param {TrainingRun} training @param {boolean} moved whether the settings have changed since it began @returns {string} what the charts show */
export function trainingSources({ spec, beside: shipped, states }, moved) {
  const parts = [
    spec ? runSentence(spec) : '',
    stoppedSentence(states ?? []),
    spec && moved ? 'Changed settings take effect at the next start.' : '',
    shipped ? `${spec ? 'Thin' : 'Shown'}: ${shipped.seeds.length} seeds on the published data, ${shipped.spec.steps} steps, ` +
      `computed beforehand by this code.${spec ? '' : ' Train to draw your run on top.'}` : '',
  ];
  return parts.filter(Boolean).join(' ');
}

/** @param {Gap} gap @returns {string} whether the CNN still leads, by its interval */
function leadClause({ mean: centre, halfWidth, n }) {
  if (n < 2) return 'one trial cannot tell whether there is a gap';
  if (centre - halfWidth > 0) return 'the CNN still leads';
  return centre + halfWidth < 0 ? 'the MLP leads' : 'the interval includes zero';
}

/** @param {Gap[]} gaps by value @param {string} label of the setting @returns {string} */
export function sweepSentence(gaps, label) {
  if (gaps.length < 2) return '';
  const [first, last] = [gaps[0], /** @type {Gap} */ (gaps.at(-1))];
  const top = gaps.reduce((best, one) => (one.mean > best.mean ? one : best));
  const at = (/** @type {Gap} */ gap) => `${formatDifference(gap)} points at ${label} ${gap.value}`;
  const widest = [first, last].includes(top) ? '' : `, is widest with ${at(top)}`;
  return `The CNN’s lead over the MLP is ${at(first)}${widest}, and ${at(last)}. At ${label} ${first.value} ${leadClause(first)}.`;
}
