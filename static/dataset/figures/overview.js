// Figure 4: the whole dataset at a glance, its shuffled twin beside it, its size, and its files. The
// numbers come from the jobs `overview` and `code`.
// @ts-check
import { formatBytes, formatCount, formatRatio } from '../../records/format.js';
import { classNames } from '../../settings/own-source.js';
import { onThemeChange } from '../../ui/css-color.js';
import { finderIn } from '../../ui/dom.js';
import { refreshInView } from '../../ui/in-view.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { describeDataset, mountClassBandsChart, mountDatasetGridChart, mountSizesChart } from '../charts/dataset-grid.js';
import { mountDatasetFiles } from '../dataset-files.js';
import { mountKeptData } from './kept-data.js';

/**
 * What the job `overview` returns: sizes, the examples to draw, and where each of their numbers is in
 * the shuffled twin.
 * @typedef {import('../charts/dataset-grid.js').Sample &
 *   {train: number, test: number, bytes: number, positions: Int32Array}} Overview
 */

const MNIST = { numbers: 28 * 28, columns: 28, examples: 70_000 };
const BYTES = 4; // of a number as float32

/** How much smaller it is than MNIST. @param {Overview} overview @returns {string} */
function sizeSentence({ length, train, test, bytes, names }) {
  const ratio = MNIST.numbers / length;
  const whole = MNIST.examples * MNIST.numbers * BYTES;
  return `An MNIST digit is ${MNIST.numbers} numbers, one ${names ? 'of your examples' : 'of these'} is ${length}: ` +
    (ratio > 1 ? `${formatRatio(ratio)} times fewer.` : 'no fewer.') +
    ` The whole dataset, ${formatCount(train + test)} examples in single precision, takes ${formatBytes(bytes)}; ` +
    `MNIST’s ${formatCount(MNIST.examples)} take ${formatBytes(whole)}, ${formatRatio(whole / bytes)} times as much.`;
}

/** @param {Overview} overview @returns {import('../charts/dataset-grid.js').Size[]} */
const sizesOf = ({ length, names }) => [
  { count: MNIST.numbers, columns: MNIST.columns, kind: 'mnist', words: `MNIST: ${MNIST.numbers} numbers, ${formatBytes(MNIST.numbers * BYTES)}` },
  { count: length, columns: MNIST.columns, kind: 'ours', words: `${names ? 'Yours' : 'MNIST-1D'}: ${length} numbers, ${formatBytes(length * BYTES)}` },
];

/** The dataset and its twin, side by side. @param {HTMLElement} node */
function mountTwins(node) {
  const sides = [...node.querySelectorAll('.side')].map((side, i) => {
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (side.querySelector(name));
    const what = i ? 'with shuffled inputs' : 'with inputs in order';
    part('.title').textContent = i ? 'Its shuffled twin' : 'In order';
    return [
      mountDatasetGridChart(part('.grid'), `Examples by class, ${what}`),
      mountClassBandsChart(part('.bands'), `Mean and standard deviation by class, ${what}`),
    ];
  });
  /** @param {Overview} overview */
  return function update(overview) {
    const order = Array.from({ length: overview.length }, (_, i) => i);
    for (const draw of sides[0]) draw(overview, order);
    for (const draw of sides[1]) draw(overview, overview.positions);
  };
}

/**
 * @param {HTMLElement} node @param {HTMLElement} claim a paragraph before it
 * @param {import('../../lab/lab.js').Lab} lab @param {import('../../settings/settings.js').Settings} settings
 */
export function mountOverviewFigure(node, claim, lab, settings) {
  const find = finderIn(node);
  /** @type {Overview | null} */ let overview = null;
  const updateTwins = mountTwins(node);
  const updateSizes = mountSizesChart(find('.sizes'));
  const alternative = mountAlternative(find('.alternative'), () =>
    overview && describeDataset(overview, overview.positions), { id: 'overview-told' });
  for (const picture of node.querySelectorAll('.grid canvas, .bands')) picture.setAttribute('aria-describedby', 'overview-told');

  function draw() {
    if (!overview) return;
    updateTwins(overview);
    alternative.changed();
  }
  /** @param {Overview} found */
  function show(found) {
    overview = found;
    draw();
    claim.textContent = sizeSentence(found);
    updateSizes(sizesOf(found));
    find('.note').textContent = `${formatCount(found.train)} examples to train on, ${formatCount(found.test)} to test; ` +
      `${found.shown} of each class are drawn.`;
  }

  const ask = refreshInView(node, async () => {
    const args = settings.args('dataset');
    try {
      const found = await lab.run('overview', args, {
        onProgress: ({ done, total }) => {
          if (total > 10_000) find('.note').textContent = `Making ${formatCount(done)} of ${formatCount(total)} examples …`;
        },
      });
      const code = await lab.run('code', args);
      find('code.lab').textContent = code.lab;
      find('code.reference').textContent = code.reference;
      show(args.source ? { ...found, names: classNames(args) } : found);
      find('.problem').textContent = '';
    } catch (error) {
      find('.problem').textContent = /** @type {Error} */ (error).message;
    }
  }, 250);
  settings.addEventListener('change', (event) => {
    if (/** @type {CustomEvent} */ (event).detail.group === 'dataset') ask();
  });
  onThemeChange(draw);
  mountDatasetFiles(find('.parcel'), find('.unopened'), lab, settings);
  mountKeptData(find('.unopened'), lab, settings);
  ask();
}
