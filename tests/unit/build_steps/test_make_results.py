"""The long sets of results are sweeps, whose records are joined into the page's files."""

from pathlib import Path
from typing import Any

from build_steps import make_results, searches_file, swept
from mnist1d_lab import jobs

GRID = """
job: arms
preset: quick
seeds: 4:6
set: {level: 2, steps: 20, batch_size: 20, eval_every: 10, datasets: 1, lottery.hidden: 10,
      lottery.steps: 20, lottery.levels: 2, lottery.dataset.num_samples: 100}
"""


def test_a_set_is_its_sweep_joined_with_the_tickets_of_its_first_trial(tmp_path: Path) -> None:
    (tmp_path / "quick.yaml").write_text(GRID, encoding="utf-8")
    made = searches_file.make(make_results.run("quick", tmp_path / "kept", tmp_path))
    small: dict[str, Any] = {"hidden": 10, "steps": 20, "levels": 2}
    small["dataset"] = {"num_samples": 100}
    search = jobs.run("lottery", {**small, "seed": 4, "trials": 2})
    assert made["records"] == swept.table(search["records"])
    assert made["spec"]["trials"] == 2
    assert made["seeds"] == made["arms"]["seeds"] == [4, 5]
    one: dict[str, Any] = {"lottery": {**small, "trials": 1, "seed": 5}, "level": 2}
    one |= {"steps": 20, "batch_size": 20}
    levels: list[Any] = []
    jobs.run("lottery", one["lottery"], lambda now: levels.append(now.get("checkpoint")))
    mask = [level for level in levels if level][1]["next_mask"]
    asked = {**one, "eval_every": 10, "arm": "permuted", "condition": "reinitialized"}
    arm = jobs.run("arm", {**asked, "mask": mask})["records"][-1]["test_acc"]
    rows = [dict(zip(made["arms"]["columns"], row, strict=True)) for row in made["arms"]["rows"]]
    found = [row for row in rows if (row["arm"], row["condition"], row["trial"], row["step"])
             == ("permuted", "reinitialized", 1, 20)]  # fmt: skip
    assert [row["test_acc"] for row in found] == [arm]
    assert len(made["masks"]) == 2
    again = make_results.run("quick", tmp_path / "kept", tmp_path)
    assert searches_file.make(again) == made


def test_a_results_file_of_the_page_has_nothing_beside_it(tmp_path: Path) -> None:
    make_results.publish(tmp_path / "quick.json", {"seeds": [0]})
    assert [path.name for path in tmp_path.iterdir()] == ["quick.json"]
