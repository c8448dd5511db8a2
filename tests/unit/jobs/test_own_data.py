"""Data of one's own: files that others wrote, mangled ones, hostile ones; beside scikit-learn."""

import io
import json
import os
import pickle
import random
import time
from pathlib import Path
from typing import Any

import mnist1d.data
import numpy as np
import pytest
from tests.unit.jobs.test_dataset_reader import mutated

from mnist1d_lab import jobs
from mnist1d_lab.dataset import own
from mnist1d_lab.dataset.prepare import Choices
from mnist1d_lab.dataset.prepare import prepare as make_data
from mnist1d_lab.dataset.readers import FileError, read_table
from mnist1d_lab.dataset.source import read_source
from mnist1d_lab.dataset.spec import DatasetSpec
from mnist1d_lab.validation import BadValueError

ARCHIVES = Path(__file__).parents[1] / "dataset" / "archives"
SCIKIT_LEARN = json.loads((ARCHIVES / "scikit_learn.json").read_text(encoding="utf-8"))
MUTATED = 2000  # files of each form


def prepare(content: bytes, name: str, **choices: Any) -> dict[str, Any]:
    return jobs.run("prepare_data", {"file": content, "name": name, **choices})


def archive(name: str) -> bytes:
    return (ARCHIVES / name).read_bytes()


def refused(content: bytes, name: str, **choices: Any) -> str:
    with pytest.raises(BadValueError) as refusal:
        prepare(content, name, **choices)
    return str(refusal.value)


def rows(n: int = 12, length: int = 8, mark: str = ",") -> list[str]:
    """Rows of a table: a label, then numbers."""
    return [
        mark.join([f"c{i % 2}", *(str((i * 7 + j) % 5) for j in range(length))]) for i in range(n)
    ]


def table(n: int = 12, length: int = 8, mark: str = ",") -> bytes:
    return "\n".join(rows(n, length, mark)).encode()


