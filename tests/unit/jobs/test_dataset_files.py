"""A dataset taken away: NumPy opens it, the copied lines make it again, only ours are opened."""

import io
import json

import numpy as np
import pytest

from mnist1d_lab import jobs
from mnist1d_lab.dataset.generator import make_dataset

SPECS = [
    {},
    {"num_samples": 120, "padding": [3, 50], "shuffle_seq": True, "corr_noise_scale": 0.4},
    {"num_samples": 60, "seed": 5, "templates": "2:0,0.1,0.2,0.3,0.4,0.5,0.4,0.3,0.2,0.1,0,0"},
]


def export(form, spec):
    parcel = jobs.run("export", {**spec, "form": form})
    assert parcel["name"].endswith(f".{form}")
    return parcel["file"].tobytes()


@pytest.mark.parametrize("spec", SPECS)
def test_an_npz_is_what_its_spec_makes(spec):
    with np.load(io.BytesIO(export("npz", spec))) as file:
        made = make_dataset(json.loads(str(file["spec"])))
        for name in ("x", "y", "x_test", "y_test", "t"):
            assert np.abs(file[name] - made[name]).max(initial=0) < 1e-12


@pytest.mark.parametrize("spec", SPECS)
def test_csv_and_json_hold_every_digit(spec):
    made = make_dataset(spec)
    text = json.loads(export("json", spec))
    assert np.abs(np.array(text["x"]) - made["x"]).max() < 1e-12
    head, columns, *lines = export("csv", spec).decode().splitlines()
    assert head.startswith("# mnist1d-lab dataset 1 {")
    assert columns.startswith("part,label,x0,x1,")
    rows = [line.split(",") for line in lines]
    assert [row[0] for row in rows].count("test") == len(made["y_test"])
    values = np.array([row[2:] for row in rows], float)
    assert np.abs(values - np.concatenate([made["x"], made["x_test"]])).max() < 1e-12


@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("which", ["lab", "reference"])
def test_the_copied_lines_make_exactly_this_dataset(spec, which):
    lines = jobs.run("code", spec)[which]
    scope: dict[str, dict[str, np.ndarray]] = {}
    state = np.random.get_state()
    exec(lines, scope)
    np.random.set_state(state)
    made = make_dataset(spec)
    assert np.abs(scope["data"]["x"] - made["x"]).max() < 1e-12
    assert (scope["data"]["y"] == made["y"]).all()


@pytest.mark.parametrize("form", ["npz", "csv", "json"])
@pytest.mark.parametrize("spec", SPECS)
def test_a_file_that_is_opened_gives_its_spec(form, spec):
    opened = jobs.run("read_dataset", {"file": export(form, spec)})["spec"]
    assert (make_dataset(opened)["x"] == make_dataset(spec)["x"]).all()


BAD = [
    b"", b"PK\x03\x04 no zip", b"a,b\n1,2\n", b"{}", b"[1]", b"\xff\xfe", b'{"format": 5}',
    b'{"format": "mnist1d-lab dataset 1", "spec": 3}',
    b'# mnist1d-lab dataset 1 {"seed"\n', b'{"format": "mnist1d-lab records 1", "spec": {}}',
]  # fmt: skip


@pytest.mark.parametrize("content", BAD)
def test_a_file_that_is_not_ours_gets_a_sentence(content):
    with pytest.raises(ValueError, match=r"^file must be a dataset as this page saves it"):
        jobs.run("read_dataset", {"file": content})


def test_a_file_with_a_bad_setting_names_it():
    content = b'{"format": "mnist1d-lab dataset 1", "spec": {"max_translation": 99}}'
    with pytest.raises(ValueError, match=r"^max_translation must be "):
        jobs.run("read_dataset", {"file": content})
    with pytest.raises(ValueError, match=r"^file must be bytes.* got None"):
        jobs.run("read_dataset")


def test_an_unknown_form_is_named():
    with pytest.raises(ValueError, match=r"^form must be 'npz' or 'csv' or 'json', got 'xlsx'$"):
        jobs.run("export", {"form": "xlsx"})
