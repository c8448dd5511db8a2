"""`open`: the page is served with results beside it, whatever their form."""

import json
import re
import signal
import subprocess
import sys
import urllib.request

import pytest
from tests.unit.command.test_command import ENVIRONMENT

from mnist1d_lab import files, jobs
from mnist1d_lab.command.main import main

SMALL = {"hidden": 10, "steps": 20, "levels": 1, "trials": 1, "dataset": {"num_samples": 100}}


@pytest.fixture
def parquet(tmp_path):
    found = jobs.run("lottery", SMALL)
    files.write(tmp_path / "a b.parquet", files.Results(found["records"], found["spec"]))
    return tmp_path / "a b.parquet"


def test_the_page_and_the_results_are_served_until_it_is_stopped(tmp_path, parquet):
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("the page", encoding="utf-8")
    (site / "app.js").write_text("", encoding="utf-8")
    words = [sys.executable, "-m", "mnist1d_lab", "open", parquet, "--site", site, "--no-browser"]
    ran = subprocess.Popen(words, env=ENVIRONMENT, text=True, stdout=subprocess.PIPE)
    assert ran.stdout
    address = ran.stdout.readline().strip()
    parts = re.fullmatch(r"(http://127\.0\.0\.1:\d+/)\?open=(a-b\.json)#ticket", address)
    assert parts, address
    base, name = parts.groups()
    with urllib.request.urlopen(base) as page, urllib.request.urlopen(f"{base}app.js") as script:
        assert page.read() == b"the page"
        assert script.headers["Content-Type"] == "text/javascript"
    with urllib.request.urlopen(f"{base}opened/{name}") as file:
        assert json.load(file)["records"] == files.read(parquet).records
    ran.send_signal(signal.SIGINT)
    assert ran.wait(timeout=20) == 0


def test_what_cannot_be_opened_is_a_sentence(tmp_path, parquet, capsys):
    assert main(["open", str(parquet), "--site", str(tmp_path)]) == 2
    assert "--site must be a built page" in capsys.readouterr().err
    (tmp_path / "t.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    assert main(["open", str(tmp_path / "t.csv"), "--site", str(tmp_path)]) == 2
    assert "the file must be CSV whose first row names columns" in capsys.readouterr().err
    assert main(["open", str(tmp_path), "--site", str(tmp_path)]) == 2
    assert "the folder must be that of a sweep that has ended" in capsys.readouterr().err