def npz(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


X, Y = np.arange(96.0).reshape(12, 8) % 5, np.arange(12) % 2
TS = "@timeStamps false\n@univariate true\n@classLabel true a b\n@data\n"
TS_ROWS = [f"{','.join(str((i + j) % 5) for j in range(8))}:{'ab'[i % 2]}" for i in range(12)]
ARFF = "@relation r\n" + "".join(f"@attribute a{i} numeric\n" for i in range(8))
ARFF += "@attribute target {a,b}\n@data\n"
ARFF_ROWS = [row.replace(":", ",") for row in TS_ROWS]


@pytest.mark.parametrize(
    ("name", "classes", "length", "examples"),
    [
        ("GunPoint_TRAIN.ts", 2, 150, 50),
        ("ItalyPowerDemand_TRAIN.arff", 2, 24, 67),
        ("ArrowHead_TRAIN.tsv", 3, 251, 36),
        ("Coffee_TRAIN.txt", 2, 286, 28),
        ("Trace.npz", 4, 275, 200),
    ],
)
def test_files_of_the_archives_are_read_trained_and_pruned(name, classes, length, examples, report):
    found = prepare(archive(name), name)
    assert len(found["names"]) == classes
    assert found["length"] == length
    assert (
        found["train"] + found["test"]
        == examples
        == sum(found["counts"]) + sum(found["counts_test"])
    )
    dataset = {"source": found["source"]}
    for model in ("logistic", "mlp", "cnn", "gru"):
        args = {"model": model, "dataset": dataset, "steps": 20, "learning_rate": 0.002}
        records = jobs.run("train", args)["records"]
        assert records[-1]["train_loss"] < records[0]["train_loss"]
    search = {"dataset": dataset, "hidden": 30, "steps": 100, "levels": 2, "trials": 1}
    accuracies = {r["arm"]: r["test_acc"] for r in jobs.run("lottery", search)["records"]}
    report(f"own data, {name}: {found['source']}; pruned to 64 %: {accuracies}")
    assert accuracies["lottery"] > 100 / classes


@pytest.mark.parametrize("source", [name for name in SCIKIT_LEARN if name != "scikit-learn"])
def test_accuracies_are_about_those_of_scikit_learn_on_the_same_split(source, report):
    theirs = SCIKIT_LEARN[source]
    train, test = theirs["files"]
    more = {"test_file": archive(test), "test_name": test} if test else {}
    assert prepare(archive(train), train, **more)["source"] == source  # the very same split
    ours = {}
    for model, steps in (("logistic", 2000), ("mlp", 400)):
        scores = []
        for seed in range(3):
            args = {"model": model, "dataset": {"source": source}, "steps": steps, "seed": seed}
            scores.append(
                jobs.run("train", {**args, "eval_every": steps})["records"][-1]["test_acc"]
            )
        ours[model] = float(np.mean(scores))
    report(f"own data, {source[:40]}: ours {ours}, scikit-learn {theirs}")
    chance = 100 / np.sqrt(read_source(source).test)  # type: ignore[union-attr]
    for model, accuracy in ours.items():
        assert abs(accuracy - theirs[model]) < max(4, chance)


def test_the_same_examples_in_any_form_are_the_same_data():
    whole = [f"{row.split(',', 1)[1]}" for row in rows()]
    labels = [row.split(",")[0] for row in rows()]
    x = np.array([[float(cell) for cell in row.split(",")] for row in whole])
    pairs = list(zip(whole, labels, strict=True))
    names = [f"t{i}" for i in range(8)]
    columns = [";".join([*row.split(","), label]) for row, label in pairs]
    ts = [f"{row}:{label}" for row, label in pairs]
    arff = [f"{row},{label}" for row, label in pairs]
    forms = {
        "a.csv": table(),
        "a.tsv": table(mark="\t"),
        "b.csv": f"label,{','.join(names)}\n".encode() + table(),
        "c.csv": "\r\n".join([";".join([*names, "class"]), *columns]).encode(),
        "a.npz": npz(x=x, y=np.array(labels)),
        "a.pkl": pickle.dumps({"x": x, "y": labels}, 4),
        "b.pkl": pickle.dumps({"x": x.tolist(), "y": labels}, 2),
        "a.ts": (TS.replace("a b", "c0 c1") + "\n".join(ts)).encode(),
        "a.arff": (ARFF + "\n".join(arff)).encode(),
    }
    hashes = {
        name: prepare(content, name)["source"].rpartition("-")[2] for name, content in forms.items()
    }
    assert len(set(hashes.values())) == 1, hashes


def test_the_frozen_dataset_of_the_reference_is_the_generated_one():
    reference = mnist1d.data.make_dataset(mnist1d.data.get_dataset_args())
    saved = prepare(npz(**reference), "mnist1d_data.npz", centring="none")
    for protocol in (2, 3, 4, 5):
        frozen = prepare(pickle.dumps(reference, protocol), "mnist1d_data.pkl", centring="none")
        assert frozen["source"].rpartition("-")[2] == saved["source"].rpartition("-")[2]
    assert (saved["train"], saved["test"], saved["names"]) == (4000, 1000, list("0123456789"))
    kept, made = own.find(saved["source"]), jobs.run("dataset", {})
    np.testing.assert_allclose(kept.x_test.ravel(), made["x_test"], atol=1e-6)
    assert np.array_equal(kept.y_test, made["y_test"])


class Evil:
    """Runs a command in whoever unpickles it."""

    def __reduce__(self) -> Any:
        return os.system, ("echo taken > taken-by-a-pickle",)


HOSTILE = {
    "runs a command": pickle.dumps({"x": Evil(), "y": [1]}, 2),
    "runs a command, new form": pickle.dumps({"x": Evil(), "y": [1]}, 5),
    "builds a class": b"\x80\x04\x8c\x08builtins\x94\x8c\x06object\x94\x93\x94)\x81\x94.",
    "has objects in an array": pickle.dumps({"x": np.array([{}, []], object), "y": [1]}, 4),
    "asks for a shape that is not there": pickle.dumps({"x": X, "y": Y}, 2).replace(
        b"K\x0cK\x08\x86", b"J\xff\xff\xff\x7fK\x08\x86"
    ),
    "has a large place": b"\x80\x02}r\xff\xff\xff\xffX\x01\0\0\0xNs.",
    "is one long number": b"\x80\x02\x8b\xff\xff\xff\x7f" + b"1" * 50 + b".",
    "copies a text over and over": b"\x80\x02c_codecs\nencode\nq\0X\x10\x27\0\0" + b"a" * 10_000
    + b"q\1X\x06\0\0\0latin1q\2" + b"h\0h\1h\2\x86R" * 5000 + b".",
    "persistent": b"\x80\x02}X\x01\0\0\0xX\x01\0\0\0aQs.",
    "extension": b"\x80\x02\x82\x01.",
}  # fmt: skip


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_pickle_that_is_more_than_arrays_is_refused_with_a_sentence(
    content, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    began = time.perf_counter()
    message = refused(content, "evil.pkl")
    assert time.perf_counter() - began < 1
    assert "pickle" in message or "must have" in message
    assert not list(tmp_path.iterdir())


def _changed(lines: list[str], row: int, text: str, head: str = "") -> bytes:
    """Lines with one of them replaced."""
    return (head + "\n".join([*lines[:row], text, *lines[row + 1 :]])).encode()


HOLE = np.where(np.arange(96).reshape(12, 8) == 50, np.nan, X)
MANGLED: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "a.csv", "have something in it"),
    "blank": (b"\n\n", "a.csv", "at least one row"),
    "one column": (b"1\n2\n3", "a.csv", "several columns"),
    "a gap": (_changed(rows(), 3, "c1,1,2,,4,5,6,7,8"), "a.csv", "row 4, column 4 has none"),
    "a question mark": (
        _changed(rows(), 0, "c1,1,2,3,4,?,6,7,8"), "a.csv", "row 1, column 6 has none",
    ),
    "nan": (_changed(rows(), 11, "c1,nan,2,3,4,5,6,7,8"), "a.csv", "row 12, column 2 has none"),
    "infinite": (_changed(rows(), 1, "c1,1,inf,3,4,5,6,7,8"), "a.csv", "finite number in row 2"),
    "words among numbers": (
        _changed(rows(), 1, "c1,1,secret,3,4,5,6,7,8"), "a.csv", "row 2, column 3",
    ),
    "a short row": (_changed(rows(), 5, "c1,1,2"), "a.csv", "row 6 has 3"),
    "no label": (_changed(rows(), 2, ",1,2,3,4,5,6,7,8"), "a.csv", "row 3 has none"),
    "one class": (
        "\n".join(f"c,{i},1,2,3,4,5,6,7" for i in range(12)).encode(), "a.csv", "it has 1",
    ),
    "many classes": (
        "\n".join(f"c{i},1,2,3,4,5,6,7,8" for i in range(300)).encode(), "a.csv", "another one",
    ),
    "too few": (table(n=6), "a.csv", "from 10 to 1000000 examples; it has 6"),
    "too short": (table(length=5), "a.csv", "from 8 to 1024 numbers"),
    "too long": (table(length=1100), "a.csv", "from 8 to 1024 numbers"),
    "too large": (_changed(rows(), 1, "c1,1,1e300,3,4,5,6,7,8"), "a.csv", "at most 1e+30"),
    "not text": (b"a,\xff\xfe\xfa\n" * 12, "a.csv", "text in UTF-8"),
    "zero bytes": (b"a,\0,1\n" * 12, "a.csv", "zero bytes"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(90), "a.csv", "this one is a picture"),
    "gzip": (b"\x1f\x8b" + bytes(90), "a.csv", "unpack it first"),
    "no pickle": (table(), "a.pkl", "as its name says"),
    "half a pickle": (
        pickle.dumps({"x": X, "y": Y}, 4)[:120], "a.pkl", "the end of this one is missing",
    ),
    "a pickled list": (pickle.dumps([1, 2], 4), "a.pkl", "holds something else"),
    "half an archive": (npz(x=X, y=Y)[:200], "a.npz", "the end of this one is missing"),
    "a damaged archive": (npz(x=X, y=Y).replace(b"NUMPY", b"NAMPY"), "a.npz", "is damaged"),
    "no y": (npz(x=X, z=Y), "a.npz", "the arrays x and y"),
    "labels missing": (npz(x=X, y=Y[:5]), "a.npz", "12 examples of x, 5 labels"),
    "a cube": (npz(x=np.zeros((12, 8, 3)), y=Y), "a.npz", "two dimensions"),
    "objects": (npz(x=np.array([{}] * 12, object), y=Y), "a.npz", "no Python objects"),
    "a hole in an array": (npz(x=HOLE, y=Y), "a.npz", "x row 7, column 3 has none"),
    "two lengths": (
        npz(x=X, y=Y, x_test=np.zeros((3, 9)), y_test=Y[:3]), "a.npz", "x has 8 each, x_test 9",
    ),
    "no @data": (TS.replace("@data", "").encode(), "a.ts", "a line @data"),
    "nothing after @data": (TS.encode(), "a.ts", "examples after @data"),
    "times": (TS.replace("false", "true").encode(), "a.ts", "evenly spaced"),
    "channels": (_changed(TS_ROWS, 4, "1,2:3,4:a", TS), "a.ts", "row 5 has 2 channels"),
    "unlabelled": (_changed(TS_ROWS, 4, "1,2,3", TS), "a.ts", "row 5 has no label"),
    "lengths differ": (_changed(TS_ROWS, 4, "1,2,3:a", TS), "a.ts", "row 5 has 3"),
    "missing in .ts": (
        _changed(TS_ROWS, 4, "1,2,?,4,5,6,7,8:a", TS), "a.ts", "row 5, column 3 has none",
    ),
    "no classes": (ARFF.replace("{a,b}", "numeric").encode(), "a.arff", "one attribute of classes"),
    "sparse": ((ARFF + "{1 5, 8 a}").encode(), "a.arff", "row 1 is sparse"),
    "a cell too few": (_changed(ARFF_ROWS, 2, "1,2,3,a", ARFF), "a.arff", "row 3 has 4"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "name", "says"), MANGLED.values(), ids=MANGLED)
