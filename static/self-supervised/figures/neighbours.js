// Figure: the nearest training signals of a chosen test signal, in each layer of a network.
// @ts-check
import { mountFigureDownloads } from '../../files/figure-downloads.js';
import { element, finderIn } from '../../ui/dom.js';
import { refreshInView } from '../../ui/in-view.js';
import { select } from '../../ui/inputs.js';
import { describeNeighbours, mountNeighbourGridChart } from '../charts/neighbour-grid.js';
import { COUNT, networkOf, rightOf, whichOf, whichText } from '../neighbours.js';

/** @typedef {import('../contrast-run.js').ContrastRun} ContrastRun */
/** @typedef {import('../neighbours.js').Which} Which */

/**
 * @param {HTMLElement} node @param {import('../../lab/lab.js').Lab} lab @param {ContrastRun} run
 */
export function mountNeighboursFigure(node, lab, run) {
  const find = finderIn(node);
  const chart = mountNeighbourGridChart(find('.chart'));
  let example = 0;
  /** @type {Which} */ let which = 'shipped';
  /** @type {import('../neighbours.js').Neighbours | null} */ let found = null;
  /** @type {Record<string, any>} what `found` is of */ let spec = {};

  const network = select('Network', (value) => {
    which = /** @type {Which} */ (value);
    ask();
  });
  const step = (/** @type {string} */ text, /** @type {number} */ by) => {
    const button = element('button', { type: 'button', className: 'plain', textContent: text });
    button.addEventListener('click', () => {
      example = Math.max(0, example + by);
      ask();
    });
    return button;
  };
  find('.choices').append(network.box, step('Signal before', -1), step('Next signal', 1));

  async function look() {
    const all = whichOf(run);
    if (!all.includes(which)) which = all[0];
    network.show(all.map((one) => [one, whichText(run, one)]), which);
    const args = networkOf(run, which);
    if (!args) return;
    try {
      const answer = await lab.run('neighbours', { ...args, example, count: COUNT });
      found = { ...answer, names: String };
      spec = { ...args, example };
      delete spec.state;
      delete spec.weights;
      chart.update(/** @type {NonNullable<typeof found>} */ (found));
      const by = answer.layers.map((/** @type {any} */ layer) => rightOf(layer, answer.label));
      find('.told').textContent = `Test signal ${example + 1}, a ${answer.label}: ${by[0]} of its ${COUNT} nearest training signals are of its class, ` +
        `${by[3]} in H, ${by.at(-1)} in the last layer.`;
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
