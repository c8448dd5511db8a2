// Every setting of the page in one table: it makes the controls, the address bar and the jobs'
// arguments. What a value may be beyond this is for Python to say. No behaviour here.
// @ts-check
import { PRESETS, SIZES } from '../from-python.js';
import { CONTRAST } from './contrast-table.js';
import { DESCENT } from './descent-table.js';
import { RATE } from './rate-table.js';

/**
 * @typedef {number | string | boolean} Value
 * @typedef {'dataset' | 'train' | 'sweep' | 'pooling' | 'lottery' | 'arms' | 'grid' | 'rate' | 'contrast' | 'descent'} Group
 */

/**
 * @typedef {object} Setting
 * @property {Group} group
 * @property {string} name the spec's field
 * @property {string} label the control's accessible name
 * @property {Value} value the default
 * @property {'range' | 'number' | 'select' | 'drawing' | 'own'} kind a drawing and one's own data have controls of their own
 * @property {number} [min] @property {number} [max] the ends of a slider, which shows a part of the range; of a
 *   number that no spec has, its range: see limits.js
 * @property {number} [step] of a number
 * @property {{value: Value, label: string}[]} [options] of a select
 * @property {string} help
 * @property {boolean} [more] few people need it: it is one click away
 * @property {[field: string, value: Value]} [when] it has an effect only if that field has that value
 * @property {[field: string, index: number]} [part] it is this entry of that field of the spec, a list
 * @property {string[]} [upTo] settings of its group; it is at most their sum
 */

/** @param {Record<string, string>} labels by value */
const optionsOf = (labels) => Object.entries(labels).map(([value, label]) => ({ value, label }));
const OPTIMIZERS = optionsOf({ adam: 'Adam', momentum: 'SGD with momentum', sgd: 'SGD' });
const INITS = optionsOf({
  default: 'PyTorch’s default', kaiming_uniform: 'Kaiming uniform', kaiming_normal: 'Kaiming normal',
  xavier_uniform: 'Xavier uniform', xavier_normal: 'Xavier normal',
});
const BATCH_ORDERS = optionsOf({ in_order: 'in order', shuffled: 'shuffled', with_replacement: 'with replacement' });

