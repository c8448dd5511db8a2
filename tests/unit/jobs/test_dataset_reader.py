"""Files that are no dataset of ours, by accident or on purpose: a spec or one refusal, at once."""

import io
import json
import random
import time
import zipfile
from typing import Any

import numpy as np
import pytest

from mnist1d_lab import jobs
from mnist1d_lab.jobs.dataset_reader import BYTE_ORDER_MARK, FORMAT, NotOursError, read_spec
from mnist1d_lab.validation import BadValueError

MUTATED = 2000  # files of each form
SPEC = {"num_samples": 20, "final_seq_length": 8}


def export(form: str) -> bytes:
    return bytes(jobs.run("export", {**SPEC, "form": form})["file"])


def mutated(content: bytes, rng: random.Random) -> bytes:
    """One to four changes: bytes turned, cut out, doubled, replaced by rubbish, swapped."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        start = rng.randrange(len(data) + 1)
        end = min(len(data), start + rng.choice([1, 1, 2, 8, 100, len(data)]))
        piece = bytes(data[start:end])
        change = rng.randrange(5)
        if change == 0 and start < len(data):
            data[start] ^= 1 << rng.randrange(8)
        elif change == 1:
            del data[start:end]
        elif change == 2:
            data[start:start] = piece
        elif change == 3:
            data[start:end] = rng.randbytes(end - start)
        else:
            data[start:end] = rng.choice([b"[" * 50, b'"', b"\xff\xfe", b"PK\5\6", b"{}", b"1e999"])
    return bytes(data)


@pytest.mark.parametrize("form", ["npz", "csv", "json"])
def test_mutated_files_give_a_spec_or_one_refusal(form):
    whole, rng, read, slowest = export(form), random.Random(5), 0, 0.0
    for _ in range(MUTATED):
        began = time.perf_counter()
        try:
            spec = jobs.run("read_dataset", {"file": mutated(whole, rng)})["spec"]
            assert set(spec) > {"seed", "padding"}
            read += 1
        except BadValueError as refusal:
            assert len(str(refusal)) < 700
        slowest = max(slowest, time.perf_counter() - began)
    assert 0 < read < MUTATED
    assert slowest < 1


def archive(name: str, content: bytes, **changes: Any) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        about = zipfile.ZipInfo(name)
        about.compress_type = zipfile.ZIP_DEFLATED
        made.writestr(about, content)
    data = bytearray(file.getvalue())
    for place, value in changes.get("patch", []):
        at = data.rfind(b"PK\1\2") + place
        data[at : at + len(value)] = value
    return bytes(data)


def npy(dtype: str, values: bytes) -> bytes:
    file = io.BytesIO()
    header = {"descr": dtype, "fortran_order": False, "shape": ()}
    np.lib.format.write_array_header_1_0(file, header)
    return file.getvalue() + values


GOOD = npy("<U2", "{}".encode("utf-32-le"))
MANY = io.BytesIO()
with zipfile.ZipFile(MANY, "w") as _made:
    for _number in range(2000):
        _made.writestr(f"{_number}.npy", b"")
BAD = {
    "a gigabyte when unpacked": archive("spec.npy", bytes(2**30 // 64) * 8),
    "a length that is not there": archive("spec.npy", npy("<U500000000", b"12345678")),
    "numbers in place of a text": archive("spec.npy", npy("<f8", bytes(8))),
    "objects": archive("spec.npy", npy("|O", bytes(8))),
    "no spec": archive("x.npy", GOOD),
    "encrypted": archive("spec.npy", GOOD, patch=[(8, b"\1")]),
    "an unknown method": archive("spec.npy", GOOD, patch=[(10, b"\x63")]),
    "bad deflate": archive("spec.npy", GOOD).replace(archive("spec.npy", GOOD)[40:50], b"\0" * 10),
    "many members": MANY.getvalue(),
    "an empty archive": b"PK\5\6" + bytes(18),
    "a header that breaks off": archive("spec.npy", GOOD[:20]),
    "brackets without end": b"[" * 100_000,
    "nested objects": b'{"format": "%s", "spec": %s' % (FORMAT.encode(), b'{"a":' * 5000),
    "a first line without end": b"# " + FORMAT.encode() + b" " + b"[" * 100_000,
    "another format": b'{"format": {"toString": 1}, "spec": {}}',
    "nothing": b"",
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_file_that_means_harm_is_refused_at_once(content):
    began = time.perf_counter()
    with pytest.raises(NotOursError):
        read_spec(content)
    assert time.perf_counter() - began < 1


def test_the_archive_that_the_bad_ones_are_made_from_is_good():
    assert read_spec(archive("spec.npy", GOOD)) == {}


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_byte_order_mark_is_no_fault(form):
    assert read_spec(BYTE_ORDER_MARK + export(form))["num_samples"] == SPEC["num_samples"]


def test_a_value_of_a_file_is_checked_as_any_other():
    for spec in ({"seed": "9" * 10**6}, {"templates": "3:" + "1," * 10**5}, {"padding": [5, 1]}):
        content = json.dumps({"format": FORMAT, "spec": spec}).encode()
        with pytest.raises(BadValueError) as refusal:
            jobs.run("read_dataset", {"file": content})
        assert refusal.value.field in spec
        assert len(str(refusal.value)) < 500
