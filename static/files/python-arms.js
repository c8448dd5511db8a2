// What the figures that take tickets apart compute, as lines of Python: a search for the tickets, then
// trainings of them. They call the package's own jobs and compute nothing beside them.
// @ts-check

/** @typedef {import('./python-figures.js').Parts} Parts */

const SAVED = ['records.json, which the page opens.'];
const LAST = `plt.tight_layout()
plt.savefig("figure.png", dpi=150)`;

const TICKET = `def ticket_of(search, level):
    """Search one trial; return the mask of its ticket at a level, packed."""
    masks = [None]  # by level: level 0 has none

    def keep(progress):
        tell(progress)
        if "checkpoint" in progress:
            masks.append(progress["checkpoint"]["next_mask"])

    jobs.run("lottery", search, keep)
    return masks[level]`;

/**
 * @param {Record<string, any>} settings \`search\`, the spec of the job \`lottery\`; \`arms\`, fields of the job
 *   \`plan_arms\`; \`chosen\`, the arms and conditions beside dense, lottery and fresh
 * @returns {Parts}
 */
export const armsProgram = ({ search, arms, chosen }) => ({
  title: 'What a ticket’s gain depends on: each arm beside the dense network.',
  name: 'arms',
  saves: SAVED,
  settings: [['SEARCH', search], ['ARMS', arms], ['CHOSEN', chosen]],
  compute: `${TICKET}


records = []
for trial, part in enumerate(jobs.run("plan", SEARCH)["parts"]):
    mask = ticket_of(part["args"], ARMS["level"])
    for one in jobs.run("plan_arms", {**ARMS, "lottery": part["args"]})["parts"]:
        if {one["arm"], one["condition"]} <= {"dense", "lottery", "fresh", *CHOSEN}:
            rows = jobs.run("arm", {**one["args"], "mask": mask}, tell)["records"]
            records += [{**row, "trial": trial} for row in rows]
save({**ARMS, "hidden": jobs.run("plan", SEARCH)["spec"]["hidden"], "lottery": SEARCH}, records)

last = [row for row in records if row["step"] == ARMS["steps"]]
groups = grouped(last, "arm", "condition", "trial")  # of each, the fresh datasets
gains = {}  # points, one a trial
for (arm, condition, trial), values in groups.items():
    if arm != "dense":
        gain = np.mean(values) - np.mean(groups["dense", condition, trial])
        gains.setdefault((arm, condition), []).append(gain)
print_means(grouped(last, "arm", "condition"))
print_means(gains, "test accuracy minus the dense network's, points")`,
  draw: `figure, (left, right) = plt.subplots(1, 2, figsize=(12, 5))
for place, values in enumerate(gains.values()):
    mean, low, high = interval(values)
    left.plot(values, [place] * len(values), "k|")
    left.errorbar(mean, place, xerr=(high - low) / 2, fmt="o")
left.set_yticks(range(len(gains)), [", ".join(name) for name in gains])
left.axvline(0, color="gray")
left.set_xlabel("test accuracy minus the dense network's, points")
for arm, condition in sorted({(row["arm"], row["condition"]) for row in records}):
    rows = [row for row in records if (row["arm"], row["condition"]) == (arm, condition)]
    means = {step: np.mean(values) for (step,), values in grouped(rows, "step").items()}
    right.plot(list(means), list(means.values()), label=f"{arm}, {condition}")
right.set(xlabel="step", ylabel="test accuracy, %")
right.legend(fontsize="small")
${LAST}`,
});

/** @param {Record<string, any>} cell of the job \`plan_cell\` @returns {Parts} */
export const gridProgram = (cell) => ({
  title: 'When a ticket wins: one cell of the grid of width and sparsity.',
  name: 'grid',
  saves: SAVED,
  settings: [['CELL', cell]],
  compute: `${TICKET}


plan = jobs.run("plan_cell", CELL)
cell = plan["cell"]
dense = {"hidden": cell["hidden"], "sparsity": 0, "survivors": 0}  # of all cells of this width
trials = jobs.run("plan", plan["lottery"])["parts"]
tickets = [ticket_of(trial["args"], plan["level"]) for trial in trials]
records = []
for part in plan["parts"]:
    is_dense = part["arm"] == "dense"
    mask = {} if is_dense else {"mask": tickets[part["trial"]]}
    last = jobs.run("arm", {**part["args"], **mask}, tell)["records"][-1]
    label = {**(dense if is_dense else cell), "arm": part["arm"], "condition": part["condition"]}
    label |= {"trial": CELL["seed"] + part["trial"], "fresh_seed": part["fresh_seed"]}
    records.append({**label, "test_acc": last["test_acc"]})
save(plan["lottery"], records)
print_means(grouped(records, "arm", "condition"))
gains = jobs.run("judge_cells", {"records": records})["rows"]
print("\\ndifferences over trials, points: mean [95 % interval], n")
for row in gains:
    low, high = (np.nan if row[end] is None else row[end] for end in ("low", "high"))
    print(f"{row['comparison']:36} {row['mean']:7.2f} [{low:.2f}, {high:.2f}] {row['n']:4}")`,
  draw: `figure, axes = plt.subplots(figsize=(7, 3))
for place, row in enumerate(gains):
    width = 0 if row["low"] is None else (row["high"] - row["low"]) / 2  # one trial has no interval
    axes.errorbar(row["mean"], place, xerr=width, fmt="o")
axes.set_yticks(range(len(gains)), [row["comparison"] for row in gains])
axes.axvline(0, color="gray")
axes.set_xlabel("difference of test accuracy, points")
${LAST}`,
});
