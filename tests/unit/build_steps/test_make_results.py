"""The long sets of results go on where they were stopped, but not from a part that has changed."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from build_steps import make_results
from mnist1d_lab import jobs
from mnist1d_lab.lottery.spec import LotterySpec, result_key

SPEC = LotterySpec.of({"preset": "quick", "trials": 1, "levels": 3})


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first level of each search that runs; a search here is only its checkpoints."""
    first: list[int] = []

    def run(name: str, args: dict[str, Any], on_progress: Any = None) -> dict[str, Any]:
        start = args["checkpoint"]["level"] + 1 if "checkpoint" in args else 0
        first.append(start)
        for level in range(start, SPEC.levels + 1):
            on_progress({"checkpoint": {"level": level, "next_mask": np.zeros(2, np.uint8)}})
        return {"records": [{"test_acc": 50.0}]}

    monkeypatch.setattr(jobs, "run", run)
    return first


def test_a_search_goes_on_before_the_level_that_has_changed(
    tmp_path: Path, runs: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    whole = make_results.search(SPEC, tmp_path)
    assert make_results.search(SPEC, tmp_path) == whole
    assert runs == [0]
    level = tmp_path / result_key(SPEC) / "level-2.json"
    level.write_text(level.read_text().replace("2", "7"))
    assert make_results.search(SPEC, tmp_path) == whole
    assert runs == [0, 2]
    assert f"{level}: expected sha256 " in capsys.readouterr().out
    assert make_results.search(SPEC, tmp_path) == whole
    assert runs == [0, 2]


def test_a_finished_part_is_read_as_it_was_kept_or_not_at_all(tmp_path: Path) -> None:
    part = tmp_path / "arm-1" / "records.json"
    assert make_results.load(part) is None
    make_results.keep(part, [{"test_acc": 61.5}])
    assert make_results.load(part) == [{"test_acc": 61.5}]
    part.write_text('[{"test_acc": 67.5}]')
    assert make_results.load(part) is None


def test_a_results_file_of_the_page_has_nothing_beside_it(tmp_path: Path) -> None:
    make_results.publish(tmp_path / "quick.json", {"seeds": [0]})
    assert [path.name for path in tmp_path.iterdir()] == ["quick.json"]
