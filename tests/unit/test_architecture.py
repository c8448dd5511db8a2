"""Which folder may import which: one table of ranks for the Python package, one for the page."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import mnist1d_lab

PACKAGE = Path(mnist1d_lab.__file__).parent
ROOT = PACKAGE.parents[1]

# From the lowest rank to the highest. A file imports from its own folder or from a lower rank;
# folders of the same rank do not know each other.
PYTHON = (
    {"validation", "types", "intervals"},
    {"kernels"},
    {"dataset"},
    {"models"},
    {"lottery", "double_descent", "learning_rate", "self_supervised"},
    {"jobs"},
    {"edits", "console", "files"},
    {"cluster"},
    {"api"},
    {"command"},
    {"__init__", "__main__"},
)
PAGE = (
    {"from-python"},  # made from the Python package
    {"settings", "records"},
    {"lab"},
    {"ui"},
    {"files", "page"},
    {"editor"},
    {
        "dataset", "models", "lottery", "double-descent", "learning-rate", "self-supervised",
        "exercises", "console",
    },
    {"first-screen"},
    {"app"},
)  # fmt: skip
WITHIN = ("", "charts", "figures")  # the ranks inside a folder of the page
WORKER = "lab/worker"  # runs beside the page, which it meets in these files alone
MEETING = {"lab/messages", "lab/byte-count", "lab/arrivals", "lab/locks"}
BROWSER = {"js", "pyodide", "pyodide_js"}
ELSEWHERE = {"scipy", "torch", "mnist1d", "sklearn", "pandas"}
OUTSIDE = "api"  # alone knows of what a desk may have, and needs none of it

# `import … from`, `export … from`, on one line or several, import() and JSDoc's import('…').Type.
SPECIFIER = re.compile(r"""\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)\.js['"]""")

Arrow = tuple[str, str]  # from a file to a file, paths without ending


def python_imports(path: Path) -> Iterator[str]:
    """Yield what a module imports, dotted, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative imports hide the folder"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def python_arrows(package: Path) -> Iterator[Arrow]:
    for path in sorted(package.rglob("*.py")):
        where = path.relative_to(package).with_suffix("").as_posix()
        for name in python_imports(path):
            if name.startswith(f"{package.name}."):
                yield where, name.removeprefix(f"{package.name}.").replace(".", "/")


def page_arrows(root: Path) -> Iterator[Arrow]:
    for path in [root / "app.js", *sorted((root / "static").rglob("*.js"))]:
        for specifier in SPECIFIER.findall(path.read_text(encoding="utf-8")):
            yield tuple(
                one.relative_to(root).as_posix().removeprefix("static/")
                for one in (path.with_suffix(""), (path.parent / specifier).resolve())
            )  # type: ignore[misc]


def rank(ranks: tuple[set[str], ...], where: str) -> int:
    top = where.split("/")[0]
    found = [at for at, names in enumerate(ranks) if top in names]
    assert found, f"{where}: the table of ranks has no {top}"
    return found[0]


def part(where: str) -> int:
    """Return the rank of a file within its own folder: modules, charts, figures."""
    inner = where.split("/")[1]
    return WITHIN.index(inner) if inner in WITHIN else 0


def wrong_in_python(package: Path) -> list[str]:
    """Return the arrows that do not go down, as sentences."""
    return [
        f"{start} imports {end}"
        for start, end in python_arrows(package)
        if start.split("/")[0] != end.split("/")[0]
        and start != "__init__"  # the front door, which names what is inside
        and rank(PYTHON, end) >= rank(PYTHON, start)
    ]


def wrong_in_page(root: Path) -> list[str]:
    """Return the arrows that do not go down, as sentences."""

    def wrong(start: str, end: str) -> bool:
        if start.split("/")[0] != end.split("/")[0]:
            return rank(PAGE, end) >= rank(PAGE, start)
        if start.startswith(WORKER) != end.startswith(WORKER):
            return end not in MEETING
        return part(end) > part(start)

    return [f"{start} imports {end}" for start, end in page_arrows(root) if wrong(start, end)]


def folders_and_arrows(arrows: Iterator[Arrow]) -> str:
    """Say how many folders (or files beside them) there are, and how many of them import which."""
    tops = {(start.split("/")[0], end.split("/")[0]) for start, end in arrows}
    between = {(start, end) for start, end in tops if start != end}
    return f"{len({top for pair in tops for top in pair})} folders, {len(between)} arrows"


def test_every_arrow_of_the_package_goes_down(report):
    assert not wrong_in_python(PACKAGE)
    report(f"architecture, package: {folders_and_arrows(python_arrows(PACKAGE))}")


def test_every_arrow_of_the_page_goes_down(report):
    assert not wrong_in_page(ROOT)
    report(f"architecture, page: {folders_and_arrows(page_arrows(ROOT))}")


def choosing(package: Path) -> list[str]:
    """Return the modules outside kernels/ that take one backend by its name, or ask which it is."""
    found = []
    for path in sorted(package.rglob("*.py")):
        where = path.relative_to(package).as_posix()
        text = path.read_text(encoding="utf-8")
        if not where.startswith("kernels/") and re.search(r"numpy_ops|simd_ops|backend\(\)", text):
            found.append(where)
    return found


def test_only_the_kernels_choose_the_backend(tmp_path):
    assert not choosing(PACKAGE)
    line = "from mnist1d_lab import kernels\nfast = kernels.backend() == 'simd'"
    assert choosing(written({"models/a.py": line}, tmp_path)) == ["models/a.py"]


def test_nothing_in_the_package_knows_of_a_browser_or_of_scipy():
    for path in PACKAGE.rglob("*.py"):
        roots = {name.split(".")[0] for name in python_imports(path)}
        outside = path.relative_to(PACKAGE).parts[0] == OUTSIDE
        assert not roots & (BROWSER if outside else BROWSER | ELSEWHERE), path


# Each breaks a rank on purpose.
BROKEN_PYTHON = {
    "upwards": {"models/a.py": "from mnist1d_lab.lottery import b"},
    "upwards, in a function": {"kernels/a.py": "def f():\n    import mnist1d_lab.jobs.registry"},
    "upwards, in several lines": {
        "dataset/a.py": "from mnist1d_lab.models import (\n    b,\n    c,\n)"
    },
    "the package as a whole": {"dataset/a.py": "from mnist1d_lab import jobs"},
    "a job": {"lottery/a.py": "from mnist1d_lab.jobs import run"},
    "same rank": {"types.py": "from mnist1d_lab import validation"},
}
BROKEN_PAGE = {
    "upwards": {"records/a.js": "import { b } from '../lab/b.js';"},
    "a type": {"records/a.js": "/** @typedef {import('../lab/b.js').B} B */"},
    "export from": {"ui/a.js": "export { b } from '../files/b.js';"},
    "export star": {"ui/a.js": "export * from '../page/b.js';"},
    "several lines": {"lab/a.js": "import {\n  b,\n  c,\n} from\n  '../ui/b.js';"},
    "for its effects": {"lab/a.js": "import '../ui/b.js';"},
    "import()": {"settings/a.js": "await import('../lottery/b.js');"},
    "another wing": {"models/a.js": "import { b } from '../lottery/b.js';"},
    "same rank": {"files/a.js": "import { b } from '../page/b.js';"},
    "a chart imports a figure": {
        "models/charts/a.js": "import { b } from '../figures/b.js';",
    },
    "a module imports a chart": {"models/a.js": "import { b } from './charts/b.js';"},
    "the page imports its worker": {"lab/a.js": "import { b } from './worker/b.js';"},
    "the worker imports the page": {"lab/worker/a.js": "import { b } from '../lab.js';"},
    "app.js": {"ui/a.js": "import { b } from '../../app.js';"},
}


def written(files: dict[str, str], folder: Path) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("files", BROKEN_PYTHON.values(), ids=BROKEN_PYTHON)
def test_a_broken_rank_of_the_package_is_refused(tmp_path, files):
    assert wrong_in_python(written(files, tmp_path / "mnist1d_lab"))


@pytest.mark.parametrize("files", BROKEN_PAGE.values(), ids=BROKEN_PAGE)
def test_a_broken_rank_of_the_page_is_refused(tmp_path, files):
    written({"app.js": ""}, tmp_path)
    written(files, tmp_path / "static")
    assert wrong_in_page(tmp_path)


@pytest.mark.parametrize(
    ("check", "name"), [(wrong_in_python, "other/a.py"), (wrong_in_page, "static/other/a.js")]
)
def test_a_folder_that_the_table_does_not_know_is_refused(
    tmp_path, check: Callable[[Path], list[str]], name
):
    line = {".py": "import mnist1d_lab.types", ".js": "import '../lab/b.js';"}[Path(name).suffix]
    folder = tmp_path / "mnist1d_lab"
    written({"app.js": "", name: line}, folder)
    with pytest.raises(AssertionError, match="no other"):
        check(folder)
