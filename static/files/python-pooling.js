// What the comparison of pooling computes, as lines of Python: see python-figures.js.
// @ts-check
import { POOLING, SIZES, TESTED } from '../from-python.js';

/** @param {Record<string, any>} settings of the figure; `dataset`: the data's @returns {import('./python-figures.js').Parts} */
export function poolingProgram({ equal, steps, epochs, largest, trials, seed, dataset }) {
  const budget = equal === 'steps' ? steps : epochs;
  return {
    title: `When pooling helps: five CNNs by the size of the training set, equal ${equal}.`,
    name: 'pooling',
    saves: ['records.json, as the page saves records.'],
    settings: [
      ['EQUAL', equal], ['BUDGET', budget], ['SIZES', SIZES.filter((size) => size <= largest)], ['TESTED', TESTED],
      ['DATASET', dataset], ['TRIALS', trials], ['SEED', seed], ['MODELS', POOLING],
    ],
    compute: `records = []
for trial in range(TRIALS):
    for size in SIZES:
        examples = size + TESTED
        data = {**DATASET, "num_samples": examples, "train_split": 1 - TESTED / examples}
        data["seed"] += trial
        steps = BUDGET if EQUAL == "steps" else max(1, BUDGET * size // 100)
        for model in MODELS:
            args = {"model": model, "steps": steps, "eval_every": steps, "seed": SEED + trial}
            last = jobs.run("train", {**args, "dataset": data}, tell)["records"][-1]
            label = {"arm": model, "protocol": EQUAL, "value": size, "trial": trial, "steps": steps}
            records.append({**label, **{name: last[name] for name in ("test_acc", "train_acc")}})
save({"equal": EQUAL, EQUAL: BUDGET, "trials": TRIALS, "seed": SEED, "dataset": DATASET}, records)
print_means(grouped(records, "arm", "value"))`,
    draw: `figure, axes = plt.subplots(figsize=(7, 4.5))
for model in MODELS:
    rows = [row for row in records if row["arm"] == model]
    mean, low, high = np.transpose([interval(values) for values in grouped(rows, "value").values()])
    axes.plot(SIZES, mean, "o-", label=model)
    axes.fill_between(SIZES, low, high, alpha=0.2)
axes.set(xlabel="training examples", ylabel="test accuracy, %", xscale="log")
axes.legend()
plt.tight_layout()
plt.savefig("figure.png", dpi=150)`,
  };
}
