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

/** The CNNs of the comparison of pooling, in their order. */
export const POOLING = ["no_pool", "stride_2", "max_pool", "avg_pool", "l2_pool"];

/** The sizes of the training set that they are compared over. */
export const SIZES = [1000, 2000, 5000, 10000, 20000, 50000];

/** Examples of the test set in that comparison. */
export const TESTED = 1000;

/** Steps or epochs of the shipped trainings of that comparison, by what is held equal. */
export const POOLING_BUDGETS = {
  "steps": 6000,
  "epochs": 60,
};

/** Published test accuracies of that comparison in percent, by size; one run each. */
export const PUBLISHED_POOLING = {
  "no_pool": [59.2, 82.0, 91.9, 94.3, 94.4, 96.3],
  "stride_2": [57.4, 81.7, 89.9, 91.3, 92.2, 95.4],
  "max_pool": [78.2, 89.2, 94.5, 97.0, 96.8, 98.1],
  "avg_pool": [78.0, 90.0, 94.0, 96.0, 96.2, 97.3],
  "l2_pool": [77.2, 89.9, 95.3, 96.6, 97.8, 97.1],
};

/** The ten published templates, twelve points each. */
export const TEMPLATES = [[0.0, 0.23693955110363696, 0.35540932665545544, 0.4146442144313647, 0.4738791022072739, 0.4738791022072739, 0.4738791022072739, 0.4738791022072739, 0.4146442144313647, 0.35540932665545544, 0.23693955110363696, 0.0], [0.0, -0.36986336072765463, -0.36986336072765463, -0.2958906885821237, -0.22191801643659279, -0.1479453442910618, -0.07397267214553098, 0.0, 0.07397267214553098, 0.1479453442910618, 0.0, 0.0], [0.0, 0.15936381457791915, 0.2390457218668787, 0.2390457218668787, 0.15936381457791915, 0.03984095364447979, -0.03984095364447979, -0.15936381457791915, -0.2390457218668787, -0.2390457218668787, -0.15936381457791915, 0.0], [0.0, 0.26726124191242445, 0.40089186286863665, 0.40089186286863665, 0.26726124191242445, 0.0, 0.0, 0.26726124191242445, 0.40089186286863665, 0.40089186286863665, 0.26726124191242445, 0.0], [0.0, -0.10599978800063593, -0.21199957600127206, -0.317999364001908, -0.42399915200254396, -0.42399915200254396, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0], [0.0, -0.247712448889053, -0.247712448889053, -0.247712448889053, -0.247712448889053, 0.0, 0.1238562244445265, 0.18578433666678976, 0.18578433666678976, 0.1238562244445265, -0.06192811222226325, 0.0], [0.0, -0.23693955110363696, -0.35540932665545544, -0.4146442144313647, -0.4738791022072739, -0.4738791022072739, -0.4738791022072739, -0.4738791022072739, -0.4146442144313647, -0.35540932665545544, -0.23693955110363696, 0.0], [0.0, 0.36986336072765463, 0.36986336072765463, 0.2958906885821236, 0.22191801643659279, 0.1479453442910618, 0.07397267214553098, 0.0, -0.07397267214553098, -0.1479453442910618, 0.0, 0.0], [0.0, -0.26726124191242445, -0.40089186286863665, -0.40089186286863665, -0.26726124191242445, 0.0, 0.0, -0.26726124191242445, -0.40089186286863665, -0.40089186286863665, -0.26726124191242445, 0.0], [0.0, -0.2858309752375147, -0.42874646285627205, -0.42874646285627205, -0.2858309752375147, 0.0, 0.0, 0.0, 0.0, -0.08574929257125435, -0.20008168266626036, 0.0]];

