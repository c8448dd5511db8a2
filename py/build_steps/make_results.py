"""Makes the many-seed results that the page ships. Run by build.py with the project's Python.

Usage: make_results.py KEPT OUT [quick] [paper]

Each set is a sweep of a file in grids/, by the command `mnist1d-lab`: what is finished is kept in
KEPT, and a second call goes on where the first one stopped. The same jobs, the same kernels and so
the same numbers as in the page. What the other sets' scripts share is here too.
"""

import dataclasses
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from build_steps import cached, content_hash
from mnist1d_lab import __version__, jobs, kernels
from mnist1d_lab.cluster.folder import ResultsFolder, whole_spec
from mnist1d_lab.cluster.grid_file import read_grid
from mnist1d_lab.cluster.identity import made_by
from mnist1d_lab.cluster.tasks import name_of
from mnist1d_lab.command import main as command
from mnist1d_lab.files import read
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.jobs.ticket import PlanArmsArgs
from mnist1d_lab.lottery import claims
from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec, result_key

FORMAT = "mnist1d-lab results 1"


GRIDS = Path(__file__).with_name("grids")  # of each set: what `mnist1d-lab sweep` runs for it
LABELS = ("arm", "condition", "trial", "fresh_seed", "level", "step")
Record = dict[str, Any]


def load(path: Path) -> Any:
    """Return what `keep` wrote there; None if nothing did, or if it has changed since."""
    content = cached.read(path)
    return None if content is None else json.loads(content)


def folders() -> tuple[Path, Path]:
    """Return where finished parts are kept, and where the results go, as the command line says.

    What is kept is below a name for the arithmetic: other arithmetic, other numbers. That a
    version's numbers are its code's is for the tests.
    """
    kept, out = Path(sys.argv[1]), Path(sys.argv[2])
    if kernels.backend() != "simd":
        raise SystemExit(f"The results are made with the compiled kernels: {kernels.note()}")
    code = content_hash.key(__version__, Path(os.environ["MNIST1D_LIBRARY"]))[:12]
    return kept / code, out


def keep(path: Path, value: Any) -> None:
    """Keep a finished part as JSON, in a folder that only this process writes into."""
    cached.write(path, json.dumps(value).encode())


def publish(path: Path, value: Any) -> None:
    """Write a results file of the page."""
    scratch = path.with_suffix(".new")
    scratch.write_text(json.dumps(value), encoding="utf-8")
    scratch.replace(path)  # whole or not at all, also when we are stopped


def arm(args: Record, mask: str | None, folder: Path) -> list[Record]:
    """Return an arm's learning curve, trained unless it is kept."""
    spec = ArmSpec.of(args)
    path = folder / f"arm-{result_key(spec)}" / "records.json"
    if (kept := load(path)) is None:
        kept = jobs.run("arm", {**args, "mask": mask})["records"]
        keep(path, kept)
        seed, last = spec.lottery.seed, kept[-1]
        print(f"seed {seed}: {spec.arm}, {spec.condition}: {last['test_acc']:.1f} %", flush=True)
    return list(kept)


def table(records: Iterable[Record]) -> Record:
    """Return records as rows of their columns, labels first, numbers to five digits."""
    rows = list(records)
    present = {key for row in rows for key in row}
    columns = [key for key in LABELS if key in present]
    columns += [key for key in rows[0] if key in present and key not in columns]

    def short(value: Any) -> Any:
        return float(f"{value:.5g}") if isinstance(value, float) else value

    return {
        "columns": columns,
        "rows": [[short(row.get(key)) for key in columns] for row in rows],
    }


def make(preset: str, folder: Path, grids: Path = GRIDS) -> Record:
    """Return one results file: the sweep of its grid file, joined; see the README for its form."""
    file, out, levels = grids / f"{preset}.yaml", folder / preset, folder / "levels"
    words = ["--out", out, "--keep", levels, "--workers", os.cpu_count() or 1]
    if code := command.main(["sweep", str(file), *map(str, words)]):
        raise SystemExit(code)
    tasks, results = read_grid(file).tasks(), ResultsFolder(out, made_by())
    found = [read(results.file(task)) for task in tasks]
    searched = [record for one in found for record in one.records]
    trained = [record for one in found for record in one.arms]
    arm_spec = PlanArmsArgs.of(tasks[0].args).part(ArmSpec)
    seeds = [task.args["lottery"]["seed"] for task in tasks]
    spec = LotterySpec.of(whole_spec(tasks))
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(spec),
        "seeds": seeds,
        "records": table(searched),
        "arms": {"spec": dataclasses.asdict(arm_spec), "seeds": seeds, **table(trained)},
        "verdict": claims.verdict(searched, trained),
        "masks": _masks(arm_spec.lottery, levels) if preset == "quick" else [],
    }


def _masks(spec: LotterySpec, levels: Path) -> list[str]:
    """Return the first trial's tickets, level by level from 1, packed, in base64.

    Only quick's are shipped, which can then be trained at once; not the paper's hundred large ones.
    """
    kept = Kept(levels, made_by())
    return [ticket(kept, spec, level) for level in range(1, spec.levels + 1)]


def ticket(kept: Kept, spec: LotterySpec, level: int) -> str:
    """Return the ticket of a level of a search of one trial that was kept, in base64."""
    mask: str = kept.load(f"{name_of('lottery', spec)}/level-{level - 1}")["next_mask"]
    return mask


def main() -> None:
    """Make the sets that are asked for, or both."""
    kept, out = folders()
    for preset in sys.argv[3:] or sorted(file.stem for file in GRIDS.glob("*.yaml")):
        made = make(preset, kept)
        publish(out / f"{preset}.json", made)
        n = len(made["seeds"])
        print(f"{preset}: {n} trials, {len(made['records']['rows'])} records", flush=True)
        print_verdict(made)


def print_verdict(made: Record) -> None:
    """Print what a set says of each claim, and how often three of its trials would do."""
    for row in made["verdict"]:
        span = f"{row['mean']:+.2f} [{row['low']:+.2f}, {row['high']:+.2f}] {row['unit']}"
        print(f"  {row['claim']}: {row['verdict']}, {span}, n = {row['n']}")
    columns = made["arms"]["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in made["arms"]["rows"]]
    share = claims.share_of_threes(rows)
    print(f"  of all choices of three of its trials, {100 * share:.0f} % say that tickets win on "
          "fresh data: their interval is above zero")  # fmt: skip


if __name__ == "__main__":
    main()
