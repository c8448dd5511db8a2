// Figure: the nearest training signals of a chosen test signal, in each layer of a network.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { element, finderIn } from '../../ui/dom.js';
import { refreshInView } from '../../ui/in-view.js';
import { select } from '../../ui/inputs.js';
import { describeNeighbours, mountNeighbourGridChart } from '../charts/neighbour-grid.js';
import { H, SIGNAL } from '../layer-means.js';
import { COUNT, networkOf, rightOf, whichOf, whichText } from '../neighbours.js';

/** @typedef {import('../contrast-run.js').ContrastRun} ContrastRun */
/** @typedef {import('../neighbours.js').Which} Which */
/** @typedef {import('../neighbours.js').Neighbours} Neighbours */

/** The network and the way from signal to signal. @param {HTMLElement} node @param {{onNetwork: (which: Which) => void, onStep: (by: number) => void}} act */
function mountSignalChoice(node, { onNetwork, onStep }) {
  const network = select('Network', (value) => onNetwork(/** @type {Which} */ (value)));
  const step = (/** @type {string} */ text, /** @type {number} */ by) => {
    const button = element('button', { type: 'button', className: 'plain', textContent: text });
    button.addEventListener('click', () => onStep(by));
    return button;
  };
  node.append(network.box, step('Signal before', -1), step('Next signal', 1));
  return network;
}

/** @param {Neighbours} found @param {number} example @returns {string} */
function toldOf({ label, layers, names }, example) {
  const by = layers.map((layer) => rightOf(layer, label));
  return `Test signal ${example + 1}, class ${names(label)}: ${by[SIGNAL]} of its ${COUNT} nearest training signals are of its class, ` +
    `${by[H]} in H, ${by.at(-1)} in the last layer.`;
}

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {ContrastRun} run
 */
export function mountNeighboursFigure(node, lab, run) {
  const find = finderIn(node);
  const chart = mountNeighbourGridChart(find('.chart'));
  let example = 0;
  /** @type {Which} */ let which = 'shipped';
  /** @type {Neighbours | null} */ let found = null;
  /** @type {Record<string, any>} what `found` is of */ let spec = {};

  const network = mountSignalChoice(find('.choices'), {
    onNetwork(value) {
      which = value;
      ask();
    },
    onStep(by) {
      example = Math.max(0, example + by);
      ask();
    },
  });

  async function look() {
    const all = whichOf(run);
    if (!all.includes(which)) which = all[0];
    network.show(all.map((one) => [one, whichText(run, one)]), which);
    const args = networkOf(run, which);
    if (!args) return;
    const place = example; // the visitor may have gone on when the answer comes
    try {
      const answer = await lab.run('neighbours', { ...args, example: place, count: COUNT });
      found = { ...answer, names: String };
      spec = { ...args, example: place };
      delete spec.state;
      delete spec.weights;
      chart.update(/** @type {Neighbours} */ (found));
      find('.told').textContent = toldOf(/** @type {Neighbours} */ (found), place);
      find('.problem').textContent = '';
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      if (/^example /.test(message) && example) { // it was the last one
        example = 0;
        ask();
      } else find('.problem').textContent = message;
    }
  }
  const ask = refreshInView(node, look, 100);
  mountFigureDownloads(node, { nearest: '.chart' }, () => found && {
    name: 'nearest', spec, records: found.layers.flatMap((layer) => Array.from(layer.labels, (label, rank) => ({ layer: layer.layer, name: layer.name, rank, label }))),
  }, { describe: () => found && describeNeighbours(found) });
  let trained = run.trained;
  let there = Boolean(run.shipped);
  run.addEventListener('change', () => {
    if (run.trained === trained && Boolean(run.shipped) === there) return; // the same networks
    if (run.trained && run.trained !== trained) which = 'yours';
    [trained, there] = [run.trained, Boolean(run.shipped)];
    ask();
  });
  ask();
}