def test_a_mangled_file_is_refused_with_its_own_sentence(content, name, says):
    message = refused(content, name)
    assert says in message
    assert message.startswith("file must be one that can be taken: it must ")
    assert "secret" not in message
    assert len(message) < 400


FORMS = {
    "npz": (npz(x=X, y=Y, x_test=X[:4], y_test=Y[:4]), "a.npz"),
    "csv": (table(), "a.csv"),
    "ts": ((TS + "\n".join(TS_ROWS)).encode(), "a.ts"),
    "arff": ((ARFF + "\n".join(ARFF_ROWS)).encode(), "a.arff"),
    "pickle 2": (pickle.dumps({"x": X, "y": Y}, 2), "a.pkl"),
    "pickle 4": (pickle.dumps({"x": X, "y": Y.tolist(), "t": {"a": 1.5}}, 4), "a.pkl"),
}


@pytest.mark.parametrize("form", FORMS)
def test_mutated_files_give_data_or_one_refusal(form):
    (whole, name), rng, read, slowest = FORMS[form], random.Random(7), 0, 0.0
    for _ in range(MUTATED):
        began = time.perf_counter()
        try:
            made = make_data(read_table(mutated(whole, rng), name), Choices(), name)
            assert np.isfinite(made.x).all()
            assert read_source(made.source)
            read += 1
        except FileError as refusal:
            assert len(str(refusal)) < 300
        slowest = max(slowest, time.perf_counter() - began)
    assert 0 < read < MUTATED
    assert slowest < 1


