// The nearest training signals of a test signal in each layer of a network: which network, which signal. Draws nothing.
// @ts-check
import { H, SIGNAL, armName } from './layer-means.js';

/** @typedef {import('./contrast-run.js').ContrastRun} ContrastRun */
/** What the job `neighbours` returns of a layer; `x` (count * length). @typedef {{layer: number, name: string, labels: ArrayLike<number>, x: Float32Array}} Layer */
/** @typedef {{x: Float32Array, label: number, layers: Layer[], names: (label: number) => string}} Neighbours `names` of the classes */
/** @typedef {'shipped' | 'yours' | 'untrained'} Which */

export const COUNT = 8; // neighbours

/** @param {Layer} layer @param {number} label @returns {number} of its neighbours, how many are of the signal's own class */
export const rightOf = ({ labels }, label) => Array.from(labels).filter((one) => one === label).length;

/** @param {Layer} layer @returns {string} as a row is called */
export function layerText({ layer }) {
  if (layer === SIGNAL) return 'The signals themselves';
  if (layer < H) return `Convolution ${layer}`;
  return layer === H ? `Convolution ${layer}: H` : `Projector, layer ${layer - H}`;
}

/**
 * The network that is looked into, as the job `neighbours` takes it; null if there is none.
 * @param {ContrastRun} run @param {Which} which
 */
export function networkOf({ shipped, spec, trained }, which) {
  if (which === 'yours') return trained ? { ...trained.args, state: trained.state } : null;
  if (which === 'shipped') return shipped?.weights.default ? { ...shipped.spec, weights: shipped.weights.default } : null;
  const { trials, ...fields } = spec ?? { ...shipped?.spec, trials: 1 };
  return { ...fields, epochs: 0 };
}

/** @param {ContrastRun} run @returns {Which[]} those that there are */
export const whichOf = (run) => /** @type {Which[]} */ (['shipped', 'yours', 'untrained']).filter((which) => networkOf(run, which));

/** @param {ContrastRun} run @param {Which} which @returns {string} */
export function whichText({ shipped, trained }, which) {
  if (which === 'shipped') return `shipped, ${shipped?.spec.epochs} epochs`;
  if (which === 'untrained') return 'untrained';
  const { projector, epochs } = trained?.args ?? {};
  return `yours: ${armName(projector ? `projector ${projector}` : 'none')}, ${epochs} epochs`;
}
