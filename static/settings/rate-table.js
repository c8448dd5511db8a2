// The settings of the learned learning rate: a part of table.js, where their form is told.
// @ts-check

/** @type {import('./table.js').Setting[]} */
export const RATE = [
  {
    group: 'rate', name: 'start', label: 'Start', kind: 'number',
    value: 1.5, step: 0.01, help: 'The learning rate of the first training.',
  },
  {
    group: 'rate', name: 'other', label: 'Other start', kind: 'number',
    value: 0.15, min: 0.000001, max: 1000, step: 0.01, help: 'Of a second run beside it.',
  },
  {
    group: 'rate', name: 'steps', label: 'Horizon', kind: 'number',
    value: 200, step: 1, help: 'Steps of each training.',
  },
  {
    group: 'rate', name: 'batch_size', label: 'Batch size', kind: 'number',
    value: 50, step: 1, help: 'Examples per step, in order.',
  },
  {
    group: 'rate', name: 'outer_steps', label: 'Outer steps', kind: 'number',
    value: 50, step: 1, help: 'Updates of the learning rate.',
  },
  {
    group: 'rate', name: 'outer_rate', label: 'Outer rate', kind: 'number',
    value: 0.3, step: 0.01, help: 'The learning rate of the learning rate.',
  },
  {
    group: 'rate', name: 'weights', label: 'Initial weights', kind: 'select', value: 'published',
    options: [
      { value: 'published', label: 'published' },
      { value: 'drawn', label: 'drawn by seed' },
    ],
    help: 'Published: of PyTorch’s seed 0.',
  },
  {
    group: 'rate', name: 'seed', label: 'Seed', kind: 'number',
    value: 0, step: 1, when: ['weights', 'drawn'], help: 'Of the initial weights.',
  },
];