def test_what_is_asked_is_done():
    found = prepare(table(n=40, length=30), "a.csv", length=16, centring="each", train_share=0.5)
    data = own.find(found["source"])
    assert data.x.shape == (20, 16)
    np.testing.assert_allclose(data.x.mean(1), 0, atol=1e-6)
    np.testing.assert_allclose(data.x.std(1), 1, atol=1e-5)
    assert found["counts"].tolist() == found["counts_test"].tolist() == [10, 10]
    assert found["length_before"] == 30
    numbers = table(n=40, length=30).replace(b"c", b"")
    by_number = prepare(numbers, "a.csv", column="3")
    assert by_number["names"] == list("01234")
    assert by_number["column"] == 2
    assert "label column" in refused(table(), "a.csv", column="99")
    other = prepare(table(n=40, length=30), "a.csv", seed=1)
    assert other["source"] != prepare(table(n=40, length=30), "a.csv", seed=2)["source"]


def test_prepared_data_are_kept_by_their_name_and_by_no_other():
    found = prepare(table(), "my data.csv")
    source, data = found["source"], found["data"].tobytes()
    assert source.startswith("my_data.csv-2-8-10-2-")
    for i in range(own.KEPT):
        prepare(table(n=20 + i), "b.csv")
    with pytest.raises(BadValueError, match=r"open the file my_data\.csv"):
        jobs.run("train", {"dataset": {"source": source}, "steps": 1})
    assert jobs.run("open_data", {"data": data, "source": source})["names"] == ["c0", "c1"]
    assert jobs.run("train", {"dataset": {"source": source}, "steps": 1})["records"]
    wrong = source[:-1] + ("0" if source[-1] != "0" else "1")
    with pytest.raises(BadValueError, match="source must be the name of these data"):
        jobs.run("open_data", {"data": data, "source": wrong})
    with pytest.raises(BadValueError, match="data must be what"):
        jobs.run("open_data", {"data": data[:-30]})


