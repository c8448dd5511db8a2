"""The READMEs: what they name exists, and the first one stays short."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
READMES = [
    ROOT / name
    for name in (
        "README.md",
        "static/README.md",
        "py/mnist1d_lab/README.md",
        "py/build_steps/README.md",
        "tests/README.md",
        "static/wheels/README.md",
        "py/mnist1d_lab/cluster/README.md",
        ".github/CONTRIBUTING.md",
    )
]
# A file or folder in backticks: it has a slash or one of our endings, and no placeholder.
NAMED = re.compile(r"`([\w./-]+(?:/|\.(?:py|js|mjs|c|h|css|json|html|txt|yml|in)))`")
LINKED = re.compile(r"\]\((?!https?:)([^)#]+)\)")
MADE = re.compile(r"^(dist|runtime|vendor|v|wheels|docs|\.cache)(/|$)")  # by the build
OF_HOST = {"earlier/", "indexes.txt"}  # which a host may lay into static/wheels/
COMMAND = re.compile(r"python3 build\.py ([^`\n#]*)")


def exists(readme: Path, name: str) -> bool:
    """Whether it is there: beside the README, from the root, or, a mere file name, anywhere."""
    if (readme.parent / name).exists() or (ROOT / name).exists():
        return True
    folders = (ROOT / "py", ROOT / "static", ROOT / "tests")
    return "/" not in name.rstrip("/") and any(
        next(folder.rglob(name.rstrip("/")), None) for folder in folders
    )


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_readme_names_exists(readme):
    text = readme.read_text(encoding="utf-8")
    named = {*NAMED.findall(text), *LINKED.findall(text)} - OF_HOST
    assert not [name for name in named if not MADE.match(name) and not exists(readme, name)]


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_commands_of_a_readme_are_commands(readme):
    usage = subprocess.run(
        [sys.executable, ROOT / "build.py", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for command in COMMAND.findall(readme.read_text(encoding="utf-8")):
        words = command.split()
        assert f"python3 build.py {words[0]}" in usage, command
        for word in words[1:]:
            if word.startswith("tests/"):
                assert (ROOT / word).exists(), command
            elif word in ("unit", "page", "browser", "start", "studio", "--watch"):
                assert f"{words[0]} " in usage, command
                assert word in usage, command


def test_the_first_readme_is_read_in_minutes():
    assert len((ROOT / "README.md").read_bytes()) <= 7000
