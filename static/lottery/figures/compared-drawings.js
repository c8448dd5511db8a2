// The drawings that were retrained, in a chart, a sentence and a table. Belongs to the drawing figure.
// @ts-check
import { formatPercent, formatSigned, formatTwoDigits } from '../../records/format.js';
import { element } from '../../ui/dom.js';
import { makeRow } from '../../ui/table.js';
import { mountDrawnAccuracyChart } from '../charts/drawn-accuracy.js';

/** @typedef {import('../drawn-masks.js').Sketch} Sketch */
/** @typedef {import('../drawn-masks.js').DrawnMasks} DrawnMasks */

const HEADS = ['Drawing', 'Survivors', 'Test accuracy', 'to found', 'to random', 'to dense', 'p(2, 3, 4), %', 'Setting'];

/** @param {Sketch} sketch @returns {string} */
function sketchSentence({ number, kept, accuracy: { drawn, lottery, random, dense } }) {
  return `Drawing ${number}, with ${kept} weights in its first layer, is right on ${formatPercent(drawn)} of the test examples: ` +
    `${formatSigned(drawn - lottery)} points to the found ticket, ${formatSigned(drawn - random)} to random, ${formatSigned(drawn - dense)} to dense.`;
}

/** @param {Sketch} sketch @param {() => void} onOpen puts it back on the canvas */
function tableRow({ number, kept, setting, accuracy, adjacency }, onOpen) {
  const open = element('button', {
    className: 'plain small', type: 'button', textContent: `Drawing ${number}`, title: 'Put it back on the canvas',
  });
  open.addEventListener('click', onOpen);
  const shares = [adjacency.p2, adjacency.p3, adjacency.p4].map((share) => formatTwoDigits(100 * share));
  return makeRow([
    open, String(kept), formatPercent(accuracy.drawn), formatSigned(accuracy.drawn - accuracy.lottery),
    formatSigned(accuracy.drawn - accuracy.random), formatSigned(accuracy.drawn - accuracy.dense), shares.join(' / '), setting,
  ], HEADS);
}

/**
 * @param {(part: string) => HTMLElement} find within the figure
 * @param {(sketch: Sketch) => void} onOpen
 */
export function mountComparedDrawings(find, onOpen) {
  const chart = mountDrawnAccuracyChart(find('.chart'));
  let listed = ''; // what the table says

  /** @param {Sketch[]} here those of the setting at hand */
  function showNewest(here) {
    const last = here.at(-1);
    find('.chart').hidden = !last;
    if (!last) return;
    chart.update([
      ...(/** @type {const} */ (['lottery', 'random', 'dense'])).map((arm) => ({ arm, accuracy: last.accuracy[arm], text: arm })),
      ...here.map(({ number, accuracy }) => ({ arm: /** @type {const} */ ('drawn'), accuracy: accuracy.drawn, text: String(number) })),
    ]);
    const [sentence, basis] = [sketchSentence(last), `One training each, ${last.setting}: an example, not yet evidence.`];
    if (find('.finding').textContent !== sentence + basis) { // it is read out when it is written
      find('.finding').replaceChildren(sentence, element('small', { textContent: basis }));
    }
  }

  return {
    /**
     * The drawings of one setting in the chart, all of them in the table.
     * @param {DrawnMasks | null} shelf @param {string | null} context a name for the setting at hand
     */
    update(shelf, context) {
      const sketches = shelf?.sketches ?? [];
      find('.compared').hidden = sketches.length === 0;
      showNewest(sketches.filter((sketch) => sketch.context === context));
      const next = JSON.stringify([shelf?.key, sketches]);
      if (next === listed) return; // a button in it may have the keyboard
      listed = next;
      find('tbody').replaceChildren(...sketches.toReversed().map((sketch) => tableRow(sketch, () => onOpen(sketch))));
    },
  };
}
