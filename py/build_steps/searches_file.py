"""Makes `quick.json` and `paper.json` of their sweeps: searches, arms, verdict and tickets."""

from __future__ import annotations

import dataclasses

from build_steps.swept import FORMAT, Record, Swept, table
from mnist1d_lab import __version__
from mnist1d_lab.cluster.folder import whole_spec
from mnist1d_lab.cluster.identity import made_by
from mnist1d_lab.cluster.names import name_of
from mnist1d_lab.files.kept import Kept
from mnist1d_lab.jobs.ticket import PlanArmsArgs
from mnist1d_lab.lottery import claims
from mnist1d_lab.lottery.spec import ArmSpec, LotterySpec


def make(swept: Swept) -> Record:
    """Return one results file; see static/README.md for its form."""
    tasks, found = zip(*swept.found(), strict=True)
    searched = [record for one in found for record in one.records]
    trained = [record for one in found for record in one.arms]
    arm_spec = PlanArmsArgs.of(tasks[0].args).part(ArmSpec)
    seeds, spec = swept.seeds, LotterySpec.of(whole_spec(tasks))
    return {
        "format": FORMAT,
        "version": __version__,
        "spec": dataclasses.asdict(spec),
        "seeds": seeds,
        "records": table(searched),
        "arms": {"spec": dataclasses.asdict(arm_spec), "seeds": seeds, **table(trained)},
        "verdict": claims.verdict(searched, trained),
        "masks": _masks(arm_spec.lottery, swept) if swept.first.preset == "quick" else [],
    }


def _masks(spec: LotterySpec, swept: Swept) -> list[str]:
    """Return the first trial's tickets, level by level from 1, packed, in base64.

    Only quick's are shipped, which can then be trained at once; not the paper's hundred large ones.
    """
    kept = Kept(swept.levels, made_by())
    return [ticket(kept, spec, level) for level in range(1, spec.levels + 1)]


def ticket(kept: Kept, spec: LotterySpec, level: int) -> str:
    """Return the ticket of a level of a search of one trial that was kept, in base64."""
    mask: str = kept.load(f"{name_of('lottery', spec)}/level-{level - 1}")["next_mask"]
    return mask


def report(made: Record) -> None:
    """Print what a set says of each claim, and how often three of its trials would do."""
    for row in made["verdict"]:
        span = f"{row['mean']:+.2f} [{row['low']:+.2f}, {row['high']:+.2f}] {row['unit']}"
        print(f"  {row['claim']}: {row['verdict']}, {span}, n = {row['n']}")
    columns = made["arms"]["columns"]
    rows = [dict(zip(columns, row, strict=True)) for row in made["arms"]["rows"]]
    share = claims.share_of_threes(rows)
    print(f"  of all choices of three of its trials, {100 * share:.0f} % say that tickets win on "
          "fresh data: their interval is above zero")  # fmt: skip
