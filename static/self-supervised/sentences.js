// What probes of layers say, in sentences. Draws nothing.
// @ts-check
import { formatMeanPercent, formatSigned } from '../records/format.js';
import { describeData } from '../settings/own-source.js';
import { H, SIGNAL, armName, lastPoint, layerMeans, pointAt } from './layer-means.js';

/** @typedef {import('./contrast-run.js').ContrastRun} ContrastRun */
/** @typedef {import('./layer-means.js').Probe} Probe */

/** @param {Probe[]} probes of one run @returns {string} '' until all of a network's layers are probed */
export function layersSentence(probes) {
  const points = layerMeans(probes, 'linear_acc');
  const arm = probes[0]?.arm;
  const [signal, encoded, last] = [pointAt(points, arm, SIGNAL), pointAt(points, arm, H), lastPoint(points, arm)];
  if (!signal || !encoded || !last) return '';
  const projected = last.layer === H ? '' :
    `; of the projector’s output, which the loss sees, ${formatMeanPercent(last)}, ${formatSigned(last.mean - encoded.mean)} points`;
  return `A linear probe reads ${formatMeanPercent(encoded)} of the test digits off the encoder’s last layer, ` +
    `${formatSigned(encoded.mean - signal.mean)} points to one of the signals themselves${projected}.`;
}

/** @param {ContrastRun} run @returns {string} how what is drawn was made */
export function contrastSources({ spec, shipped }) {
  const own = spec && `Yours: ${armName(spec.projector ? `projector ${spec.projector}` : 'none')}, ${spec.epochs} epochs, largest roll ${spec.max_roll}, ` +
    `temperature ${spec.temperature}, first seed ${spec.seed}, n = ${spec.trials}; ${describeData(spec.dataset)}.`;
  const theirs = shipped && `Shipped: ${shipped.seeds.length} seeds, ${shipped.spec.epochs} epochs, largest roll ${shipped.spec.max_roll}, ` +
    `temperature ${shipped.spec.temperature}, batches of ${shipped.spec.batch_size}, on the published data.`;
  return [own, theirs].filter(Boolean).join(' ');
}
