// What each figure computes, as lines of Python: its settings, its jobs, its picture. They call the package's
// own jobs and compute nothing beside them. What takes tickets apart is in python-arms.js.
// @ts-check
import { MODELS } from '../from-python.js';
import { armsProgram, gridProgram } from './python-arms.js';
import { contrastProgram, descentProgram, rateProgram } from './python-experiments.js';
import { poolingProgram } from './python-pooling.js';

/** @typedef {'dataset' | 'training' | 'sweep' | 'pooling' | 'search' | 'adjacency' | 'arms' | 'grid' | 'descent' | 'rate' | 'contrast'} FigureName */
/**
 * A figure with its settings as they are now; `source` names data of one's own that they are about.
 * @typedef {{figure: FigureName, settings: Record<string, any>, source?: string}} Wanted
 */
/**
 * The parts of a program.
 * @typedef {object} Parts
 * @property {string} title one sentence
 * @property {string} name of the records
 * @property {string[]} saves which files it saves, the end of a sentence
 * @property {[name: string, value: unknown][]} settings constants of the program
 * @property {string} compute lines that make `spec` and `records`, save them and print means
 * @property {string} draw lines that draw the figure
 */

const RECORDS = ['records.json, which the page opens.'];
const LAST = `plt.tight_layout()
plt.savefig("figure.png", dpi=150)`;

/** @param {Record<string, any>} settings `lines`: of the job \`code\`; `dataset`: its spec @returns {Parts} */
function dataset({ lines, dataset: spec }) {
  const keep = spec.source ? '' : `
made = jobs.run("export", {**SPEC, "form": "npz"})
Path("dataset.npz").write_bytes(made["file"].tobytes())`;
  return {
    title: 'The dataset: one signal of each class, and what the classes are like.',
    name: 'dataset',
    saves: [spec.source ? 'nothing else: it reads the file that the page saves as Dataset NPZ.' : 'dataset.npz, which the page opens.'],
    settings: [['SPEC', spec]],
    compute: `${lines.trim()}${keep}
classes = np.unique(y)
print_means({(f"class {c}",): x[y == c].mean(axis=1) for c in classes}, "mean of a signal")
print(f"{len(y)} examples to train on, {len(y_test)} to test")`,
    draw: `columns = min(10, len(classes))
figure, axes = plt.subplots(-(-len(classes) // columns), columns, figsize=(12, 2.4), squeeze=False)
for one in axes.flat:
    one.axis("off")
for one, c in zip(axes.flat, classes):
    signal = x[y == c][0]
    one.plot(signal, -np.arange(len(signal)))
    one.set_title(str(c))
${LAST}`,
  };
}

/** @param {Record<string, any>} settings of all networks, with `eval_every` and `trials` @returns {Parts} */
function training({ trials, seed, hidden, depth, dataset: data, ...train }) {
  return {
    title: 'Four models, on the data and on their shuffled twin.',
    name: 'training',
    saves: RECORDS,
    settings: [['TRAIN', train], ['OF_MLP', { hidden, depth }], ['DATASET', data], ['TRIALS', trials], ['SEED', seed], ['MODELS', MODELS]],
    compute: `MEASURED = ("step", "train_loss", "train_acc", "test_loss", "test_acc")
records = []
for trial in range(TRIALS):
    for model in MODELS:
        for condition in ("plain", "shuffled"):
            args = {**TRAIN, **(OF_MLP if model == "mlp" else {}), "model": model, "seed": SEED + trial}
            args["dataset"] = {**DATASET, "shuffle_seq": condition == "shuffled"}
            label = {"arm": model, "condition": condition, "trial": trial}
            for row in jobs.run("train", args, tell)["records"]:
                records.append({**label, **{name: row[name] for name in MEASURED}})
save({**TRAIN, **OF_MLP, "seed": SEED, "trials": TRIALS, "dataset": DATASET}, records)
last = [row for row in records if row["step"] == TRAIN["steps"]]
print_means(grouped(last, "arm", "condition"))`,
    draw: `figure, axes = plt.subplots(1, 2, figsize=(10, 4), sharey=True)
for one, condition in zip(axes, ("plain", "shuffled")):
    for model in MODELS:
        rows = [row for row in records if (row["arm"], row["condition"]) == (model, condition)]
        means = {step: interval(values) for (step,), values in grouped(rows, "step").items()}
        mean, low, high = np.transpose(list(means.values()))
        one.plot(list(means), mean, label=model)
        one.fill_between(list(means), low, high, alpha=0.2)
    one.set(title=condition, xlabel="step")
axes[0].set_ylabel("test accuracy, %")
axes[0].legend()
${LAST}`,
  };
}