def test_a_spec_of_own_data_says_their_sizes_and_forgets_the_generator():
    source = prepare(table(), "a.csv")["source"]
    spec = DatasetSpec(source=source, corr_noise_scale=0.9, templates="")
    assert spec == DatasetSpec(source=source)
    assert (spec.final_seq_length, spec.num_samples, spec.classes, spec.parts) == (
        8,
        12,
        2,
        (10, 2),
    )
    for wrong in (
        "a.csv-1-8-10-2-" + "0" * 32,
        "a.csv-2-8-0-2-" + "0" * 32,
        "../x",
        source.upper(),
    ):
        with pytest.raises(BadValueError, match="source must be"):
            DatasetSpec(source=wrong)


def test_another_seed_is_another_split_and_arms_run_on_it():
    source = prepare(table(n=60), "a.csv")["source"]
    usual, fresh = (jobs.run("dataset", {"source": source, "seed": seed}) for seed in (42, 43))
    assert sorted(np.concatenate([usual["x"], usual["x_test"]])) == sorted(
        np.concatenate([fresh["x"], fresh["x_test"]])
    )
    assert usual["shape"] == fresh["shape"]
    assert not np.array_equal(usual["y"], fresh["y"])
    search = {"dataset": {"source": source}, "hidden": 6, "steps": 4, "levels": 1, "trials": 1}
    masks = []
    jobs.run(
        "lottery",
        search,
        lambda p: masks.append(p["checkpoint"]["next_mask"]) if "checkpoint" in p else None,
    )
    plan = jobs.run("plan_arms", {"lottery": search, "level": 1, "steps": 4})
    assert {part["condition"] for part in plan["parts"]} >= {
        "shuffled",
        "flipped",
        "chunked",
        "fresh",
    }
    for part in plan["parts"]:
        assert jobs.run("arm", {**part["args"], "mask": masks[0]})["records"]


def test_what_can_be_done_with_own_data_is_done_and_the_rest_is_refused():
    found = prepare(table(n=40), "a.csv")
    dataset = {"source": found["source"]}
    assert jobs.run("overview", dataset)["mean"].shape == (2 * 8,)
    assert (
        jobs.run("digits", dataset)["template_x"].shape
        == jobs.run("outlines", dataset)["x"].shape
        == (16,)
    )
    seen = jobs.run("inspect", {"dataset": dataset, "model": "cnn"})
    assert seen["probabilities"].shape == (len(seen["labels"]) * 2,)
    assert jobs.run("classify", {"dataset": dataset, "x": [0.0] * 8})["probabilities"].shape == (2,)
    exported = jobs.run("export", dataset)["file"].tobytes()
    again = prepare(exported, "a.csv", centring="none")
    assert (again["train"], again["test"]) == (found["train"], found["test"])
    for job in ("parts", "stages"):
        with pytest.raises(BadValueError, match="source must be '' here"):
            jobs.run(job, dataset)
