// The settings of the double descent: a part of table.js, where their form is told.
// @ts-check
import { DESCENT_WIDTHS } from '../from-python.js';

/** The largest widths that a run may go up to: with the next ones it takes much longer. */
const LARGEST = [47, 104, 177, 300];

/** @type {import('./table.js').Setting[]} */
export const DESCENT = [
  {
    group: 'descent', name: 'label_noise', label: 'Label noise', kind: 'range',
    value: 0.15, min: 0, max: 0.4, step: 0.05, help: 'Share of the training labels that are drawn anew, from all ten classes.',
  },
  {
    group: 'descent', name: 'loss', label: 'Loss', kind: 'select', value: 'cross_entropy',
    options: [
      { value: 'cross_entropy', label: 'cross-entropy' },
      { value: 'squared_error', label: 'squared error' },
    ],
    help: 'Squared error: to a vector with a 1 at the label.',
  },
  {
    group: 'descent', name: 'epochs', label: 'Epochs', kind: 'number',
    value: 500, step: 1, help: 'Passes over the 4000 training examples.',
  },
  {
    group: 'descent', name: 'largest', label: 'Widths up to', kind: 'select', value: 104,
    options: LARGEST.map((value) => ({
      value, label: `${value} (${DESCENT_WIDTHS.filter((width) => width <= value).length} networks)`,
    })),
    help: 'Units of each of the two hidden layers.',
  },
  {
    group: 'descent', name: 'trials', label: 'Trials', kind: 'number',
    value: 1, min: 1, max: 100, step: 1, help: 'Each with its own label noise, initial weights and order.',
  },
  {
    group: 'descent', name: 'seed', label: 'First seed', kind: 'number',
    value: 0, step: 1, help: 'Trial t uses this plus t.',
  },
];
