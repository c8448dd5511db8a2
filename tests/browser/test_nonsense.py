"""Nonsense as arguments of every job, in the page: computed, or refused in a sentence at once.

tests/unit/jobs/test_nonsense.py gives ten times as much to Python alone.
"""

import random
from typing import Any

from tests.unit.jobs.test_nonsense import LONG, MODEST

from mnist1d_lab import jobs
from mnist1d_lab.jobs.registry import job_of
from mnist1d_lab.validation import names_of

CALLS = 21  # of each job
CHOICES: list[Any] = [
    None, True, False, 0, -1, 20.9, 1e308, -0.0, 2**31, 2**53, "", "20", "abc", "__proto__", [],
    [[]], [0.5], [None], [256], {}, {"a": 1}, {"$": "NaN"}, {"$": "Infinity"}, {"$": "float32"},
    {"$": "bytes"}, {"$": "deep"}, {"$": "long"}, {"$": "date"}, {"$": "bigint"},
]  # fmt: skip
RUN = """async (calls) => {
  const deep = () => {
    let value = [];
    for (let i = 0; i < 3000; i += 1) value = [value];
    return value;
  };
  const made = {
    NaN: () => NaN, Infinity: () => Infinity, float32: () => new Float32Array(3), deep,
    bytes: () => new Uint8Array(7), long: () => 'a'.repeat(1e7), date: () => new Date(0),
    bigint: () => 2n ** 70n,
  };
  const isMade = (value) => value && typeof value === 'object' && '$' in value;
  const revive = (value) => (isMade(value) ? made[value.$]() : value);
  const outcomes = [];
  for (const [job, args] of calls) {
    const began = performance.now();
    const full = {};
    for (const [name, value] of Object.entries(args)) full[name] = revive(value);
    const refusal = ({ name, message }) => [name, message];
    const end = await lab.run(job, full).then(() => null, refusal);
    outcomes.push([job, end, performance.now() - began]);
  }
  return outcomes;
}"""


def calls() -> list[tuple[str, dict[str, Any]]]:
    """Good arguments with one or two fields replaced by nonsense, or a strange field added."""
    rng = random.Random(17)
    made = []
    for job in jobs.JOBS:
        names = [*names_of(job_of(job).args), "serach", "cls", ""]
        for _ in range(CALLS):
            args = {name: plain(value) for name, value in MODEST[job].items()}
            for _ in range(rng.randint(1, 2)):
                name, value = rng.choice(names), rng.choice(CHOICES)
                if not (name in LONG and isinstance(value, int) and value > 300):
                    args[name] = value
            made.append((job, args))
    return made


def plain(value: Any) -> Any:
    """As JSON has it."""
    return list(value) if isinstance(value, bytes) else value


def test_nonsense_from_the_page_is_computed_or_refused_and_costs_no_worker(page, report):
    outcomes = page.evaluate(RUN, calls())
    assert len(outcomes) == CALLS * len(jobs.JOBS) >= 500
    refused = [(job, *end) for job, end, _ in outcomes if end]
    assert [one for one in refused if one[1] != "ValueError" or len(one[2]) > 500] == []
    assert len(refused) > len(outcomes) / 3
    slowest = max(milliseconds for _, end, milliseconds in outcomes if end)
    assert slowest < 5000  # of a machine at work; the report has the number
    assert page.evaluate("lab.run('digits').then(({ x }) => x.length)") == 400
    report(f"nonsense: {len(outcomes)} calls, {len(refused)} refused, {slowest:.0f} ms at most")
