// The settings of self-supervised learning: a part of table.js, where their form is told.
// @ts-check

const PROJECTORS = ['none', '1 layer', '2 layers', '3 layers', '4 layers'];

/** @type {import('./table.js').Setting[]} */
export const CONTRAST = [
  {
    group: 'contrast', name: 'max_roll', label: 'Largest roll', kind: 'range',
    value: 9, min: 0, max: 39, step: 1, help: 'A view is moved by 0 to this many places.',
  },
  {
    group: 'contrast', name: 'projector', label: 'Projector', kind: 'select', value: 2,
    options: PROJECTORS.map((label, value) => ({ value, label })),
    help: 'Linear layers behind the encoder.',
  },
  {
    group: 'contrast', name: 'temperature', label: 'Temperature', kind: 'number',
    value: 0.5, step: 0.05, help: 'Of the loss: the lower, the more the nearest other signals count.',
  },
  {
    group: 'contrast', name: 'epochs', label: 'Epochs', kind: 'number',
    value: 60, step: 1, help: 'Passes over the training signals; published: 200. 0: untrained.',
  },
  {
    group: 'contrast', name: 'trials', label: 'Trials', kind: 'number',
    value: 1, min: 1, max: 100, step: 1, help: 'Each with its own initial weights.',
  },
  {
    group: 'contrast', name: 'seed', label: 'First seed', kind: 'number',
    value: 0, step: 1, help: 'Trial t uses this plus t.',
  },
];
