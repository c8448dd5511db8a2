// Draws the pictures of the index of phenomena into its cards, and says how long each takes. What is in a
// picture is made from the shipped results by py/build_steps/make_pictures.py.
// @ts-check
import { formatDurationAbout } from '../records/format.js';
import { shipped } from '../records/shipped.js';
import { svgElement } from '../ui/dom.js';
import { whenNear } from '../ui/in-view.js';
import { PHENOMENA } from './phenomena.js';

/**
 * One mark of a picture: a line through points, or a cell (x, y, width, height).
 * @typedef {{line?: [number, number][], cell?: [number, number, number, number], color: string, dash?: boolean, opacity?: number}} Mark
 */
/** @typedef {{size: [number, number], pictures: Record<string, Mark[]>}} Pictures */

const NEAR = '300px';

/** @param {Mark} mark */
function drawMark({ line, cell, color, dash = false, opacity = 1 }) {
  if (cell) {
    const [x, y, width, height] = cell;
    return svgElement('rect', { x, y, width, height, 'fill': `var(${color})`, 'fill-opacity': opacity });
  }
  return svgElement('path', {
    'd': `M${line?.map((point) => point.join(' ')).join('L')}`, 'fill': 'none', 'stroke': `var(${color})`, 'stroke-width': 2.5,
    'stroke-linejoin': 'round', 'stroke-linecap': 'round', 'stroke-dasharray': dash ? '5 5' : 'none',
  });
}

/** @param {Mark[]} marks @param {[number, number]} size */
function drawPicture(marks, [width, height]) {
  const svg = svgElement('svg', { 'viewBox': `-4 -4 ${width + 8} ${height + 8}`, 'aria-hidden': 'true' });
  svg.append(...marks.map(drawMark));
  return svg;
}

/** @param {HTMLElement[]} cards */
async function drawPictures(cards) {
  const file = /** @type {Pictures | null} */ (await shipped('pictures').catch(() => null)); // then there are words alone
  if (!file) return;
  for (const card of cards) {
    const marks = file.pictures[String(card.dataset.phenomenon)];
    if (marks) card.querySelector('.picture')?.replaceChildren(drawPicture(marks, file.size));
  }
}

/** Say how long each takes, and draw the pictures once they are near. @param {HTMLElement} section with the cards */
export function mountPhenomena(section) {
  const cards = /** @type {HTMLElement[]} */ ([...section.querySelectorAll('[data-phenomenon]')]);
  for (const card of cards) {
    const seconds = PHENOMENA[String(card.dataset.phenomenon)]?.seconds;
    if (seconds) /** @type {HTMLElement} */ (card.querySelector('.seconds')).textContent = `about ${formatDurationAbout(seconds)} on two cores`;
  }
  whenNear([section], NEAR).then(() => drawPictures(cards));
}