/** The presets of the lottery: title, sentence, spec. */
export const PRESETS = {
  "quick": {"title": "Quick", "sentence": "The whole effect in a minute or two: 500 hidden units and five levels, each pruning 40 % of the remaining weights, to 92 % sparsity.", "spec": {"preset": "quick", "dataset": {"num_samples": 5000, "train_split": 0.8, "template_len": 12, "padding": [36, 60], "scale_coeff": 0.4, "max_translation": 48, "corr_noise_scale": 0.25, "iid_noise_scale": 0.02, "shear_scale": 0.75, "shuffle_seq": false, "final_seq_length": 40, "seed": 42, "templates": "", "source": ""}, "hidden": 500, "steps": 1000, "batch_size": 100, "learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "schedule": "geometric", "levels": 5, "prune_fraction": 0.4, "final_sparsity": 1.0, "scope": "layer", "prune_biases": true, "criterion": "magnitude", "random_mask": "nested", "random_counts": "apart", "rewind_step": 0, "score_step": 0, "eval_every": 100, "trials": 3, "seed": 0, "optimizer": "adam", "momentum": 0.9, "weight_decay": 0.0, "init": "default", "batch_order": "in_order", "label_noise": 0.0, "depth": 2}},
  "quick-small": {"title": "Quick, too narrow", "sentence": "The same with 200 hidden units, to 90 % sparsity: reinitialised, its tickets lose to the dense network. It shows where the claims do not hold.", "spec": {"preset": "quick-small", "dataset": {"num_samples": 5000, "train_split": 0.8, "template_len": 12, "padding": [36, 60], "scale_coeff": 0.4, "max_translation": 48, "corr_noise_scale": 0.25, "iid_noise_scale": 0.02, "shear_scale": 0.75, "shuffle_seq": false, "final_seq_length": 40, "seed": 42, "templates": "", "source": ""}, "hidden": 200, "steps": 1000, "batch_size": 100, "learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "schedule": "geometric", "levels": 5, "prune_fraction": 0.37, "final_sparsity": 1.0, "scope": "layer", "prune_biases": true, "criterion": "magnitude", "random_mask": "nested", "random_counts": "apart", "rewind_step": 0, "score_step": 0, "eval_every": 100, "trials": 3, "seed": 0, "optimizer": "adam", "momentum": 0.9, "weight_decay": 0.0, "init": "default", "batch_order": "in_order", "label_noise": 0.0, "depth": 2}},
  "paper": {"title": "The MNIST-1D paper", "sentence": "The published search: 500 hidden units, 100 trainings from 0 to 100 % sparsity in equal parts, weights scored as they were at step 1000 of 1500, a new random mask each time.", "spec": {"preset": "paper", "dataset": {"num_samples": 5000, "train_split": 0.8, "template_len": 12, "padding": [36, 60], "scale_coeff": 0.4, "max_translation": 48, "corr_noise_scale": 0.25, "iid_noise_scale": 0.02, "shear_scale": 0.75, "shuffle_seq": false, "final_seq_length": 40, "seed": 42, "templates": "", "source": ""}, "hidden": 500, "steps": 1501, "batch_size": 100, "learning_rate": 0.02, "beta1": 0.9, "beta2": 0.999, "schedule": "linear", "levels": 99, "prune_fraction": 0.37, "final_sparsity": 1.0, "scope": "layer", "prune_biases": true, "criterion": "magnitude", "random_mask": "redrawn", "random_counts": "together", "rewind_step": 0, "score_step": 1001, "eval_every": 100, "trials": 2, "seed": 0, "optimizer": "adam", "momentum": 0.9, "weight_decay": 0.0, "init": "default", "batch_order": "in_order", "label_noise": 0.0, "depth": 2}},
  "frankle-carbin": {"title": "Frankle and Carbin", "sentence": "The schedule of the paper that named lottery tickets: 20 % of the remaining weights at each level, biases never pruned.", "spec": {"preset": "frankle-carbin", "dataset": {"num_samples": 5000, "train_split": 0.8, "template_len": 12, "padding": [36, 60], "scale_coeff": 0.4, "max_translation": 48, "corr_noise_scale": 0.25, "iid_noise_scale": 0.02, "shear_scale": 0.75, "shuffle_seq": false, "final_seq_length": 40, "seed": 42, "templates": "", "source": ""}, "hidden": 200, "steps": 1000, "batch_size": 100, "learning_rate": 0.01, "beta1": 0.9, "beta2": 0.999, "schedule": "geometric", "levels": 15, "prune_fraction": 0.2, "final_sparsity": 1.0, "scope": "layer", "prune_biases": false, "criterion": "magnitude", "random_mask": "nested", "random_counts": "apart", "rewind_step": 0, "score_step": 0, "eval_every": 100, "trials": 3, "seed": 0, "optimizer": "adam", "momentum": 0.9, "weight_decay": 0.0, "init": "default", "batch_order": "in_order", "label_noise": 0.0, "depth": 2}},
};

/** What each condition of the analysis changes. */
export const CONDITIONS = {
  "fresh": "the data: made from another seed, as in all conditions but `search`",
  "reinitialized": "also the initial weights: drawn anew",
  "flipped": "also the inputs' order: reversed",
  "chunked": "also the inputs' order: four chunks of them permuted",
  "halves": "also the inputs' order: the two halves swapped, as the published notebook does",
  "shuffled": "also the inputs' order: permuted",
  "late": "also the initial weights: those of the dense network after `late_step` updates",
  "search": "nothing",
};

/** The arms and conditions that the analysis of a ticket runs. */
export const ANALYSIS = [["dense", "fresh"], ["lottery", "fresh"], ["random", "fresh"], ["permuted", "fresh"], ["dense", "reinitialized"], ["lottery", "reinitialized"], ["permuted", "reinitialized"], ["dense", "flipped"], ["lottery", "flipped"], ["dense", "chunked"], ["lottery", "chunked"], ["dense", "halves"], ["lottery", "halves"], ["dense", "shuffled"], ["lottery", "shuffled"], ["dense", "late"], ["lottery", "late"]];

/** The sparsity that the claims are about. */
export const TARGET_SPARSITY = 0.9191919191919192;

/** How far from it a ticket may be to count. */
export const TOLERANCE = 0.05;

/** Published test accuracies on fresh data, in percent: of an arm and of its dense network. */
export const PUBLISHED_ARMS = [{"arm": "lottery", "condition": "fresh", "figure": [70.6, 64.0], "rerun": [65.85, 64.2]}, {"arm": "random", "condition": "fresh", "figure": [58.0, 64.0], "rerun": [59.95, 64.2]}, {"arm": "lottery", "condition": "reinitialized", "figure": [67.3, 64.0], "rerun": [65.5, 63.8]}, {"arm": "lottery", "condition": "shuffled", "figure": [63.0, 64.0], "rerun": [62.8, 63.8]}, {"arm": "lottery", "condition": "flipped", "figure": null, "rerun": [62.8, 63.05]}, {"arm": "lottery", "condition": "halves", "figure": null, "rerun": [61.85, 64.1]}];

/** The settings of the published analysis. */
export const PUBLISHED_SETTINGS = {
  "hidden": 500,
  "steps": 6000,
  "batch_size": 500,
};

/** Where two stored runs of one published dense network end, in percent. */
export const RERUN_DENSE_TWICE = [60.6, 66.4];

/** Pairs of adjacent survivors, as published: the ticket's number through a random mask's. */
export const PUBLISHED_ADJACENT_RATIO = 1.66;

/** The comparisons of the grid of width and sparsity. */
export const COMPARISONS = [{"name": "fresh", "text": "a ticket beats the dense network on fresh data", "more": ["lottery", "fresh"], "less": ["dense", "fresh"]}, {"name": "reinitialized", "text": "a reinitialised ticket still does", "more": ["lottery", "reinitialized"], "less": ["dense", "reinitialized"]}, {"name": "places", "text": "the places of the surviving weights help: they beat the same numbers of weights at random inputs, both reinitialised", "more": ["lottery", "reinitialized"], "less": ["permuted", "reinitialized"]}];

/** The cells of that grid. */
export const CELLS = [{"hidden": 100, "sparsity": 0.6, "survivors": 0}, {"hidden": 100, "sparsity": 0.8, "survivors": 0}, {"hidden": 100, "sparsity": 0.9, "survivors": 0}, {"hidden": 100, "sparsity": 0.95, "survivors": 0}, {"hidden": 100, "sparsity": 0.98, "survivors": 0}, {"hidden": 100, "sparsity": 0.6712689020381328, "survivors": 5000}, {"hidden": 200, "sparsity": 0.6, "survivors": 0}, {"hidden": 200, "sparsity": 0.8, "survivors": 0}, {"hidden": 200, "sparsity": 0.9, "survivors": 0}, {"hidden": 200, "sparsity": 0.95, "survivors": 0}, {"hidden": 200, "sparsity": 0.98, "survivors": 0}, {"hidden": 200, "sparsity": 0.9008133306883555, "survivors": 5000}, {"hidden": 200, "sparsity": 0.6032533227534219, "survivors": 20000}, {"hidden": 200, "sparsity": 0.4643919857171196, "survivors": 27000}, {"hidden": 300, "sparsity": 0.6, "survivors": 0}, {"hidden": 300, "sparsity": 0.8, "survivors": 0}, {"hidden": 300, "sparsity": 0.9, "survivors": 0}, {"hidden": 300, "sparsity": 0.95, "survivors": 0}, {"hidden": 300, "sparsity": 0.98, "survivors": 0}, {"hidden": 300, "sparsity": 0.9526559984849919, "survivors": 5000}, {"hidden": 300, "sparsity": 0.8106239939399678, "survivors": 20000}, {"hidden": 300, "sparsity": 0.7443423918189566, "survivors": 27000}, {"hidden": 500, "sparsity": 0.6, "survivors": 0}, {"hidden": 500, "sparsity": 0.8, "survivors": 0}, {"hidden": 500, "sparsity": 0.9, "survivors": 0}, {"hidden": 500, "sparsity": 0.95, "survivors": 0}, {"hidden": 500, "sparsity": 0.98, "survivors": 0}, {"hidden": 500, "sparsity": 0.9818847143219449, "survivors": 5000}, {"hidden": 500, "sparsity": 0.9275388572877794, "survivors": 20000}, {"hidden": 500, "sparsity": 0.9021774573385022, "survivors": 27000}, {"hidden": 800, "sparsity": 0.6, "survivors": 0}, {"hidden": 800, "sparsity": 0.8, "survivors": 0}, {"hidden": 800, "sparsity": 0.9, "survivors": 0}, {"hidden": 800, "sparsity": 0.95, "survivors": 0}, {"hidden": 800, "sparsity": 0.98, "survivors": 0}, {"hidden": 800, "sparsity": 0.9926644268716714, "survivors": 5000}, {"hidden": 800, "sparsity": 0.9706577074866859, "survivors": 20000}, {"hidden": 800, "sparsity": 0.960387905107026, "survivors": 27000}];

/** The fresh datasets that a cell is tried on. */
export const FRESH_SEEDS = [1, 2, 3];

/** Fields younger than some links, with the value that asks for what was always done. */
export const YOUNGER = {
  "templates": "",
  "source": "",
  "random_counts": "together",
  "fresh_seed": 1,
  "optimizer": "adam",
  "momentum": 0.9,
  "weight_decay": 0.0,
  "init": "default",
  "batch_order": "in_order",
  "label_noise": 0.0,
  "depth": 2,
  "early_stop": 0,
};

/** Published learning rates after outer steps counted from 0, by where they started. */
export const PUBLISHED_RATES = [{"start": 1.5, "learned": {"3": 1.259, "9": 0.9111, "15": 0.7606, "30": 0.6482, "48": 0.6243}}, {"start": 0.15, "learned": {"3": 0.4909, "9": 0.5689, "15": 0.5965, "30": 0.6166, "48": 0.6203}}];

/** The widths of the double descent, in units of a hidden layer. */
export const DESCENT_WIDTHS = [2, 3, 4, 5, 7, 9, 12, 16, 21, 27, 36, 47, 61, 80, 104, 135, 177, 230, 300];

/** The sizes of its data: of all examples, and the share to train on. */
export const DESCENT_DATA = {
  "num_samples": 16000,
  "train_split": 0.25,
};

/** Published test errors of it in percent, in the order of the widths, by label noise. */
export const PUBLISHED_ERRORS = [{"label_noise": 0.0, "errors": [68.53, 66.83, 58.27, 61.37, 54.2, 49.33, 50.08, 44.55, 42.63, 41.02, 41.66, 41.01, 41.24, 39.59, 38.61, 38.58, 38.09, 37.1, 37.25]}, {"label_noise": 0.15, "errors": [69.59, 67.5, 62.55, 57.45, 54.8, 48.97, 50.28, 47.24, 50.84, 50.69, 52.8, 54.05, 54.02, 52.08, 50.23, 48.39, 47.88, 46.54, 45.47]}];

/** The same of its CNN with label noise, by the filters of a convolution. */
export const PUBLISHED_CNN_ERRORS = {
  2: 61.2,
  4: 35.78,
  6: 23.87,
  8: 21.95,
  10: 19.64,
  12: 23.7,
  14: 27.74,
  16: 27.29,
  18: 33.8,
  20: 32.48,
  22: 31.34,
  24: 32.03,
  28: 32.46,
  35: 30.17,
  50: 28.67,
  70: 28.83,
  100: 27.66,
};

/** Percent of training error below which a network fits its data. */
export const FITTED = 0.5;

/** Self-supervised networks: how many linear layers a projector has. */
export const PROJECTORS = {
  "default": 2,
  "none": 0,
  "deep": 4,
};

/** The layer of an encoder that is called H, counted from 1. */
export const ENCODER_LAYERS = 3;

/** Published linear accuracies by layer, in percent, by the projector's linear layers. */
export const PUBLISHED_LINEAR = {
  2: [75.1, 80.9, 82.1, 76.1, 75.0],
  0: [82.2, 79.5, 53.4],
  4: [75.9, 82.4, 79.5, 77.3, 72.8, 65.0, 61.1],
};

/** The same of the signals themselves, linear and nearest neighbours, and of a last layer. */
export const PUBLISHED_SIGNAL = {
  "linear_acc": 32.8,
  "knn_acc": 59.6,
  "last_knn_acc": 74.1,
};

/** The range of each number that a spec has: see validation.Limits. */
export const LIMITS = {
  "dataset": {"num_samples": {"low": 10, "high": 1000000, "open": false}, "train_split": {"low": 0, "high": 1, "open": false}, "template_len": {"low": 1, "high": 10000, "open": false}, "scale_coeff": {"low": 0, "high": 1000.0, "open": false}, "max_translation": {"low": 1, "high": 20000, "open": false}, "corr_noise_scale": {"low": 0, "high": 1000.0, "open": false}, "iid_noise_scale": {"low": 0, "high": 1000.0, "open": false}, "shear_scale": {"low": 0, "high": 1000.0, "open": false}, "final_seq_length": {"low": 2, "high": 10000, "open": false}, "seed": {"low": 0, "high": 4294967295, "open": false}},
  "train": {"hidden": {"low": 1, "high": 2000, "open": false}, "steps": {"low": 1, "high": 1000000000, "open": false}, "batch_size": {"low": 1, "high": 1000000, "open": false}, "learning_rate": {"low": 0, "high": null, "open": true}, "beta1": {"low": 0, "high": 0.9999, "open": false}, "beta2": {"low": 0, "high": 0.999999, "open": false}, "eval_every": {"low": 1, "high": 1000000000, "open": false}, "seed": {"low": 0, "high": 4294967295, "open": false}, "momentum": {"low": 0, "high": 0.9999, "open": false}, "weight_decay": {"low": 0, "high": 1, "open": false}, "label_noise": {"low": 0, "high": 1, "open": false}, "depth": {"low": 1, "high": 4, "open": false}, "early_stop": {"low": 0, "high": 1000, "open": false}},
  "lottery": {"hidden": {"low": 1, "high": 2000, "open": false}, "steps": {"low": 1, "high": 1000000000, "open": false}, "batch_size": {"low": 1, "high": 1000000, "open": false}, "learning_rate": {"low": 0, "high": null, "open": true}, "beta1": {"low": 0, "high": 0.9999, "open": false}, "beta2": {"low": 0, "high": 0.999999, "open": false}, "levels": {"low": 1, "high": 100, "open": false}, "prune_fraction": {"low": 0, "high": 1, "open": true}, "final_sparsity": {"low": 0, "high": 1, "open": false}, "rewind_step": {"low": 0, "high": 1000000000, "open": false}, "score_step": {"low": 0, "high": 1000000000, "open": false}, "eval_every": {"low": 1, "high": 1000000000, "open": false}, "trials": {"low": 1, "high": 1000, "open": false}, "seed": {"low": 0, "high": 4294967295, "open": false}, "momentum": {"low": 0, "high": 0.9999, "open": false}, "weight_decay": {"low": 0, "high": 1, "open": false}, "label_noise": {"low": 0, "high": 1, "open": false}, "depth": {"low": 1, "high": 4, "open": false}},
  "arms": {"level": {"low": 1, "high": 100, "open": false}, "steps": {"low": 1, "high": 1000000000, "open": false}, "batch_size": {"low": 1, "high": 1000000, "open": false}, "learning_rate": {"low": 0, "high": null, "open": false}, "eval_every": {"low": 1, "high": 1000000000, "open": false}, "late_step": {"low": 1, "high": 1000000000, "open": false}, "fresh_seed": {"low": 1, "high": 1000, "open": false}},
  "rate": {"steps": {"low": 1, "high": 5000, "open": false}, "batch_size": {"low": 1, "high": 4000, "open": false}, "seed": {"low": 0, "high": 4294967295, "open": false}, "start": {"low": 0, "high": 1000.0, "open": true}, "outer_rate": {"low": 0, "high": 1000.0, "open": false}, "outer_steps": {"low": 1, "high": 1000, "open": false}},
  "contrast": {"projector": {"low": 0, "high": 4, "open": false}, "temperature": {"low": 0.01, "high": 100, "open": false}, "max_roll": {"low": 0, "high": 10000, "open": false}, "slope": {"low": 0, "high": 100, "open": false}, "offset": {"low": 0, "high": 100, "open": false}, "epochs": {"low": 0, "high": 100000, "open": false}, "batch_size": {"low": 2, "high": 2000, "open": false}, "learning_rate": {"low": 0, "high": null, "open": true}, "seed": {"low": 0, "high": 4294967295, "open": false}},
  "descent": {"width": {"low": 1, "high": 500, "open": false}, "label_noise": {"low": 0, "high": 1, "open": false}, "epochs": {"low": 1, "high": 5000, "open": false}, "learning_rate": {"low": 0, "high": null, "open": true}, "momentum": {"low": 0, "high": 0.9999, "open": false}, "batch_size": {"low": 1, "high": 10000, "open": false}, "seed": {"low": 0, "high": 4294967295, "open": false}},
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
 * @property {string} source
 */

/**
 * One training of one model; a step is one optimiser update on one batch.
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
 * @property {string} optimizer
 * @property {number} momentum
 * @property {number} weight_decay
 * @property {string} init
 * @property {string} batch_order
 * @property {number} label_noise
 * @property {number} depth
 * @property {number} early_stop
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
 * @property {string} random_counts
 * @property {number} rewind_step
 * @property {number} score_step
 * @property {number} eval_every
 * @property {number} trials
 * @property {number} seed
 * @property {string} optimizer
 * @property {number} momentum
 * @property {number} weight_decay
 * @property {string} init
 * @property {string} batch_order
 * @property {number} label_noise
 * @property {number} depth
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
 * @property {number} fresh_seed
 */

/**
 * Where a search goes on: the `level` that is finished, and the packed mask of the next.
 * @typedef {object} Checkpoint
 * @property {number} level
 * @property {Uint8Array | string | null} next_mask
 * @property {any} records
 */

/**
 * A learning rate, learned from `start` on by SGD on L with the rate `outer_rate`.
 * @typedef {object} RateSpec
 * @property {number} steps
 * @property {number} batch_size
 * @property {string} weights
 * @property {number} seed
 * @property {number} start
 * @property {number} outer_rate
 * @property {number} outer_steps
 */

/**
 * A training of an encoder by SimCLR (Chen et al. 2020): without labels, on pairs of views.
 * @typedef {object} ContrastSpec
 * @property {DatasetSpec} dataset
 * @property {number} projector
 * @property {number} temperature
 * @property {number} max_roll
 * @property {number} slope
 * @property {number} offset
 * @property {number} epochs
 * @property {number} batch_size
 * @property {number} learning_rate
 * @property {number} seed
 * @property {string} negatives
 */

/**
 * One training of a network inputs-width-width-classes by SGD with momentum.
 * @typedef {object} DescentSpec
 * @property {number} width
 * @property {number} label_noise
 * @property {number} epochs
 * @property {string} loss
 * @property {DatasetSpec} dataset
 * @property {number} learning_rate
 * @property {number} momentum
 * @property {number} batch_size
 * @property {number} seed
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
 * @property {number} fresh_seed
 */

/**
 * A published difference, in points of test accuracy; its two sources disagree.
 * @typedef {object} Published
 * @property {number | null} figure
 * @property {number | null} rerun
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

/**
 * What one cell of width and sparsity says of one comparison; see lottery/grid.py.
 * @typedef {object} GridRow
 * @property {number} hidden
 * @property {number} sparsity
 * @property {number} survivors
 * @property {string} comparison
 * @property {number} n
 * @property {number} mean
 * @property {number | null} low
 * @property {number | null} high
 */

/**
 * From which width on one comparison holds, at a sparsity or a number of survivors.
 * @typedef {object} GridHolds
 * @property {string} comparison
 * @property {number | null} sparsity
 * @property {number} survivors
 * @property {number | null} hidden
 * @property {number[]} widths
 * @property {number[]} of
 */

/**
 * A dataset, a digit of it, and the place of an example among those of its digit.
 * @typedef {object} StagesArgs
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
 * @property {string} source
 * @property {number} digit
 * @property {number} example
 */

/**
 * A dataset, and the form of its file.
 * @typedef {object} ExportArgs
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
 * @property {string} source
 * @property {string} form
 */

/**
 * The bytes of a dataset's file.
 * @typedef {object} FileArgs
 * @property {Uint8Array | string} file
 */

/**
 * A data file, if there is one a second with the test part, and what is made of them.
 * @typedef {object} PrepareArgs
 * @property {Uint8Array | string} file
 * @property {string} name
 * @property {Uint8Array | string | null} test_file
 * @property {string} test_name
 * @property {string} column
 * @property {number} length
 * @property {string} centring
 * @property {string} split
 * @property {number} train_share
 * @property {number} seed
 */

/**
 * Prepared data: bytes that `prepare_data` returned, and the name that they shall have.
 * @typedef {object} OpenArgs
 * @property {Uint8Array | string} data
 * @property {string} source
 */

/**
 * A training; in parts also `until` which step, and the `state` of the part before.
 * @typedef {object} TrainArgs
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
 * @property {string} optimizer
 * @property {number} momentum
 * @property {number} weight_decay
 * @property {string} init
 * @property {string} batch_order
 * @property {number} label_noise
 * @property {number} depth
 * @property {number} early_stop
 * @property {Uint8Array | string | null} state
 * @property {number | null} until
 */

/**
 * A network, and the place of a test example.
 * @typedef {object} InspectArgs
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
 * @property {string} optimizer
 * @property {number} momentum
 * @property {number} weight_decay
 * @property {string} init
 * @property {string} batch_order
 * @property {number} label_noise
 * @property {number} depth
 * @property {number} early_stop
 * @property {Uint8Array | string | null} state
 * @property {Uint8Array | string | null} weights
 * @property {number} example
 */

/**
 * A network, and a signal: numbers in the order of the network's inputs.
 * @typedef {object} ClassifyArgs
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
 * @property {string} optimizer
 * @property {number} momentum
 * @property {number} weight_decay
 * @property {string} init
 * @property {string} batch_order
 * @property {number} label_noise
 * @property {number} depth
 * @property {number} early_stop
 * @property {Uint8Array | string | null} state
 * @property {Uint8Array | string | null} weights
 * @property {ArrayLike<number>} x
 */

/**
 * A network of a training: from its `state`, from `weights` alone, or before any step.
 * @typedef {object} NetworkArgs
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
 * @property {string} optimizer
 * @property {number} momentum
 * @property {number} weight_decay
 * @property {string} init
 * @property {string} batch_order
 * @property {number} label_noise
 * @property {number} depth
 * @property {number} early_stop
 * @property {Uint8Array | string | null} state
 * @property {Uint8Array | string | null} weights
 */

/**
 * The bytes of a network's file.
 * @typedef {object} WeightsFileArgs
 * @property {Uint8Array | string} file
 */

/**
 * A search, and the `checkpoint` that it goes on from; `found` is an older name of that.
 * @typedef {object} LotteryArgs
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
 * @property {string} random_counts
 * @property {number} rewind_step
 * @property {number} score_step
 * @property {number} eval_every
 * @property {number} trials
 * @property {number} seed
 * @property {string} optimizer
 * @property {number} momentum
 * @property {number} weight_decay
 * @property {string} init
 * @property {string} batch_order
 * @property {number} label_noise
 * @property {number} depth
 * @property {Checkpoint | null} checkpoint
 * @property {Checkpoint | null} found
 */

/**
 * The arguments of a job that takes none.
 * @typedef {object} NoArgs
 */

/**
 * A ticket, and the number of fresh datasets that each arm is trained on.
 * @typedef {object} PlanArmsArgs
 * @property {LotterySpec} lottery
 * @property {number} level
 * @property {string} arm
 * @property {string} condition
 * @property {number} steps
 * @property {number} batch_size
 * @property {number} learning_rate
 * @property {number} eval_every
 * @property {number} late_step
 * @property {number} fresh_seed
 * @property {number} datasets
 */

/**
 * A training of the analysis, and the packed `mask` that it needs: the ticket of the level.
 * @typedef {object} TicketArgs
 * @property {LotterySpec} lottery
 * @property {number} level
 * @property {string} arm
 * @property {string} condition
 * @property {number} steps
 * @property {number} batch_size
 * @property {number} learning_rate
 * @property {number} eval_every
 * @property {number} late_step
 * @property {number} fresh_seed
 * @property {Uint8Array | string | null} mask
 */

/**
 * A first layer: hidden * inputs entries of 0 and 1, unit by unit, and how many a unit has.
 * @typedef {object} AdjacencyArgs
 * @property {Uint8Array | string} mask
 * @property {number} inputs
 */

/**
 * The records of a search, and those of the analysis of its tickets.
 * @typedef {object} VerdictArgs
 * @property {object[]} search
 * @property {object[]} arms
 */

/**
 * A cell of the grid, or any other like it, and how many trials of it.
 * @typedef {object} CellSpec
 * @property {number} hidden
 * @property {number} sparsity
 * @property {number} survivors
 * @property {number} trials
 * @property {number} seed
 */

/**
 * Finished trainings of cells, as grid.judge has them.
 * @typedef {object} JudgeArgs
 * @property {object[]} records
 */

/**
 * A training, and the learning rates to run it with.
 * @typedef {object} LandscapeArgs
 * @property {number} steps
 * @property {number} batch_size
 * @property {string} weights
 * @property {number} seed
 * @property {number[]} rates
 */

/**
 * Trainings of seeds, each with its own best rate and with those of others: see claims.py.
 * @typedef {object} JudgeRatesArgs
 * @property {object[]} records
 */

/**
 * Records of trainings that differ in width, seed, epoch and label noise alone.
 * @typedef {object} DescentVerdictArgs
 * @property {any} records
 */

/**
 * What the settings choose of ours.
 * @typedef {object} HooksArgs
 * @property {string} criterion
 * @property {string} schedule
 */

/**
 * A training; in parts also `until` which epoch, and the `state` of the part before.
 * @typedef {object} ContrastArgs
 * @property {DatasetSpec} dataset
 * @property {number} projector
 * @property {number} temperature
 * @property {number} max_roll
 * @property {number} slope
 * @property {number} offset
 * @property {number} epochs
 * @property {number} batch_size
 * @property {number} learning_rate
 * @property {number} seed
 * @property {string} negatives
 * @property {Uint8Array | string | null} state
 * @property {number | null} until
 */

/**
 * An encoder, and which of its layers to probe: all, or one, 0 for the signals themselves.
 * @typedef {object} ProbeArgs
 * @property {DatasetSpec} dataset
 * @property {number} projector
 * @property {number} temperature
 * @property {number} max_roll
 * @property {number} slope
 * @property {number} offset
 * @property {number} epochs
 * @property {number} batch_size
 * @property {number} learning_rate
 * @property {number} seed
 * @property {string} negatives
 * @property {Uint8Array | string | null} state
 * @property {Uint8Array | string | null} weights
 * @property {number | null} layer
 */

/**
 * An encoder, the place of a test signal, and how many neighbours of it to find.
 * @typedef {object} NeighbourArgs
 * @property {DatasetSpec} dataset
 * @property {number} projector
 * @property {number} temperature
 * @property {number} max_roll
 * @property {number} slope
 * @property {number} offset
 * @property {number} epochs
 * @property {number} batch_size
 * @property {number} learning_rate
 * @property {number} seed
 * @property {string} negatives
 * @property {Uint8Array | string | null} state
 * @property {Uint8Array | string | null} weights
 * @property {number} example
 * @property {number} count
 */

/**
 * Records of `probe`, each with its trial and the name of its arm.
 * @typedef {object} JudgeProbesArgs
 * @property {object[]} records
 */

/**
 * What each job takes; all of it may be left out.
 * @typedef {object} JobArguments
 * @property {Partial<DatasetSpec>} dataset
 * @property {Partial<DatasetSpec>} digits
 * @property {Partial<DatasetSpec>} parts
 * @property {Partial<StagesArgs>} stages
 * @property {Partial<DatasetSpec>} overview
 * @property {Partial<DatasetSpec>} outlines
 * @property {Partial<ExportArgs>} export
 * @property {Partial<DatasetSpec>} code
 * @property {Partial<FileArgs>} read_dataset
 * @property {Partial<PrepareArgs>} prepare_data
 * @property {Partial<OpenArgs>} open_data
 * @property {Partial<TrainArgs>} train
 * @property {Partial<InspectArgs>} inspect
 * @property {Partial<ClassifyArgs>} classify
 * @property {Partial<NetworkArgs>} weights
 * @property {Partial<NetworkArgs>} weights_code
 * @property {Partial<WeightsFileArgs>} read_weights
 * @property {Partial<LotteryArgs>} lottery
 * @property {Partial<LotterySpec>} plan
 * @property {Partial<NoArgs>} presets
 * @property {Partial<LotterySpec>} calibrate
 * @property {Partial<PlanArmsArgs>} plan_arms
 * @property {Partial<TicketArgs>} arm
 * @property {Partial<TicketArgs>} masks
 * @property {Partial<AdjacencyArgs>} adjacency
 * @property {Partial<TicketArgs>} ticket
 * @property {Partial<VerdictArgs>} verdict
 * @property {Partial<CellSpec>} plan_cell
 * @property {Partial<JudgeArgs>} judge_cells
 * @property {Partial<RateSpec>} learn_rate
 * @property {Partial<LandscapeArgs>} rate_landscape
 * @property {Partial<JudgeRatesArgs>} judge_rates
 * @property {Partial<DescentSpec>} double_descent
 * @property {Partial<DescentVerdictArgs>} descent_verdict
 * @property {Partial<HooksArgs>} hooks
 * @property {Partial<ContrastArgs>} contrast
 * @property {Partial<ProbeArgs>} probe
 * @property {Partial<NeighbourArgs>} neighbours
 * @property {Partial<JudgeProbesArgs>} judge_probes
 */
