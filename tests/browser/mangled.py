"""Files that are no results files, each with the sentence the page has for it. No tests here."""

import csv
import io
import json

COLUMNS = ["arm", "trial", "level", "step", "sparsity", "test_loss", "test_acc"]
GOOD = ["lottery", "0", "1", "30", "0.37", "1.5", "50.5"]


def table(*rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def file_of(records, **changes):
    spec = {"preset": "quick", "trials": 1}
    return json.dumps(
        {"format": "mnist1d-lab records 1", "spec": spec, "records": records} | changes
    )


def record(**changes):
    return dict(zip(COLUMNS, ["lottery", 0, 1, 30, 0.37, 1.5, 50.5], strict=True)) | changes


MANGLED = {
    "empty": ("a.json", "", "a.json is empty."),
    "blank": ("a.csv", " \n\n", "a.csv is empty."),
    "cut off": ("a.json", file_of([record()])[:-9], "a.json is not JSON: "),
    "a page": ("a.html", "<!doctype html>", "a.html is not a results file: it is neither our JSON"),
    "bytes": ("a.png", b"\x89PNG\xff\xfe", "a.png is not text in UTF-8."),
    "utf-16": ("a.csv", "\ufeffarm,trial".encode("utf-16-le"), "a.csv is not text in UTF-8."),
    "a list": ("a.json", "[]", 'format must be "mnist1d-lab records 1", got [].'),
    "null": ("a.json", "null", 'format must be "mnist1d-lab records 1", got null.'),
    "another's": (
        "a.json",
        file_of([record()], format="records 2"),
        'a.json is not a results file: format must be "mnist1d-lab records 1", got "records 2".',
    ),
    "no records": ("a.json", file_of(None), "a.json: records must be a list of rows, got null."),
    "no table": (
        "a.json",
        file_of({"rows": 1}, format="mnist1d-lab results 1"),
        'a.json: records must have columns and rows, got {"rows":1}.',
    ),
    "zero records": ("a.json", file_of([]), "a.json has no rows."),
    "a row that is none": (
        "a.json",
        file_of([record(), 7]),
        "a.json, row 2, must be an object, got 7.",
    ),
    "no spec": (
        "a.json",
        file_of([record()], spec=None),
        "spec must be an object of settings, got null.",
    ),
    "deep spec": (
        "a.json",
        file_of([record()], spec={"hidden": {"a": 1}}),
        'a.json: spec.hidden must be a number, a text or true or false, got {"a":1}.',
    ),
    "missing column": (
        "a.json",
        file_of([{key: value for key, value in record().items() if key != "test_acc"}]),
        "a.json lacks the column test_acc; it needs arm, trial, level, step, sparsity, test_loss "
        "and test_acc.",
    ),
    "missing value": (
        "a.json",
        file_of([record(), {"arm": "lottery"}]),
        "a.json, row 2: trial must be a whole number from 0 to 1000000, got nothing.",
    ),
    "null value": (
        "a.json",
        file_of([record(test_acc=None)]),
        "row 1: test_acc must be a number from 0 to 100, got null.",
    ),
    "text for a number": (
        "a.json",
        file_of([record(test_acc="high")]),
        'a.json, row 1: test_acc must be a number from 0 to 100, got "high".',
    ),
    "a list for a number": (
        "a.json",
        file_of([record(level=[1])]),
        "level must be a whole number from 0 to 100, got [1].",
    ),
    "above its range": (
        "a.json",
        file_of([record(test_acc=100.1)]),
        "test_acc must be a number from 0 to 100, got 100.1.",
    ),
    "below its range": (
        "a.json",
        file_of([record(sparsity=-0.1)]),
        "sparsity must be a number from 0 to 1, got -0.1.",
    ),
    "half a level": (
        "a.json",
        file_of([record(level=0.5)]),
        "level must be a whole number from 0 to 100, got 0.5.",
    ),
    "a loss below 0": (
        "a.json",
        file_of([record(test_loss=-1)]),
        "test_loss must be a number of at least 0, Infinity or NaN, got -1.",
    ),
    "an arm of another figure": (
        "a.json",
        file_of([record(arm="permuted")]),
        'a.json, row 1: arm must be lottery, random or dense, got "permuted".',
    ),
    "the same row twice": (
        "a.json",
        file_of([record(), record(trial=1), record()]),
        "a.json, row 3, repeats row 1: arm lottery, trial 0, level 1.",
    ),
    "a prototype": (
        "a.json",
        '{"__proto__": {"format": "mnist1d-lab records 1"}}',
        "format must be",
    ),
    "header only": ("a.csv", table(COLUMNS), "a.csv has no rows."),
    "another table": ("a.csv", table(["x", "y"], [1, 2]), "columns such as arm, trial and level."),
    "short row": (
        "a.csv",
        table(COLUMNS, GOOD, GOOD[:-1]),
        "a.csv, row 2, must have 7 cells like the header, got 6.",
    ),
    "missing columns": (
        "a.csv",
        table(COLUMNS[:5], GOOD[:5]),
        "a.csv lacks the columns test_loss and test_acc; it needs",
    ),
    "a column twice": (
        "a.csv",
        table([*COLUMNS, "arm"], [*GOOD, "lottery"]),
        'a.csv has the column "arm" twice.',
    ),
    "an open quote": (
        "a.csv",
        table(COLUMNS) + '"lottery,0,1',
        "a.csv, row 1: a quotation mark is never closed.",
    ),
    "text after a quote": (
        "a.csv",
        table(COLUMNS) + '"lottery"x',
        "a.csv, row 1: text follows a closing quotation mark.",
    ),
    "a formula": (
        "a.csv",
        table(COLUMNS, ["=1+1", *GOOD[1:]]),
        'row 1: arm must be lottery, random or dense, got "=1+1".',
    ),
    "hexadecimal": (
        "a.csv",
        table(COLUMNS, [*GOOD[:-1], "0x10"]),
        'row 1: test_acc must be a number from 0 to 100, got "0x10".',
    ),
    "an endless value": (
        "a.csv",
        table(COLUMNS, ["y" * 500, *GOOD[1:]]),
        'got "' + "y" * 39 + "….",
    ),
}
