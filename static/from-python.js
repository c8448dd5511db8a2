// Made from the Python package by py/build_steps/generate.py, in each build and check: do not edit.
// @ts-check

/** The four models, in the order in which to show them. */
export const MODELS = ["logistic", "mlp", "cnn", "gru"];

/** The values that each swept setting of the data goes through. */
export const SWEEP_VALUES = {
  "max_translation": [1, 4, 8, 16, 24, 36, 48, 60],
  "corr_noise_scale": [0, 0.1, 0.25, 0.5, 0.75, 1],
  "final_seq_length": [8, 12, 20, 30, 40, 56, 72],
};

/** The presets of the lottery, each with its title. */
export const PRESET_TITLES = {
  "quick": "Quick",
  "paper": "The MNIST-1D paper",
  "frankle-carbin": "Frankle and Carbin",
};

/** What each condition of the analysis changes. */
export const CONDITIONS = {
  "fresh": "the data: made from the next seed, as in all conditions but `search`",
  "reinitialized": "also the initial weights: drawn anew",
  "flipped": "also the inputs' order: reversed",
  "chunked": "also the inputs' order: four chunks of them permuted",
  "shuffled": "also the inputs' order: permuted",
  "late": "also the initial weights: those of the dense network after `late_step` updates",
  "search": "nothing",
};

/** The arms and conditions that the analysis of a ticket runs. */
export const ANALYSIS = [["dense", "fresh"], ["lottery", "fresh"], ["random", "fresh"], ["permuted", "fresh"], ["dense", "reinitialized"], ["lottery", "reinitialized"], ["dense", "flipped"], ["lottery", "flipped"], ["dense", "chunked"], ["lottery", "chunked"], ["dense", "shuffled"], ["lottery", "shuffled"], ["dense", "late"], ["lottery", "late"]];

/** The sparsity that the claims are about. */
export const TARGET_SPARSITY = 0.9;

/** How far from it a ticket may be to count. */
export const TOLERANCE = 0.05;

/** Published test accuracies in percent, by source and by arm or condition. */
export const PUBLISHED_ACCURACY = {
  "figure": {"lottery": 70.6, "reinitialized": 67.3, "dense": 64.0, "shuffled": 63.0, "random": 58.0},
  "rerun": {"lottery": 65.9, "reinitialized": 65.5, "dense": 63.8, "shuffled": 62.8, "random": 60.5},
};

/** How many stages the generator has. */
export const STAGE_COUNT = 9;

/** Settings of the data that no random number depends on. */
export const UNTOUCHED = ["train_split", "scale_coeff", "corr_noise_scale", "iid_noise_scale", "shear_scale", "templates"];

/** The same, while the inputs are in order. */
export const UNTOUCHED_IN_ORDER = ["final_seq_length"];

/**
 * The knobs of the generator: names, meanings and defaults of the reference `get_dataset_args`.
 * @typedef {object} DatasetSpec
 * @property {number} num_samples
 * @property {number} train_split
 * @property {number} template_len
 * @property {[number, number]} padding
 * @property {number} scale_coeff
 * @property {number} max_translation
 * @property {number} corr_noise_scale
 * @property {number} iid_noise_scale
 * @property {number} shear_scale
 * @property {boolean} shuffle_seq
 * @property {number} final_seq_length
 * @property {number} seed
 * @property {string} templates
 */

/**
 * One training of one model, with Adam; a step is one optimiser update on one batch.
 * @typedef {object} TrainSpec
 * @property {string} model
 * @property {DatasetSpec} dataset
 * @property {number} hidden
 * @property {number} steps
 * @property {number} batch_size
 * @property {number} learning_rate
 * @property {number} beta1
 * @property {number} beta2
 * @property {number} eval_every
 * @property {number} seed
 */

/**
 * Iterative magnitude pruning with rewinding (Frankle & Carbin 2019), with its controls.
 * @typedef {object} LotterySpec
 * @property {string} preset
 * @property {DatasetSpec} dataset
 * @property {number} hidden
 * @property {number} steps
 * @property {number} batch_size
 * @property {number} learning_rate
 * @property {number} beta1
 * @property {number} beta2
 * @property {string} schedule
 * @property {number} levels
 * @property {number} prune_fraction
 * @property {number} final_sparsity
 * @property {string} scope
 * @property {boolean} prune_biases
 * @property {string} criterion
 * @property {string} random_mask
 * @property {number} rewind_step
 * @property {number} score_step
 * @property {number} eval_every
 * @property {number} trials
 * @property {number} seed
 */

/**
 * One training of the analysis of a ticket: which network, and what is changed for it.
 * @typedef {object} ArmSpec
 * @property {LotterySpec} lottery
 * @property {number} level
 * @property {string} arm
 * @property {string} condition
 * @property {number} steps
 * @property {number} batch_size
 * @property {number} learning_rate
 * @property {number} eval_every
 * @property {number} late_step
 */

/**
 * One record: a training measured once. A flat row of a results file.
 * @typedef {object} Measurement
 * @property {string} arm
 * @property {number} trial
 * @property {number} level
 * @property {number} step
 * @property {number} sparsity
 * @property {number} train_loss
 * @property {number} train_acc
 * @property {number} test_loss
 * @property {number} test_acc
 * @property {number} best_test_acc
 */

/**
 * A record of a search, with how local the mask of its first layer is, 0 to 1.
 * @typedef {object} SearchMeasurement
 * @property {string} arm
 * @property {number} trial
 * @property {number} level
 * @property {number} step
 * @property {number} sparsity
 * @property {number} train_loss
 * @property {number} train_acc
 * @property {number} test_loss
 * @property {number} test_acc
 * @property {number} best_test_acc
 * @property {number} p2
 * @property {number} p3
 * @property {number} p4
 * @property {number} null2
 * @property {number} null3
 * @property {number} null4
 */

/**
 * A record of the analysis of a ticket.
 * @typedef {object} ArmMeasurement
 * @property {string} arm
 * @property {number} trial
 * @property {number} level
 * @property {number} step
 * @property {number} sparsity
 * @property {number} train_loss
 * @property {number} train_acc
 * @property {number} test_loss
 * @property {number} test_acc
 * @property {number} best_test_acc
 * @property {string} condition
 */

/**
 * A published value, in points of test accuracy; its two sources disagree.
 * @typedef {object} Published
 * @property {number} figure
 * @property {number} rerun
 */

/**
 * What the records say of one claim; without records `mean` is None and `n` is 0.
 * @typedef {object} VerdictRow
 * @property {string} claim
 * @property {string} text
 * @property {string} verdict
 * @property {number} n
 * @property {number | null} mean
 * @property {number | null} low
 * @property {number | null} high
 * @property {string} unit
 * @property {Published | null} published
 */
