"""Where benchmarks run: a process of some Python, Pyodide in Chromium, the page itself."""

import base64
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Page
from tests.pyodide_page import START

HERE = Path(__file__).parent
RUN = """async ([job, args]) => {
  const began = performance.now();
  await lab.run(job, args);
  return (performance.now() - began) / 1000;
}"""
# What the button of a figure does, with its usual settings: by their group its module and class.
FIGURES = {
    "contrast": ("self-supervised/contrast-run", "ContrastRun"),
    "descent": ("double-descent/descent-run", "DescentRun"),
}
FIGURE = """async ([group, [file, name]]) => {
  const base = document.querySelector('script[src$="app.js"]').src;
  const module = (name) => import(new URL(`static/${name}.js`, base));
  const { [name]: Run } = await module(file);
  const { Settings } = await module('settings/settings');
  const settings = new Settings('');
  const run = new Run(lab.run);
  run.begin(settings.args(group), settings.args('dataset'));
  const began = performance.now();
  await run.finish({ signal: new AbortController().signal, onProgress() {} });
  return (performance.now() - began) / 1000;
}"""
# With trials: the seconds the page says are left when a tenth is done; without: those it then took.
LEFT = """async ([, args]) => {
  if (!args.trials) return window.took;
  await lab.kept.clear();
  let told, since;
  const onProgress = ({ fraction, left }) => {
    if (told !== undefined || fraction < 0.1) return;
    [told, since] = [left, performance.now()];
  };
  await lab.run('lottery', args, { keep: true, onProgress });
  window.took = (performance.now() - since) / 1000;
  return told;
}"""


class Process:
    """A Python that answers calls of one file's functions."""

    def __init__(self, python: Path, file: str) -> None:
        """Start it, on one thread."""
        env = {
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "PYTHONPATH": os.pathsep.join(["py", "."]),
        }
        self.process = subprocess.Popen(
            [python, HERE / file],
            env={**os.environ, **env},
            cwd=HERE.parents[1],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def call(self, name: str, **arguments: Any) -> float:
        """Call a function there."""
        assert self.process.stdin and self.process.stdout
        print(json.dumps([name, arguments]), file=self.process.stdin, flush=True)
        answer = self.process.stdout.readline()
        if not answer:
            raise RuntimeError(f"{name}({arguments}) ended the process; see above")
        return float(json.loads(answer))


class Pyodide:
    """Our functions in a page's own Pyodide, one thread, with the compiled kernels."""

    def __init__(self, page: Page, site: str, peak: Path) -> None:
        """Load it; `peak` is the compiled yardstick."""
        page.set_default_timeout(0)
        page.goto(f"{site}build.json")  # any page of the site without scripts of its own
        page.evaluate(START)
        self.page = page
        library = base64.b64encode(peak.read_bytes()).decode()
        self.python(f"import base64\nopen('/peak.so', 'wb').write(base64.b64decode({library!r}))")
        self.python((HERE / "ours.py").read_text(encoding="utf-8"))

    def python(self, code: str) -> Any:
        """Run Python there."""
        return self.page.evaluate("(code) => python(code)", code)

    def call(self, name: str, **arguments: Any) -> float:
        """Call a function there."""
        return float(self.python(f"{name}(**{arguments!r})"))


class Site:
    """The page with a pool of a given size."""

    def __init__(self, page: Page, site: str, workers: int) -> None:
        """Open it and wait until its workers are up."""
        page.set_default_timeout(0)
        page.goto(f"{site}?workers={workers}")
        page.evaluate("lab.ready")
        warm = {"trials": workers, "steps": 5, "hidden": 5, "levels": 1}
        page.evaluate("(args) => lab.run('lottery', args)", warm)
        self.page = page

    def call(self, name: str, **arguments: Any) -> float:
        """Return the seconds of a job, of a figure's run, or of `left`."""
        if name in FIGURES:
            return float(self.page.evaluate(FIGURE, [name, FIGURES[name]]))
        return float(self.page.evaluate(LEFT if name == "left" else RUN, [name, arguments]))
