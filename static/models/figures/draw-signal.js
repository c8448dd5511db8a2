// Within “Look inside”: the pad on which the visitor draws a signal, and what the drawing can start from.
// What the networks say to it is the figure's.
// @ts-check
import { element } from '../../ui/dom.js';
import { mountDigitButtons } from '../charts/digit-buttons.js';
import { mountSignalPadChart } from '../charts/signal-pad.js';

/** @typedef {import('../drawn-signal.js').DrawnSignal} DrawnSignal */
/** @typedef {import('../inside-run.js').Outlines} Outlines */

/**
 * @param {{pad: HTMLElement, from: HTMLElement}} places @param {DrawnSignal} drawing
 * @param {{example: () => ArrayLike<number>, onChange: () => void}} options the chosen test example
 */
export function mountDrawSignal({ pad, from: place }, drawing, { example, onChange }) {
  /** @type {Outlines | null} */ let outlines = null; // until they have arrived
  let classes = 10; // of them
  const chart = mountSignalPadChart(pad, {
    draw: (from, to) => changed(() => drawing.draw(from, to)),
    move: (index, value) => changed(() => drawing.move(index, value)),
  });
  const restart = (/** @type {ArrayLike<number>} */ values) => changed(() => drawing.startFrom(values));
  const again = element('button', { type: 'button', className: 'plain small', textContent: 'Start from the test example' });
  again.addEventListener('click', () => restart(example()));
  const digits = element('div', { className: 'digits' });
  const buttons = mountDigitButtons(digits, (digit) => {
    if (!outlines) return;
    const length = outlines.x.length / classes;
    restart(outlines.x.slice(digit * length, (digit + 1) * length));
  }, (digit) => `Start from a ${digit}`);
  place.append(
    element('p', { className: 'note', textContent: 'Draw from top to bottom. Keys: up and down choose a number, left and right move it.' }),
    again, element('p', { className: 'title', textContent: 'Or start from a digit:' }), digits,
  );

  /** @param {() => void} change */
  function changed(change) {
    change();
    chart.update(drawing);
    onChange();
  }
  return {
    restart,
    /** @param {Outlines} arrived of the data that the networks were trained on @param {string[]} [names] of their classes, of digits none */
    take(arrived, names) {
      outlines = arrived;
      classes = names?.length ?? 10;
      buttons.update(outlines.template, names);
    },
  };
}