/** @param {Record<string, any>} settings `field` and its `values`; `dataset`, `steps`, `trials`, `seed` @returns {Parts} */
function sweep({ field, values, dataset: data, steps, trials, seed }) {
  return {
    title: `When convolution helps: four models as ${field} moves.`,
    name: 'sweep',
    saves: RECORDS,
    settings: [
      ['FIELD', field], ['VALUES', values], ['DATASET', data], ['STEPS', steps], ['TRIALS', trials], ['SEED', seed], ['MODELS', MODELS],
    ],
    compute: `records = []
for trial in range(TRIALS):
    for value in VALUES:
        for model in MODELS:
            args = {"model": model, "steps": STEPS, "eval_every": STEPS, "seed": SEED + trial}
            args["dataset"] = {**DATASET, FIELD: value}
            last = jobs.run("train", args, tell)["records"][-1]
            accuracy = {name: last[name] for name in ("test_acc", "train_acc")}
            records.append({"arm": model, "field": FIELD, "value": value, "trial": trial, **accuracy})
save({"steps": STEPS, "trials": TRIALS, "seed": SEED, "dataset": DATASET}, records)
print_means(grouped(records, "arm", "value"))`,
    draw: `figure, axes = plt.subplots(figsize=(7, 4.5))
for model in MODELS:
    rows = [row for row in records if row["arm"] == model]
    mean, low, high = np.transpose([interval(values) for values in grouped(rows, "value").values()])
    axes.plot(VALUES, mean, "o-", label=model)
    axes.fill_between(VALUES, low, high, alpha=0.2)
axes.set(xlabel=FIELD, ylabel="test accuracy, %")
axes.legend()
${LAST}`,
  };
}

const SEARCH = `result = jobs.run("lottery", SPEC, tell)
spec, records = result["spec"], result["records"]
save(spec, records)
print_means(grouped(records, "arm", "level"))`;

/** @param {Record<string, any>} spec of the job \`lottery\` @returns {Parts} */
const search = (spec) => ({
  title: 'The search for lottery tickets, beside random masks and the dense network.',
  name: 'search',
  saves: ['records.json, which the page opens.'],
  settings: [['SPEC', spec]],
  compute: SEARCH,
  draw: `deleted = {row["level"]: 100 * row["sparsity"] for row in records}  # percent
figure, axes = plt.subplots(figsize=(7, 4.5))
for arm in ("lottery", "random"):
    rows = [row for row in records if row["arm"] == arm]
    means = {level: interval(values) for (level,), values in grouped(rows, "level").items()}
    mean, low, high = np.transpose(list(means.values()))
    axes.plot([deleted[level] for level in means], mean, "o-", label=arm)
    axes.fill_between([deleted[level] for level in means], low, high, alpha=0.2)
axes.axhline(interval([row["test_acc"] for row in records if row["arm"] == "dense"])[0], label="dense")
axes.set(xlabel="weights deleted, %", ylabel="test accuracy, %")
axes.legend()
${LAST}`,
});

/** @param {Record<string, any>} spec of the job \`lottery\` @returns {Parts} */
const adjacency = (spec) => ({
  ...search(spec),
  title: 'How local the tickets are: whether weights survive beside one another.',
  draw: `rows = [row for row in records if row["arm"] == "lottery" and "p2" in row]
levels = sorted({row["level"] for row in rows})
deleted = [100 * next(row["sparsity"] for row in rows if row["level"] == level) for level in levels]
figure, axes = plt.subplots(figsize=(7, 4.5))
for name, label in (("p2", "both neighbours survive"), ("null2", "were places at random")):
    means = [interval([row[name] for row in rows if row["level"] == level]) for level in levels]
    mean, low, high = np.transpose(means)
    axes.plot(deleted, mean, "o-", label=label)
    axes.fill_between(deleted, low, high, alpha=0.2)
axes.set(xlabel="weights deleted, %", ylabel="share of neighbouring pairs")
axes.legend()
${LAST}`,
});

/** By its name, the program of a figure. @type {Record<FigureName, (settings: Record<string, any>) => Parts>} */
export const FIGURES = {
  dataset, training, sweep, pooling: poolingProgram, search, adjacency, arms: armsProgram, grid: gridProgram, descent: descentProgram,
  rate: rateProgram, contrast: contrastProgram,
};