/** @type {Setting[]} */
export const SETTINGS = [
  {
    group: 'dataset', name: 'corr_noise_scale', label: 'Noise', kind: 'range',
    value: 0.25, min: 0, max: 1, step: 0.01,
    help: 'Height of the smooth noise around the digit.',
  },
  {
    group: 'dataset', name: 'max_translation', label: 'Shift', kind: 'range',
    value: 48, min: 1, max: 72, step: 1, upTo: ['template_len', 'padding_high'],
    help: 'The digit starts at one of this many places.',
  },
  {
    group: 'dataset', name: 'final_seq_length', label: 'Resolution', kind: 'range',
    value: 40, min: 8, max: 72, step: 1,
    help: 'Numbers per example: the inputs of the network.',
  },
  {
    group: 'dataset', name: 'iid_noise_scale', label: 'White noise', kind: 'range', more: true,
    value: 0.02, min: 0, max: 0.5, step: 0.01,
    help: 'Height of the noise that is added to every number.',
  },
  {
    group: 'dataset', name: 'scale_coeff', label: 'Scaling', kind: 'range', more: true,
    value: 0.4, min: 0, max: 2, step: 0.01,
    help: 'Each digit’s factor is drawn from a range of this width around one.',
  },
  {
    group: 'dataset', name: 'shear_scale', label: 'Shear', kind: 'range', more: true,
    value: 0.75, min: 0, max: 2, step: 0.01,
    help: 'Each signal’s slope is drawn from a range of this width around zero.',
  },
  {
    group: 'dataset', name: 'padding_low', label: 'Least padding', kind: 'range', more: true,
    value: 36, min: 0, max: 108, step: 1, part: ['padding', 0], upTo: ['padding_high'],
    help: 'Fewest zeros appended to a template.',
  },
  {
    group: 'dataset', name: 'padding_high', label: 'Most padding', kind: 'range', more: true,
    value: 60, min: 0, max: 108, step: 1, part: ['padding', 1],
    help: 'Most zeros appended. With the template’s length: the padded length.',
  },
  {
    group: 'dataset', name: 'template_len', label: 'Template length', kind: 'range', more: true,
    value: 12, min: 2, max: 48, step: 1,
    help: 'Its share of the padded length. The template itself always has twelve points.',
  },
  {
    group: 'dataset', name: 'shuffle_seq', label: 'Order of the numbers', kind: 'select', value: false, more: true,
    options: [
      { value: false, label: 'in order' },
      { value: true, label: 'shuffled' },
    ],
    help: 'Shuffled: the same new order for all examples, so that no neighbours are left.',
  },
  {
    group: 'dataset', name: 'num_samples', label: 'Examples', kind: 'number', more: true,
    value: 5000, step: 10,
    help: 'Of all ten classes; equally many of each.',
  },
  {
    group: 'dataset', name: 'train_split', label: 'Training share', kind: 'range', more: true,
    value: 0.8, min: 0.05, max: 0.95, step: 0.01,
    help: 'Of the examples; the rest is the test set.',
  },
  {
    group: 'dataset', name: 'seed', label: 'Seed of the data', kind: 'number', more: true,
    value: 42, step: 1,
    help: 'The same seed gives the same random numbers.',
  },
  {
    group: 'dataset', name: 'templates', label: 'Drawn templates', kind: 'drawing', value: '',
    help: 'Digit by digit, twelve points each; what is not drawn is as published.',
  },
  {
    group: 'dataset', name: 'source', label: 'Data', kind: 'own', value: '',
    help: 'The name of data of your own; without it, the generator’s.',
  },
  {
    group: 'train', name: 'hidden', label: 'Hidden units', kind: 'number',
    value: 100, step: 1, help: 'In each of the MLP’s hidden layers.',
  },
  {
    group: 'train', name: 'steps', label: 'Steps', kind: 'number',
    value: 2000, step: 1, help: 'Updates, on 100 examples each.',
  },
  {
    group: 'train', name: 'learning_rate', label: 'Learning rate', kind: 'number',
    value: 0.01, step: 0.001, help: 'Of the optimiser.',
  },
  {
    group: 'train', name: 'seed', label: 'Seed', kind: 'number',
    value: 0, step: 1, help: 'Of the initial weights; trial t uses this plus t.',
  },
  {
    group: 'train', name: 'trials', label: 'Trials', kind: 'number',
    value: 1, min: 1, max: 100, step: 1, help: 'Each with its own initial weights.',
  },
  {
    group: 'train', name: 'optimizer', label: 'Optimiser', kind: 'select', value: 'adam', more: true,
    options: OPTIMIZERS,
    help: 'How gradients become updates.',
  },
  {
    group: 'train', name: 'momentum', label: 'Momentum', kind: 'number', more: true,
    value: 0.9, step: 0.01, when: ['optimizer', 'momentum'],
    help: 'Share of the last update that goes on.',
  },
  {
    group: 'train', name: 'weight_decay', label: 'Weight decay', kind: 'number', more: true,
    value: 0, step: 0.001, help: 'This times the weights is added to the gradients (L2).',
  },
  {
    group: 'train', name: 'init', label: 'Initialisation', kind: 'select', value: 'default', more: true,
    options: INITS,
    help: 'How the first weights are drawn; but for PyTorch’s default all biases are 0.',
  },
  {
    group: 'train', name: 'batch_order', label: 'Batches', kind: 'select', value: 'in_order', more: true,
    options: BATCH_ORDERS,
    help: 'In order, as published; shuffled anew in each pass; or each drawn from all examples.',
  },
  {
    group: 'train', name: 'label_noise', label: 'Label noise', kind: 'number', more: true,
    value: 0, step: 0.01, help: 'Share of the training labels that another class replaces.',
  },
  {
    group: 'train', name: 'depth', label: 'Hidden layers', kind: 'number', more: true,
    value: 2, step: 1, help: 'Of the MLP; each after the first adds to the one before it.',
  },
  {
    group: 'train', name: 'early_stop', label: 'Early stop', kind: 'number', more: true,
    value: 0, step: 1,
    help: 'Stop after so many tests in a row without a better test accuracy, which looks at the test set. 0: never.',
  },
  {
    group: 'sweep', name: 'steps', label: 'Steps', kind: 'number',
    value: 1000, step: 1, help: 'Updates per network.',
  },
  {
    group: 'sweep', name: 'trials', label: 'Trials', kind: 'number',
    value: 3, min: 1, max: 100, step: 1, help: 'Each with its own initial weights.',
  },
  {
    group: 'sweep', name: 'seed', label: 'First seed', kind: 'number',
    value: 0, step: 1, help: 'Trial t uses this plus t.',
  },
  {
    group: 'pooling', name: 'equal', label: 'Equal for all sizes', kind: 'select', value: 'steps',
    options: [
      { value: 'steps', label: 'steps' },
      { value: 'epochs', label: 'epochs' },
    ],
    help: 'Published: steps, so that epochs fall from 600 to 12.',
  },
  {
    group: 'pooling', name: 'steps', label: 'Steps', kind: 'number', when: ['equal', 'steps'],
    value: 1000, min: 1, max: 1000000, step: 1, help: 'Updates per network.',
  },
  {
    group: 'pooling', name: 'epochs', label: 'Epochs', kind: 'number', when: ['equal', 'epochs'],
    value: 60, min: 1, max: 10000, step: 1, help: 'Passes over the training set.',
  },
  {
    group: 'pooling', name: 'largest', label: 'Training sets up to', kind: 'select', value: 5000,
    options: SIZES.map((value) => ({ value, label: value.toLocaleString('en') })),
    help: 'Examples; the sizes below it are trained too.',
  },
  {
    group: 'pooling', name: 'trials', label: 'Trials', kind: 'number',
    value: 1, min: 1, max: 100, step: 1, help: 'Each with its own initial weights and data.',
  },
  {
    group: 'pooling', name: 'seed', label: 'First seed', kind: 'number',
    value: 0, min: 0, max: 4294967195, step: 1, help: 'Of the weights; trial t uses this plus t.',
  },
  {
    group: 'lottery', name: 'preset', label: 'Preset', kind: 'select', value: 'quick',
    options: Object.entries(PRESETS).map(([value, { title }]) => ({ value, label: title })),
    help: '',
  },
  {
    group: 'lottery', name: 'hidden', label: 'Hidden units', kind: 'number',
    value: 500, step: 1, help: 'In each hidden layer.',
  },
  {
    group: 'lottery', name: 'steps', label: 'Steps', kind: 'number',
    value: 1000, step: 1, help: 'Updates per network.',
  },
  {
    group: 'lottery', name: 'levels', label: 'Levels', kind: 'number',
    value: 5, step: 1, help: 'Rounds of pruning, one after the other.',
  },
  {
    group: 'lottery', name: 'trials', label: 'Trials', kind: 'number',
    value: 3, step: 1, help: 'Each with its own initial weights.',
  },
  {
    group: 'lottery', name: 'seed', label: 'First seed', kind: 'number',
    value: 0, step: 1, help: 'Trial t uses this plus t.',
  },
  {
    group: 'lottery', name: 'schedule', label: 'Schedule', kind: 'select', value: 'geometric', more: true,
    options: [{ value: 'geometric', label: 'geometric' }, { value: 'linear', label: 'linear' }],
    help: 'Geometric: each level prunes a share of what is left. Linear: equal parts.',
  },
  {
    group: 'lottery', name: 'prune_fraction', label: 'Pruned per level', kind: 'number', more: true,
    value: 0.4, step: 0.01, when: ['schedule', 'geometric'],
    help: 'Share of the remaining weights.',
  },
  {
    group: 'lottery', name: 'final_sparsity', label: 'Final sparsity', kind: 'number', more: true,
    value: 1, step: 0.01,
    help: 'Share of all weights deleted at the last level; a geometric schedule stops there.',
  },
  {
    group: 'lottery', name: 'scope', label: 'Pruned together', kind: 'select', value: 'layer', more: true,
    options: [{ value: 'layer', label: 'each layer' }, { value: 'global', label: 'all layers' }],
    help: 'Where the smallest weights are looked for.',
  },
  {
    group: 'lottery', name: 'prune_biases', label: 'Biases', kind: 'select', value: true, more: true,
    options: [
      { value: true, label: 'pruned too' },
      { value: false, label: 'never pruned' },
    ],
    help: 'What each unit adds to its input.',
  },
  {
    group: 'lottery', name: 'criterion', label: 'Criterion', kind: 'select', value: 'magnitude', more: true,
    options: [
      { value: 'magnitude', label: 'magnitude' },
      { value: 'magnitude_increase', label: 'magnitude increase' },
    ],
    help: 'Prune the weights that are smallest, or that have grown least.',
  },
  {
    group: 'lottery', name: 'random_mask', label: 'Random masks', kind: 'select', value: 'nested', more: true,
    options: [
      { value: 'nested', label: 'nested' },
      { value: 'redrawn', label: 'redrawn' },
    ],
    help: 'Each inside the one before it, or drawn anew.',
  },
  {
    group: 'lottery', name: 'random_counts', label: 'Random counts', kind: 'select', value: 'apart', more: true,
    options: [
      { value: 'apart', label: 'weights, biases' },
      { value: 'together', label: 'both together' },
    ],
    help: 'In each layer a random mask has as many of these as the ticket.',
  },
  {
    group: 'lottery', name: 'rewind_step', label: 'Rewind to', kind: 'number', more: true,
    value: 0, step: 1, help: 'Weights after this many updates; 0: the initial ones.',
  },
  {
    group: 'lottery', name: 'score_step', label: 'Score at', kind: 'number', more: true,
    value: 0, step: 1, help: 'Weights after this many updates; 0: the final ones.',
  },
  {
    group: 'lottery', name: 'batch_size', label: 'Batch size', kind: 'number', more: true,
    value: 100, step: 1, help: 'Examples per update.',
  },
  {
    group: 'lottery', name: 'learning_rate', label: 'Learning rate', kind: 'number', more: true,
    value: 0.01, step: 0.001, help: 'Of the optimiser.',
  },
  {
    group: 'lottery', name: 'beta1', label: 'Beta 1', kind: 'number', more: true,
    value: 0.9, step: 0.01, when: ['optimizer', 'adam'], help: 'Adam’s memory of gradients.',
  },
  {
    group: 'lottery', name: 'beta2', label: 'Beta 2', kind: 'number', more: true,
    value: 0.999, step: 0.001, when: ['optimizer', 'adam'], help: 'Adam’s memory of their squares.',
  },
  {
    group: 'lottery', name: 'eval_every', label: 'Test every', kind: 'number', more: true,
    value: 100, step: 1, help: 'Updates between two tests.',
  },
  {
    group: 'lottery', name: 'optimizer', label: 'Optimiser', kind: 'select', value: 'adam', more: true,
    options: OPTIMIZERS,
    help: 'How gradients become updates.',
  },
  {
    group: 'lottery', name: 'momentum', label: 'Momentum', kind: 'number', more: true,
    value: 0.9, step: 0.01, when: ['optimizer', 'momentum'],
    help: 'Share of the last update that goes on.',
  },
  {
    group: 'lottery', name: 'weight_decay', label: 'Weight decay', kind: 'number', more: true,
    value: 0, step: 0.001, help: 'This times the weights is added to the gradients (L2).',
  },
  {
    group: 'lottery', name: 'init', label: 'Initialisation', kind: 'select', value: 'default', more: true,
    options: INITS,
    help: 'How the first weights are drawn; but for PyTorch’s default all biases are 0.',
  },
  {
    group: 'lottery', name: 'batch_order', label: 'Batches', kind: 'select', value: 'in_order', more: true,
    options: BATCH_ORDERS,
    help: 'In order, as published; shuffled anew in each pass; or each drawn from all examples.',
  },
  {
    group: 'lottery', name: 'label_noise', label: 'Label noise', kind: 'number', more: true,
    value: 0, step: 0.01, help: 'Share of the training labels that another class replaces.',
  },
  {
    group: 'lottery', name: 'depth', label: 'Hidden layers', kind: 'number', more: true,
    value: 2, step: 1, help: 'All are pruned; each after the first adds to the one before it.',
  },
  {
    group: 'arms', name: 'steps', label: 'Steps', kind: 'number',
    value: 500, step: 1, help: 'Updates per network.',
  },
  {
    group: 'arms', name: 'batch_size', label: 'Batch size', kind: 'number',
    value: 100, step: 1, help: 'Examples per update.',
  },
  {
    group: 'arms', name: 'datasets', label: 'Fresh datasets', kind: 'number',
    value: 2, min: 1, max: 100, step: 1, help: 'Each arm is trained on all of them; a trial’s value is their mean.',
  },
  {
    group: 'grid', name: 'trials', label: 'Trials', kind: 'number',
    value: 3, min: 1, max: 100, step: 1, help: 'Each with its own initial weights and ticket.',
  },
  {
    group: 'grid', name: 'seed', label: 'First seed', kind: 'number',
    value: 10, min: 0, max: 4294967295, step: 1, help: 'Trial t uses this plus t.',
  },
  ...DESCENT,
  ...RATE,
  ...CONTRAST,
];
