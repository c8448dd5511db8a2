"""Results files: every form gives back what was written, bit for bit; others get a sentence."""

import json
import math
import os
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from mnist1d_lab import files, jobs
from mnist1d_lab.files import Results
from mnist1d_lab.files.kept import Kept

SMALL = {"hidden": 10, "steps": 20, "levels": 2, "trials": 2, "dataset": {"num_samples": 100}}
ODD = [0.1 + 0.2, 1e-7, 1e22, 62.0, -0.0, math.inf, math.nan, 5e-324]


def bits(records):
    """Records with each float as its bits, and types apart: 62 is not 62.0, -0.0 not 0.0."""
    return [
        {k: struct.pack("<d", v) if isinstance(v, float) else (type(v), v) for k, v in row.items()}
        for row in records
    ]


@pytest.fixture(scope="module")
def results():
    found = jobs.run("lottery", SMALL)
    odd = [{**found["records"][0], "trial": 9 + i, "test_loss": x} for i, x in enumerate(ODD)]
    records = [*found["records"], *odd, {**odd[0], "trial": 30, "edited": "12345678"}]
    arms = [{**odd[0], "condition": "fresh", "fresh_seed": 2}]
    return Results(records, found["spec"], "a search", arms=arms)


@pytest.mark.parametrize("ending", files.ENDINGS)
def test_what_is_written_is_read_bit_for_bit(tmp_path, results, ending):
    path = tmp_path / f"a{ending}"
    files.write(path, results)
    found = files.read(path)
    assert bits(found.records) == bits(results.records)
    assert bits(found.arms) == bits(results.arms)
    if ending != ".csv":  # which says nothing beside the table
        plain = json.loads(json.dumps(results.spec))
        assert (found.name, json.loads(json.dumps(found.spec))) == ("a search", plain)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]  # no scratch file is left


BAD = {
    "a.json": [b"", b"[]", b'{"format": "x"}', b'{"format": "mnist1d-lab records 1"}', b"\xff"],
    "a.csv": [b"", b"a,b\r\n1,2\r\n", b'arm,test_acc\r\n"', b"arm,test_acc\r\n1\r\n"],
    "a.npz": [b"", b"PK\x03\x04", b"x" * 200],
    "a.parquet": [b"", b"PAR1", b"x" * 200],
}


@pytest.mark.parametrize("name", BAD)
def test_any_other_file_is_refused_in_one_sentence_with_its_name(tmp_path, name):
    for content in BAD[name]:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(ValueError, match=f"the file must be .*, got '{name}'"):
            files.read(tmp_path / name)


def test_a_mangled_file_is_read_or_refused(tmp_path, results):
    small = Results(results.records[:3], {"steps": 1})
    for ending in files.ENDINGS:
        path = tmp_path / f"a{ending}"
        files.write(path, small)
        content = path.read_bytes()
        for at in range(0, len(content), max(1, len(content) // 40)):
            path.write_bytes(content[:at] + bytes([content[at] ^ 0x15]) + content[at + 1 :])
            try:
                files.read(path)
            except ValueError as error:
                assert str(error).startswith("the file must be"), error


def test_the_ending_is_refused_before_the_work():
    with pytest.raises(ValueError, match=r"one of .json, .csv, .parquet, .npz, got 'a.xlsx'"):
        files.require_form("a.xlsx")


def test_a_kept_part_that_has_changed_or_is_of_other_arithmetic_is_not_there(tmp_path):
    kept = Kept(tmp_path / "kept", "one")
    kept.save("x/level-0", {"acc": 0.1})
    assert kept.load("x/level-0") == {"acc": 0.1}
    assert Kept(tmp_path / "kept", "two").load("x/level-0") is None
    (path,) = (tmp_path / "kept" / "x").iterdir()
    path.write_bytes(path.read_bytes().replace(b"0.1", b"0.2"))
    assert kept.load("x/level-0") is None
    path.write_bytes(b"")
    assert kept.load("x/level-0") is None
    kept.clear()
    assert not (tmp_path / "kept").exists()
    assert Kept(None, "one").load("x") is None


def test_without_pyarrow_all_but_parquet_works_and_that_says_what_to_install(tmp_path):
    lines = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "from mnist1d_lab import files\n"
        "files.write('a.npz', files.Results([{'arm': 'dense', 'test_acc': 1.0}]))\n"
        "assert files.read('a.npz').records == [{'arm': 'dense', 'test_acc': 1.0}]\n"
        "files.require_form('a.parquet')"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(files.__file__).parents[2])}
    line = [sys.executable, "-c", lines]
    ran = subprocess.run(line, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert ran.stderr.rstrip().endswith(
        "must be npz, csv or json, or pip install \"mnist1d-lab[desk]\" for it, got 'parquet'"
    )
