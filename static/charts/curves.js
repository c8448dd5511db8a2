// One quantity over training steps, for the training and the test examples.
// @ts-check
import * as Plot from '@observablehq/plot';
import { responsive } from './frame.js';

/** @typedef {import('../protocol.js').Measurement} Measurement */
/** @typedef {{records: Measurement[], steps: number}} Curves */

/**
 * @param {HTMLElement} node
 * @param {{title: string, train: 'train_acc' | 'train_loss', test: 'test_acc' | 'test_loss',
 *   domain?: [number, number], color: string}} options
 */
export function mountCurves(node, { title, train, test, domain, color }) {
  return responsive(node, (/** @type {Curves} */ { records, steps }, width) => {
    const series = [
      { name: 'training', field: train, dash: '4 3' },
      { name: 'test', field: test, dash: undefined },
    ];
    const shown = records.filter((row) => Number.isFinite(row[test]) && Number.isFinite(row[train]));
    const highest = Math.max(1, ...shown.flatMap((row) => [Number(row[train]), row[test]]));
    const last = shown.at(-1);
    const apart = last ? (last[test] - Number(last[train])) / (domain?.[1] ?? highest) : 1;
    const aside = Math.abs(apart) < 0.07 ? (apart > 0 ? -8 : 8) : 0; // labels that would overprint
    return Plot.plot({
      width,
      height: 260,
      marginTop: 32,
      marginLeft: 40,
      marginRight: 62,
      ariaLabel: `${title} by training step`,
      x: { domain: [0, steps], label: 'steps', ticks: 4 },
      y: { domain: domain ?? [0, highest], label: title, grid: true, ticks: 5, nice: !domain },
      marks: [
        ...series.map(({ field, dash }) =>
          Plot.line(shown, { x: 'step', y: field, stroke: color, strokeWidth: 2, strokeDasharray: dash }),
        ),
        ...series.map(({ name, field }) =>
          Plot.text(shown.slice(-1), {
            x: 'step', y: field, text: () => name, textAnchor: 'start', dx: 6, dy: name === 'test' ? aside : -aside,
            fill: color, fontWeight: 600,
          }),
        ),
        Plot.ruleX(shown, Plot.pointerX({ x: 'step', stroke: 'var(--quiet)' })),
        Plot.text(shown, Plot.pointerX({
          px: 'step', frameAnchor: 'top-right', dx: 58, dy: -14, fontVariant: 'tabular-nums',
          text: (/** @type {any} */ row) =>
            `step ${row.step}: training ${row[train].toFixed(2)}, test ${row[test].toFixed(2)}`,
        })),
      ],
    });
  });
}
