"""Writes what the docs say of the code itself: sections of READMEs, help texts, jobs, specs.

Run with the project's Python, as `python -m build_steps.docs_sources FOLDER`; docs.py does that.
The pages in py/docs include these files: nothing is said twice.
"""

import argparse
import inspect
import os
import posixpath
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from build_steps import jobs_table, read
from mnist1d_lab import jobs
from mnist1d_lab.command import main as command
from mnist1d_lab.jobs.registry import job_of
from mnist1d_lab.lottery.spec import PRESET_WORDS

ROOT = Path(__file__).resolve().parents[2]
READMES = {  # folder of their sections -> the file
    "top": "README.md",
    "page": "static/README.md",
    "package": "py/mnist1d_lab/README.md",
    "cluster": "py/mnist1d_lab/cluster/README.md",
    "github": ".github/CONTRIBUTING.md",
}
PAGES = {  # file -> the page that says the same
    "static/README.md": "page.md",
    "py/mnist1d_lab/README.md": "jobs.md",
    "py/mnist1d_lab/cluster/README.md": "cluster.md",
    "py/docs/changelog.md": "changelog.md",
}
LINK = re.compile(r"\[([^\]]+)\]\((?!https?:)([^)#]+)(#[^)]*)?\)")
ROW = re.compile(r"\| (.+?) \| (.+) \|$")
WIDTH = "88"  # letters of a help text: a line of it is no wider than the page's text


def slug(title: str) -> str:
    """A heading as the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def relinked(text: str, file: str) -> str:
    """A README's text with its links to files as links to the docs' pages, or as words alone."""

    def one(found: re.Match[str]) -> str:
        words, to, _ = found.groups()
        page = PAGES.get(posixpath.normpath(posixpath.join(posixpath.dirname(file), to)))
        return f"[{words}]({page})" if page else words

    return LINK.sub(one, text)


def sections(file: str) -> Iterator[tuple[str, str]]:
    """Each section of a README, by the name of its heading; `whole` is all below the title."""
    text = relinked(read.text(ROOT / file), file).partition("\n")[2]
    yield "whole", text
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        title, _, body = part.partition("\n")
        yield slug(title), body


def words() -> str:
    """The words of the first README as entries of a glossary."""
    rows = [ROW.match(line) for line in dict(sections("README.md"))["words"].splitlines()]
    entries = [f"{row[1]}\n  {row[2]}\n" for row in rows[2:] if row]
    return "```{glossary}\n" + "\n".join(entries) + "```\n"


def help_texts() -> str:
    """What --help prints, of the program and of each of its commands."""
    os.environ.update(COLUMNS=WIDTH, NO_COLOR="1")
    parser = command.parser()
    (commands,) = (
        action.choices
        for action in parser._actions
        if isinstance(action, argparse._SubParsersAction)
    )
    texts = {
        "mnist1d-lab": parser,
        **{f"mnist1d-lab {name}": one for name, one in commands.items()},
    }
    return "\n".join(
        f"## {name}\n\n```text\n{one.format_help().rstrip()}\n```\n" for name, one in texts.items()
    )


def job_texts() -> str:
    """What each job takes and returns, from its declaration and its docstring."""
    parts = []
    for name in jobs.JOBS:
        job = job_of(name)
        said = f"```{{eval-rst}}\n{inspect.getdoc(job.function)}\n```\n"
        parts.append(f"### {name}\n\nTakes {jobs_table.takes(job.args)}.\n\n{said}")
    return "\n".join(parts)


def spec_texts() -> str:
    """What each spec is, and its fields."""
    parts = []
    for kind in jobs_table.SPECS:
        place = f"{kind.__module__}.{kind.__qualname__}"
        directive = f"```{{eval-rst}}\n.. autoclass:: {place}\n   :no-members:\n```\n"
        parts.append(f"## {kind.__name__}\n\n{directive}\n{jobs_table.table_of(kind)}")
    return "\n".join(parts)


def presets() -> str:
    """The presets of the lottery, and what each one is for."""
    rows = [f"| `{name}` | {title}: {said} |" for name, (title, said) in PRESET_WORDS.items()]
    return "\n".join(["| preset | what it is |", "|---|---|", *rows]) + "\n"


def write(folder: Path) -> None:
    """Write all of it into the folder."""
    files = {
        f"{name}/{title}": text for name, file in READMES.items() for title, text in sections(file)
    }
    files |= {
        "words": words(),
        "help": help_texts(),
        "jobs": job_texts(),
        "specs": spec_texts(),
        "presets": presets(),
    }
    for name, text in files.items():
        file = folder / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
