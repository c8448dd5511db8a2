// What the marks of a chart mean: a row of samples with words above the chart, and so in its picture too.
// Which marks there are is the chart's.
// @ts-check
import { element, svgElement } from './dom.js';

/**
 * @typedef {object} Key
 * @property {'line' | 'band' | 'dot' | 'diamond' | 'times'} [mark] without one: words about the whole chart
 * @property {string} text
 * @property {string} [color] a CSS colour; grey stands for every colour
 * @property {number} [width] of the line, or the dot's radius
 * @property {string} [dash] of the line
 * @property {number} [opacity]
 * @property {boolean} [hollow] of the dot
 */

const [WIDTH, HEIGHT] = [22, 14]; // pixels of a sample
const [MIDDLE, CENTRE] = [WIDTH / 2, HEIGHT / 2];
/** Outlines within five pixels around the middle. */
const SHAPES = { diamond: 'M0 -6L4 0L0 6L-4 0Z', times: 'M-4 -4L4 4M-4 4L4 -4' };

/** @param {Key & {mark: NonNullable<Key['mark']>}} key */
function drawSample({ mark, color = 'var(--quiet)', width = 2, dash = 'none', opacity = 1, hollow = false }) {
  if (mark === 'line') {
    return svgElement('path', {
      d: `M1 ${CENTRE}H${WIDTH - 1}`, 'stroke': color, 'stroke-width': width, 'stroke-dasharray': dash,
      'stroke-opacity': opacity, 'stroke-linecap': dash.startsWith('0') ? 'round' : 'butt', // dots are round ends
    });
  }
  if (mark === 'band') return svgElement('rect', { x: 1, y: 2, width: WIDTH - 2, height: HEIGHT - 4, fill: color, 'fill-opacity': opacity });
  if (mark === 'dot') {
    return svgElement('circle', {
      cx: MIDDLE, cy: CENTRE, r: width, 'fill-opacity': opacity,
      ...(hollow ? { fill: 'var(--paper)', stroke: color, 'stroke-width': 2 } : { fill: color }),
    });
  }
  return svgElement('path', {
    d: SHAPES[mark], transform: `translate(${MIDDLE} ${CENTRE})`, fill: 'none', stroke: color, 'stroke-width': 1.5,
  });
}

/** @param {Key[]} keys @returns {HTMLElement} */
export function makeLegend(keys) {
  const box = element('div', { className: 'chart-keys' });
  box.append(...keys.map(({ mark, text, ...look }) => {
    const one = element('span', { className: 'chart-key' });
    if (mark) {
      const sample = svgElement('svg', { width: WIDTH, height: HEIGHT, 'aria-hidden': 'true' });
      sample.append(drawSample({ mark, text, ...look }));
      one.append(sample);
    }
    one.append(element('span', { textContent: text }));
    return one;
  }));
  return box;
}
