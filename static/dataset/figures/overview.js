// Figure 4: the whole dataset at a glance, its shuffled twin beside it, its size, and its files. Asks
// for the jobs `overview` and `code`.
// @ts-check
import { refreshInView } from '../../ui/in-view.js';
import { mountAlternative } from '../../ui/text-alternative.js';
import { mountBands, mountGrid, mountSizes, tell as inWords } from '../charts/dataset-grid.js';
import { mountParcel } from '../dataset-files.js';

const MNIST = { numbers: 28 * 28, columns: 28, examples: 70_000 };
const BYTES = 4; // of a number as float32
const count = new Intl.NumberFormat('en');

/** @param {number} bytes @returns {string} */
function size(bytes) {
  if (bytes < 1e3) return `${bytes}\u00a0bytes`;
  const [unit, name] = bytes < 1e6 ? [1e3, 'kB'] : [1e6, 'MB'];
  return `${(bytes / unit).toPrecision(3).replace(/\.0+$/, '')}\u00a0${name}`;
}

/** @param {number} ratio @returns {string} such as 20 or 2.5 times */
const times = (ratio) => `${ratio >= 10 ? Math.round(ratio) : Number(ratio.toPrecision(2))}`;

/**
 * @param {HTMLElement} node @param {HTMLElement} claim a paragraph before it
 * @param {import('../../lab/lab.js').Lab} lab @param {import('../../settings/settings.js').Settings} settings
 */
export function mountOverview(node, claim, lab, settings) {
  const find = (/** @type {string} */ part) => /** @type {HTMLElement} */ (node.querySelector(part));
  const sides = [...node.querySelectorAll('.side')].map((side, i) => {
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (side.querySelector(name));
    const what = i ? 'with shuffled inputs' : 'with inputs in order';
    part('.title').textContent = i ? 'Its shuffled twin' : 'In order';
    return [
      mountGrid(part('.grid'), `Examples by class, ${what}`),
      mountBands(part('.bands'), `Mean and standard deviation by class, ${what}`),
    ];
  });
  const sizes = mountSizes(find('.sizes'));
  /** @type {any} */ let crowd = null;
  const told = mountAlternative(find('.alternative'), () => crowd && inWords(crowd, crowd.positions), { id: 'overview-told' });
  for (const picture of node.querySelectorAll('.grid canvas, .bands')) picture.setAttribute('aria-describedby', 'overview-told');

  function draw() {
    if (!crowd) return;
    const order = Array.from({ length: crowd.length }, (_, i) => i);
    for (const update of sides[0]) update(crowd, order);
    for (const update of sides[1]) update(crowd, crowd.positions);
    told.changed();
  }

  /** The claim that it is smaller than MNIST, computed. */
  function tell() {
    const { length, train, test, bytes } = crowd;
    const ratio = MNIST.numbers / length;
    const whole = MNIST.examples * MNIST.numbers * BYTES;
    claim.textContent = `An MNIST digit is ${MNIST.numbers} numbers, one of these is ${length}: ` +
      (ratio > 1 ? `${times(ratio)} times fewer.` : 'no fewer.') +
      ` The whole dataset, ${count.format(train + test)} examples in single precision, takes ${size(bytes)}; ` +
      `MNIST’s ${count.format(MNIST.examples)} take ${size(whole)}, ${times(whole / bytes)} times as much.`;
    sizes([
      { count: MNIST.numbers, columns: MNIST.columns, kind: 'mnist', words: `MNIST: ${MNIST.numbers} numbers, ${size(MNIST.numbers * BYTES)}` },
      { count: length, columns: MNIST.columns, kind: 'ours', words: `MNIST-1D: ${length} numbers, ${size(length * BYTES)}` },
    ]);
    find('.note').textContent = `${count.format(train)} examples to train on, ${count.format(test)} to test; ` +
      `${crowd.shown} of each class are drawn.`;
  }

  const ask = refreshInView(node, async () => {
    const args = settings.args('dataset');
    try {
      crowd = await lab.run('overview', args, {
        onProgress: ({ done, total }) => {
          if (total > 10_000) find('.note').textContent = `Making ${count.format(done)} of ${count.format(total)} examples …`;
        },
      });
      const { lab: ours, reference } = await lab.run('code', args);
      find('code.lab').textContent = ours;
      find('code.reference').textContent = reference;
      draw();
      tell();
      find('.problem').textContent = '';
    } catch (error) {
      find('.problem').textContent = /** @type {Error} */ (error).message;
    }
  }, 250);
  settings.addEventListener('change', (event) => {
    if (/** @type {CustomEvent} */ (event).detail.group === 'dataset') ask();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  mountParcel(find('.parcel'), find('.unopened'), lab, settings);
  ask();
}
