// What the figures of the double descent, the learned learning rate and self-supervised learning compute, as lines
// of Python: see python-figures.js.
// @ts-check
import { DESCENT_DATA, DESCENT_WIDTHS } from '../from-python.js';

/** @typedef {import('./python-figures.js').Parts} Parts */

const SAVES = ['records.json, as the page saves records.'];
const SAVE_FIGURE = `plt.tight_layout()
plt.savefig("figure.png", dpi=150)`;

/** @param {Record<string, any>} settings of the figure; `dataset`: the generator's @returns {Parts} */
export function descentProgram({ largest, trials, seed, dataset, ...same }) {
  return {
    title: 'Double descent: the error of networks by their width, on noisy labels.',
    name: 'double-descent',
    saves: SAVES,
    settings: [
      ['WIDTHS', DESCENT_WIDTHS.filter((width) => width <= largest)], ['TRAINING', same], ['DATASET', { ...dataset, ...DESCENT_DATA }],
      ['TRIALS', trials], ['SEED', seed],
    ],
    compute: `records = []
for trial in range(TRIALS):
    for width in WIDTHS:
        args = {**TRAINING, "width": width, "seed": SEED + trial, "dataset": DATASET}
        records += jobs.run("double_descent", args, tell)["records"]
save({**TRAINING, "trials": TRIALS, "seed": SEED, "dataset": DATASET}, records)
last = [row for row in records if row["epoch"] == TRAINING["epochs"]]
errors = {w: [row["test_error"] for row in last if row["width"] == w] for w in WIDTHS}
print_means({(f"width {w}",): values for w, values in errors.items()}, "test error, %")`,
    draw: `figure, axes = plt.subplots(figsize=(7, 4.5))
for name in ("test_error", "train_error"):
    values = [[row[name] for row in last if row["width"] == w] for w in WIDTHS]
    mean, low, high = np.transpose([interval(one) for one in values])
    axes.plot(WIDTHS, mean, "o-", label=name)
    axes.fill_between(WIDTHS, low, high, alpha=0.2)
axes.set(xlabel="units of each hidden layer", ylabel="error, %", xscale="log")
axes.legend()
${SAVE_FIGURE}`,
  };
}

/** @param {Record<string, any>} settings of the figure, with the \`rates\` of its landscape @returns {Parts} */
export function rateProgram({ rates, start, other, outer_steps: outerSteps, outer_rate: outerRate, ...training }) {
  return {
    title: 'A learned learning rate: the loss of a training by its rate, and two runs on it.',
    name: 'learning-rate',
    saves: SAVES,
    settings: [
      ['TRAINING', training], ['RATES', rates], ['STARTS', [start, other]], ['OUTER', { outer_steps: outerSteps, outer_rate: outerRate }],
    ],
    compute: `landscape = jobs.run("rate_landscape", {**TRAINING, "rates": RATES}, tell)["records"]
learned = []
for start in STARTS:
    made = jobs.run("learn_rate", {**TRAINING, **OUTER, "start": start}, tell)
    learned += [{**row, "start": start} for row in made["records"]]
    last = made["records"][-1]
    print(f"from {start}: rate {last['updated_rate']} after {len(made['records'])} outer steps")
save({**TRAINING, **OUTER, "start": STARTS[0], "other": STARTS[1]}, landscape + learned)`,
    draw: `figure, axes = plt.subplots(figsize=(7, 4.5))
curve = [row for row in landscape if row["loss"] is not None]
axes.plot([row["learning_rate"] for row in curve], [row["loss"] for row in curve], "k.-")
for start in STARTS:
    steps = [row for row in learned if row["start"] == start and row["loss"] is not None]
    axes.plot([row["learning_rate"] for row in steps], [row["loss"] for row in steps], "o", label=f"from {start}")
axes.set(xlabel="learning rate", ylabel="mean loss of the training, nats")
axes.legend()
${SAVE_FIGURE}`,
  };
}

/** @param {Record<string, any>} settings of the figure; `dataset`: the data's @returns {Parts} */
export function contrastProgram({ trials, seed, dataset, ...same }) {
  return {
    title: 'Learning without labels: what probes read off each layer of an encoder.',
    name: 'self-supervised',
    saves: SAVES,
    settings: [['TRAINING', same], ['DATASET', dataset], ['TRIALS', trials], ['SEED', seed]],
    compute: `records = []
for trial in range(TRIALS):
    args = {**TRAINING, "seed": SEED + trial, "dataset": DATASET}
    state = jobs.run("contrast", args, tell)["state"]
    found = jobs.run("probe", {**args, "state": state}, tell)["records"]
    records += [{**row, "trial": trial} for row in found]
save({**TRAINING, "trials": TRIALS, "seed": SEED, "dataset": DATASET}, records)
layers = sorted({row["layer"] for row in records})
linear = {n: [row["linear_acc"] for row in records if row["layer"] == n] for n in layers}
print_means({(f"layer {n}",): values for n, values in linear.items()}, "linear probe, %")`,
    draw: `figure, axes = plt.subplots(figsize=(7, 4.5))
for name in ("linear_acc", "knn_acc"):
    values = [[row[name] for row in records if row["layer"] == n] for n in layers]
    mean, low, high = np.transpose([interval(one) for one in values])
    axes.plot(layers, mean, "o-", label=name)
    axes.fill_between(layers, low, high, alpha=0.2)
axes.set(xlabel="layer", ylabel="test accuracy, %")
axes.legend()
${SAVE_FIGURE}`,
  };
}
