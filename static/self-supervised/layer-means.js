// Probes of encoders' layers: which arm they are of, their means over trials, what was published. Draws nothing.
// @ts-check
import { interval } from '../records/stats.js';
import { ENCODER_LAYERS, PROJECTORS, PUBLISHED_LINEAR, PUBLISHED_SIGNAL } from '../from-python.js';

/** @typedef {import('../records/stats.js').Mean} Mean */
/** A probed layer of one network; accuracies in percent. @typedef {{arm: string, trial: number, layer: number, name: string, features: number, train_acc: number, linear_acc: number, knn_acc: number}} Probe */
/** @typedef {{arm: string, trial: number, epoch: number, step: number, loss: number}} Loss */
/** @typedef {'linear_acc' | 'knn_acc'} Quantity */
/** @typedef {Mean & {arm: string, layer: number}} Point */

/** The arms, in the order in which to show them. @type {Record<string, string>} */
export const ARMS = {
  default: 'projector of 2', deep: 'projector of 4', none: 'no projector', untrained: 'untrained',
};
export const SUPERVISED = 'mlp'; // the supervised network that the claims compare with
export const H = ENCODER_LAYERS;
export const SIGNAL = 0; // the layer of the signals themselves

/** @param {string} arm @returns {string} as it is written */
export const armName = (arm) => ARMS[arm] ?? arm.replace(/^projector (\d+)$/, 'projector of $1');

/** @param {number} layer @returns {string} as an axis has it */
export const layerName = (layer) => (layer === SIGNAL ? 'signal' : layer <= H ? `conv ${layer}` : `proj. ${layer - H}`);

/**
 * Means over trials by arm and layer.
 * @param {Probe[]} probes @param {Quantity} quantity
 * @returns {Point[]} ordered by layer within each arm
 */
export function layerMeans(probes, quantity) {
  const known = probes.filter((row) => row.arm !== SUPERVISED && Number.isFinite(row[quantity]));
  return [...Map.groupBy(known, ({ arm, layer }) => `${arm} ${layer}`).values()]
    .map((rows) => ({ arm: rows[0].arm, layer: rows[0].layer, ...interval(rows.map((row) => row[quantity])) }))
    .sort((a, b) => a.layer - b.layer);
}

/** @param {Quantity} quantity @returns {{arm: string, layer: number, value: number}[]} what was published */
export function publishedPoints(quantity) {
  const signal = Object.keys(PROJECTORS).map((arm) => ({ arm, layer: SIGNAL, value: PUBLISHED_SIGNAL[quantity] }));
  if (quantity === 'knn_acc') {
    return [...signal, { arm: 'default', layer: H + PROJECTORS.default, value: PUBLISHED_SIGNAL.last_knn_acc }];
  }
  const layers = /** @type {Record<string, number[]>} */ (PUBLISHED_LINEAR);
  return [...signal, ...Object.entries(PROJECTORS).flatMap(([arm, projector]) =>
    layers[projector].map((value, index) => ({ arm, layer: index + 1, value })))];
}

/** @param {Point[]} points @param {string} arm @param {number} layer @returns {Point | undefined} */
export const pointAt = (points, arm, layer) => points.find((one) => one.arm === arm && one.layer === layer);

/** @param {Point[]} points @param {string} arm @returns {Point | undefined} of its last layer */
export const lastPoint = (points, arm) => points.filter((one) => one.arm === arm).at(-1);
