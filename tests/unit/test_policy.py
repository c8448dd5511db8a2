"""What the page may do is written down, and its sources keep to it; no package without a hash."""

import json
import re
from pathlib import Path

import pytest

from build_steps import server, vendor
from build_steps.console import BuildError

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "index.html").read_text(encoding="utf-8")
SCRIPTS = [ROOT / "app.js", *sorted((ROOT / "static").rglob("*.js"))]
# Ways to make markup or code of a text: none of them knows where the text is from.
RISKY = re.compile(
    r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|"
    r"DOMParser|srcdoc|setHTMLUnsafe)\b|\beval\(|\bnew Function\(|setAttribute\('(style|on)"
)
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.y*ml"))
REQUIREMENTS = sorted((ROOT / "py" / "requirements").glob("*.txt"))


def test_the_page_and_its_workers_have_one_policy_and_it_is_strict():
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', PAGE)
    assert policy == server.POLICY
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert rules["style-src"] == rules["connect-src"] == rules["worker-src"] == "'self'"
    assert rules["frame-src"] == "'self'"


def test_the_docs_have_a_policy_of_their_own_that_allows_no_more_than_their_search():
    template = (ROOT / "py" / "docs" / "_templates" / "base.html").read_text(encoding="utf-8")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', template)
    allowed = {rule.strip() for rule in policy.split(";")}
    page = {rule.strip() for rule in server.POLICY.split(";")}
    # A form that asks for search.html, scripts without WebAssembly, no pictures from blobs.
    own = {"form-action 'self'", "script-src 'self'", "img-src 'self' data:"}
    assert allowed - page == own
    assert "default-src 'none'" in allowed


def test_the_page_has_no_inline_script_or_style():
    assert not re.search(r"<style|\sstyle=|\son\w+=", PAGE)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", PAGE))
    assert not re.search(r"<script[^>]*>\s*[^\s<]", PAGE)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_makes_markup_or_code_of_a_text(path):
    assert not RISKY.search(path.read_text(encoding="utf-8"))


def test_what_the_page_loads_is_named_by_relative_addresses():
    loaded = re.findall(r'<(?:link|script|img)[^>]*(?:href|src)="([^"]+)"', PAGE)
    assert len(loaded) > 3
    assert not [address for address in loaded if ":" in address or address.startswith("/")]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_python_package_is_pinned_by_hash_and_names_no_address(path):
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line.strip() and line.strip()[0] != "#"]
    assert entries
    for entry in entries:
        assert re.match(r"[A-Za-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry), entry
    assert "://" not in "\n".join(entries)


def test_every_npm_package_is_pinned_by_hash_and_names_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: about for name, about in lock["packages"].items() if name}
    assert len(packages) > 10
    for name, about in packages.items():
        assert about.get("integrity", "").startswith("sha512-"), name
        assert "resolved" not in about, name
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    for version in [*wanted["dependencies"].values(), *wanted["devDependencies"].values()]:
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit_and_says_its_version(path):
    used = re.findall(r"^[ -]*uses: *(.*)$", path.read_text(encoding="utf-8"), re.M)
    assert used
    for action in used:
        assert re.fullmatch(r"[\w-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_nothing_and_each_job_what_it_names(path):
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^permissions: \{\}", text, re.M)
    _, *jobs = re.split(r"^  [\w-]+:$", text.split("\njobs:\n")[1], flags=re.M)
    assert jobs
    for job in jobs:
        assert re.search(r"^    permissions:\n(      [\w-]+: (read|write)\n)+", job, re.M)


def test_plots_inline_style_is_left_out_and_a_plot_without_it_is_noticed():
    styled = (
        'a.call(L=>L.append("style").text(`:where(.${u}) {\n  --plot-background: white;\n}`)).x()'
    )
    assert vendor.unstyled(styled) == "a.call(L=>L).x()"
    with pytest.raises(BuildError, match="expected one style element"):
        vendor.unstyled("a.call(L=>L).x()")


def test_bare_imports_become_addresses(tmp_path):
    (tmp_path / "static" / "charts").mkdir(parents=True)
    deep, top = tmp_path / "static" / "charts" / "a.js", tmp_path / "app.js"
    deep.write_text("import * as Plot from '@observablehq/plot';\n")
    top.write_text("import { set } from 'idb-keyval';\n// not from 'idb-keyval'\n")
    vendor.link(tmp_path)
    assert deep.read_text() == "import * as Plot from '../../vendor/plot.js';\n"
    assert top.read_text().splitlines()[0] == "import { set } from './vendor/idb-keyval.js';"
