"""Examples run: those in docstrings of the package, and those of the docs' pages and READMEs."""

import ast
import doctest
import importlib
import importlib.util
import re
import shlex
import tomllib
from pathlib import Path

import pytest
import yaml

import mnist1d_lab
from mnist1d_lab.command.main import main, parser, spelled
from mnist1d_lab.command.texts import COMMANDS as HELP
from mnist1d_lab.command.texts import EPILOG

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "py" / "mnist1d_lab"
DOCS = ROOT / "py" / "docs"
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
TORCH = {"MNIST1D", "to_torch"}  # need PyTorch
NEEDS = {"api/pytorch.py": "torch"}
MODULES = sorted(
    path.relative_to(PACKAGE).as_posix()
    for path in PACKAGE.rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)
PAGES = [path for path in sorted(DOCS.glob("*.md")) if "```pycon" in path.read_text("utf-8")]
READMES = [ROOT / "README.md", PACKAGE / "README.md", PACKAGE / "cluster" / "README.md"]
SWEPT = (PACKAGE / "cluster" / "README.md").read_text(encoding="utf-8")


def blocks(text, *kinds):
    """The kind and the text of each fenced block of these kinds."""
    return [(kind, code) for kind, code in FENCED.findall(text) if kind in kinds]


def run(text, names, where):
    """Run one interactive session; its names stay."""
    test = doctest.DocTestParser().get_doctest(text, names, where, where, 0)
    assert test.examples
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    assert not runner.run(test, clear_globs=False).failed
    names.update(test.globs)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name):
    if (needed := NEEDS.get(name)) and importlib.util.find_spec(needed) is None:
        pytest.skip(f"{needed} is not installed here")
    path = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    module = importlib.import_module(f"mnist1d_lab.{path}")
    found = [one for one in doctest.DocTestFinder().find(module) if one.examples]
    assert found
    for one in found:
        assert not doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(one).failed


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_of_the_docs_runs_from_top_to_bottom(page, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    file = ""
    for before, kind, code in re.findall(
        r"^(?:`([\w.]+)`:\n\n)?```(pycon|sh|yaml)\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S
    ):
        file = before or file
        if kind == "pycon":
            run(code, names, page.name)
        elif kind == "yaml":
            Path(file).write_text(code, encoding="utf-8")
        else:
            commands = [line for line in code.splitlines() if line.startswith("mnist1d-lab ")]
            for command in commands:
                assert main(shlex.split(command)[1:]) == 0, command
    capsys.readouterr()


def test_the_grid_file_of_the_clusters_readme_has_the_tasks_that_it_says(tmp_path, capsys):
    ((_, grid),) = blocks(SWEPT, "yaml")
    (tmp_path / "grid.yaml").write_text(grid, encoding="utf-8")
    assert main(["sweep", str(tmp_path / "grid.yaml"), "--list", "--out", str(tmp_path / "r")]) == 0
    about = yaml.safe_load(grid)
    seeds = 100
    assert about["seeds"] == f"0:{seeds}"
    settings = [len(values) for values in about["grid"].values()]
    assert len(capsys.readouterr().out.splitlines()) == seeds * settings[0] * settings[1]


COMMANDS = [
    shlex.split(words.replace("\\|", "|"))
    for text in (
        *(path.read_text("utf-8") for path in READMES),
        *(more for _, more in HELP.values()),
        EPILOG,
    )
    for words in re.findall(r"^ *`?(mnist1d-lab [a-z][^`#>\n]*)", text, re.M)
]


def test_the_commands_of_readmes_and_help_texts_are_commands():
    assert len(COMMANDS) > 15
    for words in COMMANDS:
        if words[1] != "…":
            parser().parse_args([spelled(word) for word in words[1:]])


def test_the_programs_of_the_clusters_readme_call_the_command_as_it_is():
    """There is no SLURM and no Kubernetes here: they are parsed, and so is what they run."""
    programs = [ast.parse(code) for _, code in blocks(SWEPT, "python")]
    assert len(programs) == 2
    for program in programs:
        (words,) = (
            [word for word in ast.iter_child_nodes(call.args[0]) if isinstance(word, ast.expr)]
            for call in ast.walk(program)
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "subprocess.run"
        )
        address = "tcp://10.0.0.5:8786"
        said = [str(word.value) if isinstance(word, ast.Constant) else address for word in words]
        assert said[0] == "mnist1d-lab"
        assert parser().parse_args(said[1:]).scheduler == address


def test_every_public_name_is_on_the_page_of_the_api_and_every_function_has_an_example():
    api = (DOCS / "api.md").read_text(encoding="utf-8")
    told = re.findall(r"^\.\. auto(?:function|class):: ([\w.]+)$", api, re.M)
    assert {*mnist1d_lab.__all__, *TORCH} <= set(told)
    for name in set(told) - TORCH - {"Ticket", "TicketSearch"}:  # find_tickets shows both
        *folders, last = name.removeprefix("mnist1d_lab.").split(".")
        module = importlib.import_module(".".join(["mnist1d_lab", *folders]))
        assert ">>> " in (getattr(module, last).__doc__ or ""), name


def test_the_page_of_the_installation_names_the_extras_that_there_are():
    page = (DOCS / "install.md").read_text(encoding="utf-8")
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert re.findall(r"^\| `(\w+)`", page, re.M) == sorted(about["optional-dependencies"])


def test_the_citation_is_of_this_version_and_names_the_paper():
    """Checked by hand with cffconvert 2.0.0, which would cost each run its installation."""
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {
        "cff-version",
        "message",
        "title",
        "authors",
    } <= cited.keys()  # what its schema requires
    assert (cited["version"], cited["license"]) == (mnist1d_lab.__version__, "Apache-2.0")
    (paper,) = cited["references"]
    assert paper["title"] == "Scaling Down Deep Learning with MNIST-1D"
    assert f"## {cited['version']} - " in (DOCS / "changelog.md").read_text(encoding="utf-8")
