// Many examples as a picture, a column each; and by class their mean and spread. Chooses nothing.
// @ts-check
import { formatNumber } from '../../records/format.js';

const SVG = 'http://www.w3.org/2000/svg';
const FULL = 2.5; // standard deviations of full colour
const BAND = 3; // and to either side of a class's picture

/** @param {string} name @returns {number[]} red, green, blue of a colour of the page */
function rgb(name) {
  const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  if (!probe) return [0, 0, 0];
  probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  probe.fillRect(0, 0, 1, 1);
  return [...probe.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

/** @typedef {{x: ArrayLike<number>, shown: number, length: number, mean: ArrayLike<number>, spread: ArrayLike<number>}} Crowd */

/**
 * How far neighbours are from each other on average.
 * @param {Crowd} crowd @param {ArrayLike<number>} order which number each row shows @returns {number}
 */
function roughness({ x, shown, length }, order) {
  let sum = 0;
  for (let column = 0; column < 10 * shown; column += 1) {
    for (let row = 1; row < length; row += 1) sum += Math.abs(x[column * length + order[row]] - x[column * length + order[row - 1]]);
  }
  return sum / (10 * shown * (length - 1));
}

/**
 * Both pictures in words and numbers.
 * @param {Crowd} crowd @param {ArrayLike<number>} positions which number each row of the shuffled twin shows
 * @returns {import('../../records/types.js').TextAlternative}
 */
export function tell(crowd, positions) {
  const { shown, length, mean, spread } = crowd;
  const order = Array.from({ length }, (_, row) => row);
  const places = Array.from(positions);
  return {
    sentence: `${shown} examples of each digit, ${length} numbers each, in standard deviations of all numbers. In order, ` +
      `neighbouring numbers differ by ${formatNumber(roughness(crowd, order), 2)} on average; in the shuffled twin, which has the ` +
      `same numbers in other places, by ${formatNumber(roughness(crowd, positions), 2)}.`,
    tables: [{
      caption: 'By digit: the mean and one standard deviation of each number. Twin: where the shuffled twin has it.',
      head: ['number', 'twin', ...Array.from({ length: 10 }, (_, digit) => String(digit))],
      rows: order.map((row) => [String(row + 1), String(places.indexOf(row) + 1), ...Array.from({ length: 10 }, (_, digit) =>
        `${formatNumber(mean[digit * length + row], 2)}\u00a0±\u00a0${formatNumber(spread[digit * length + row], 2)}`)]),
      compact: true,
    }],
  };
}

/** @param {HTMLElement} node @param {string} label */
export function mountGrid(node, label) {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  const names = document.createElement('div');
  names.className = 'classes';
  names.setAttribute('aria-hidden', 'true');
  names.append(...Array.from({ length: 10 }, (_, i) => Object.assign(document.createElement('span'), { textContent: String(i) })));
  node.append(names, canvas);
  /** @param {Crowd} crowd @param {ArrayLike<number>} order which number each row shows */
  return function update({ x, shown, length }, order) {
    const width = 10 * (shown + 1) - 1; // a column free between classes
    Object.assign(canvas, { width, height: length });
    const context = canvas.getContext('2d');
    if (!context) return;
    const image = context.createImageData(width, length);
    const [paper, low, high] = ['--paper', '--below', '--above'].map(rgb);
    for (let column = 0; column < 10 * shown; column += 1) {
      for (let row = 0; row < length; row += 1) {
        const value = x[column * length + order[row]];
        const share = Math.min(1, Math.abs(value) / FULL);
        const far = value < 0 ? low : high;
        const at = 4 * (row * width + column + Math.floor(column / shown));
        for (let i = 0; i < 3; i += 1) image.data[at + i] = paper[i] + share * (far[i] - paper[i]);
        image.data[at + 3] = 255;
      }
    }
    context.putImageData(image, 0, 0);
  };
}

/** @param {HTMLElement} node @param {string} label */
export function mountBands(node, label) {
  const [width, height] = [50, 110];
  const panels = Array.from({ length: 10 }, () => {
    const root = document.createElementNS(SVG, 'svg');
    root.setAttribute('viewBox', `0 0 ${width} ${height}`);
    root.setAttribute('aria-hidden', 'true');
    const [band, line] = ['band', 'line'].map((name) => {
      const path = document.createElementNS(SVG, 'path');
      path.setAttribute('class', name);
      root.append(path);
      return path;
    });
    node.append(root);
    return { band, line };
  });
  node.setAttribute('role', 'img');
  node.setAttribute('aria-label', label);
  /** @param {Crowd} crowd @param {ArrayLike<number>} order */
  return function update({ mean, spread, length }, order) {
    panels.forEach(({ band, line }, digit) => {
      const places = Array.from({ length }, (_, row) => row);
      const point = (/** @type {number} */ side) => (/** @type {number} */ row) => {
        const at = digit * length + order[row];
        const x = ((mean[at] + side * spread[at]) / BAND + 1) * 0.5 * width;
        return `${x.toFixed(2)} ${(3 + (row / (length - 1)) * (height - 6)).toFixed(2)}`;
      };
      band.setAttribute('d', `M${[...places.map(point(1)), ...places.toReversed().map(point(-1))].join('L')}Z`);
      line.setAttribute('d', `M${places.map(point(0)).join('L')}`);
    });
  };
}

/** So many numbers against so many: a square each. @param {HTMLElement} node */
export function mountSizes(node) {
  /** @param {number} count @param {number} columns @param {string} words @param {string} kind */
  const picture = (count, columns, words, kind) => {
    const box = document.createElement('div');
    box.className = `size ${kind}`;
    const rows = Math.ceil(count / columns);
    const root = document.createElementNS(SVG, 'svg');
    const path = document.createElementNS(SVG, 'path');
    const squares = Array.from({ length: count }, (_, i) => `M${(i % columns) * 6} ${Math.floor(i / columns) * 6}h5v5h-5z`);
    path.setAttribute('d', squares.join(''));
    root.setAttribute('viewBox', `0 0 ${columns * 6} ${rows * 6}`);
    root.setAttribute('width', String(columns * 6));
    root.setAttribute('role', 'img');
    root.setAttribute('aria-label', `${count} squares`);
    root.append(path);
    box.append(root, Object.assign(document.createElement('p'), { textContent: words }));
    return box;
  };
  /** @param {{count: number, columns: number, words: string, kind: string}[]} all */
  return function update(all) {
    node.replaceChildren(...all.map(({ count, columns, words, kind }) => picture(count, columns, words, kind)));
  };
}
