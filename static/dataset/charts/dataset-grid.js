// Many examples as one picture, a column each. By class: their mean and standard deviation. And two
// sizes beside each other, a square a number. Which examples are shown is Python's choice.
// @ts-check
import { formatNumber } from '../../records/format.js';
import { cssRgb } from '../../ui/css-color.js';
import { element, svgElement } from '../../ui/dom.js';

/**
 * What the job `overview` returns of the examples, all in standard deviations. `x` is
 * (classes * shown, length), `mean` and `spread` are (classes, length), all row by row; `shown` of each class;
 * `names` of the classes, of digits none.
 * @typedef {{x: ArrayLike<number>, shown: number, length: number, mean: ArrayLike<number>,
 *   spread: ArrayLike<number>, names?: string[]}} Sample
 */
/** @typedef {{count: number, columns: number, words: string, kind: string}} Size `count` squares in `columns` */

const FULL = 2.5; // standard deviations of full colour
const BAND = 3; // standard deviations to either side in the picture of a class
const [BAND_WIDTH, BAND_HEIGHT] = [50, 110];
const DIGITS = Array.from({ length: 10 }, (_, digit) => String(digit));

/**
 * The mean difference of neighbouring numbers.
 * @param {Sample} sample @param {ArrayLike<number>} order which number each row shows @returns {number}
 */
function roughness({ x, shown, length, names = DIGITS }, order) {
  let sum = 0;
  const columns = names.length * shown;
  for (let column = 0; column < columns; column += 1) {
    for (let row = 1; row < length; row += 1) {
      sum += Math.abs(x[column * length + order[row]] - x[column * length + order[row - 1]]);
    }
  }
  return sum / (columns * (length - 1));
}

/**
 * Both pictures in words and numbers.
 * @param {Sample} sample @param {ArrayLike<number>} positions which number each row of the shuffled twin shows
 * @returns {import('../../records/types.js').TextAlternative}
 */
export function describeDataset(sample, positions) {
  const { shown, length, mean, spread, names = DIGITS } = sample;
  const order = Array.from({ length }, (_, row) => row);
  const places = Array.from(positions);
  return {
    sentence: `${shown} examples of each ${sample.names ? 'class' : 'digit'}, ${length} numbers each, in standard deviations of all numbers. In order, ` +
      `neighbouring numbers differ by ${formatNumber(roughness(sample, order), 2)} on average; in the shuffled twin, which has the ` +
      `same numbers in other places, by ${formatNumber(roughness(sample, positions), 2)}.`,
    tables: [{
      caption: `By ${sample.names ? 'class' : 'digit'}: the mean and one standard deviation of each number. Twin: the place of this number in the shuffled twin.`,
      head: ['number', 'twin', ...names],
      rows: order.map((row) => [String(row + 1), String(places.indexOf(row) + 1), ...names.map((_, digit) =>
        `${formatNumber(mean[digit * length + row], 2)}\u00a0±\u00a0${formatNumber(spread[digit * length + row], 2)}`)]),
      compact: true,
    }],
  };
}

/** @param {ImageData} image filled with the examples @param {Sample} sample @param {ArrayLike<number>} order */
function paintExamples(image, { x, shown, length, names = DIGITS }, order) {
  const [paper, below, above] = ['--paper', '--below', '--above'].map(cssRgb);
  for (let column = 0; column < names.length * shown; column += 1) {
    for (let row = 0; row < length; row += 1) {
      const value = x[column * length + order[row]];
      const share = Math.min(1, Math.abs(value) / FULL);
      const far = value < 0 ? below : above;
      const at = 4 * (row * image.width + column + Math.floor(column / shown));
      for (let i = 0; i < 3; i += 1) image.data[at + i] = paper[i] + share * (far[i] - paper[i]);
      image.data[at + 3] = 255;
    }
  }
}

const NAMED = 20; // classes whose names fit above the picture

/** @param {HTMLElement} node @param {string[]} names */
function showNames(node, names) {
  if ([...node.children].map((one) => /** @type {HTMLElement} */ (one).title).join('\n') === names.join('\n')) return;
  node.style.setProperty('--classes', String(names.length));
  node.replaceChildren(...names.map((name) => element('span', { textContent: names.length > NAMED ? '' : name, title: name })));
}

/** @param {HTMLElement} node @param {string} label */
export function mountDatasetGridChart(node, label) {
  const canvas = element('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  const names = element('div', { className: 'classes' });
  names.setAttribute('aria-hidden', 'true');
  showNames(names, DIGITS);
  node.append(names, canvas);
  /** @param {Sample} sample @param {ArrayLike<number>} order which number each row shows */
  return function update(sample, order) {
    const classes = sample.names ?? DIGITS;
    showNames(names, classes);
    const width = classes.length * (sample.shown + 1) - 1; // one empty column between two classes
    Object.assign(canvas, { width, height: sample.length });
    const context = canvas.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, sample.length);
    paintExamples(image, sample, order);
    context.putImageData(image, 0, 0);
  };
}

/** @param {HTMLElement} node @param {string} label */
export function mountClassBandsChart(node, label) {
  const makePanel = () => {
    const root = svgElement('svg', { viewBox: `0 0 ${BAND_WIDTH} ${BAND_HEIGHT}`, 'aria-hidden': 'true' });
    const [band, line] = ['band', 'line'].map((name) => svgElement('path', { class: name }));
    root.append(band, line);
    return { root, band, line };
  };
  /** @type {ReturnType<typeof makePanel>[]} */ let panels = [];
  node.setAttribute('role', 'img');
  node.setAttribute('aria-label', label);
  /** @param {Sample} sample @param {ArrayLike<number>} order which number each row shows */
  return function update({ mean, spread, length, names = DIGITS }, order) {
    if (panels.length !== names.length) {
      panels = names.map(makePanel);
      node.style.setProperty('--classes', String(Math.min(names.length, NAMED)));
      node.replaceChildren(...panels.map(({ root }) => root));
    }
    const rows = Array.from({ length }, (_, row) => row);
    panels.forEach(({ band, line }, digit) => {
      /** @param {number} side -1, 0 or 1 standard deviations from the mean */
      const edge = (side) => rows.map((row) => {
        const at = digit * length + order[row];
        const x = ((mean[at] + side * spread[at]) / BAND + 1) * 0.5 * BAND_WIDTH;
        return `${x.toFixed(2)} ${(3 + (row / (length - 1)) * (BAND_HEIGHT - 6)).toFixed(2)}`;
      });
      band.setAttribute('d', `M${[...edge(1), ...edge(-1).toReversed()].join('L')}Z`);
      line.setAttribute('d', `M${edge(0).join('L')}`);
    });
  };
}

/** @param {Size} size */
function sizePicture({ count, columns, words, kind }) {
  const rows = Math.ceil(count / columns);
  const squares = Array.from({ length: count }, (_, i) => `M${(i % columns) * 6} ${Math.floor(i / columns) * 6}h5v5h-5z`);
  const root = svgElement('svg', {
    viewBox: `0 0 ${columns * 6} ${rows * 6}`, width: columns * 6, role: 'img', 'aria-label': `${count} squares`,
  });
  root.append(svgElement('path', { d: squares.join('') }));
  const box = element('div', { className: `size ${kind}` });
  box.append(root, element('p', { textContent: words }));
  return box;
}

/** @param {HTMLElement} node */
export function mountSizesChart(node) {
  /** @param {Size[]} sizes */
  return function update(sizes) {
    node.replaceChildren(...sizes.map(sizePicture));
  };
}
