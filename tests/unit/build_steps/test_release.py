"""A release: one address for all of its files, and a service worker that knows each of them."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from build_steps import release
from build_steps.console import BuildError

MANIFEST = {
    "pyodide": "runtime/1-x/",
    "sandbox": "runtime/s/",
    "wheel": "wheels/page/2/w.whl",
    "package": "wheels/1/mnist1d_lab-1.whl",
    "hosted": ["wheels/1/mnist1d_lab-1.whl", "wheels/3/other-1.whl", "wheels/other/index.html"],
    "kernels": "n/k",
}
PAGE = """<head>
  <link rel="stylesheet" href="static/styles/page.css">
  <link rel="manifest" href="manifest.webmanifest">
  <link rel="preload" href="runtime/pyodide.asm.wasm" as="fetch" crossorigin>
  <script type="module" src="static/b.js"></script>
  <script type="module" src="app.js"></script>
</head>
<a href="vendor/LICENSES.txt">licences</a>
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A flat site, as it is assembled."""
    files = {
        "index.html": PAGE,
        "app.js": "import { a } from './static/a.js';\n",
        "static/a.js": "import {\n  b,\n} from './b.js';\n",
        "static/b.js": "export const b = 1;\n",
        "static/styles/page.css": "",
        "vendor/LICENSES.txt": "",
        "runtime/1-x/pyodide.mjs": "1",
        "runtime/1-x/pyodide.asm.wasm": "2",
        "icons/192.png": "2",
        "wheels/page/2/w.whl": "3",
        "wheels/1/mnist1d_lab-1.whl": "4",
        "wheels/3/other-1.whl": "5",
        "wheels/all.txt": "",
        "wheels/index.html": '<a href="other/">other</a>',
        "wheels/other/index.html": '<a href="../3/other-1.whl#sha256=6">other-1.whl</a>',
        "manifest.webmanifest": "{}",
        "sw.js": "self.code = 1;\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_all_but_the_page_and_the_runtime_is_below_the_releases_address(site: Path) -> None:
    name = release.make(site, MANIFEST)
    page = (site / "index.html").read_text()
    assert f'src="v/{name}/app.js"' in page
    assert f'href="v/{name}/static/styles/page.css"' in page
    assert f'href="v/{name}/vendor/LICENSES.txt"' in page
    assert 'href="manifest.webmanifest"' in page
    assert 'href="runtime/1-x/pyodide.asm.wasm"' in page
    for module in ("app.js", "static/a.js", "static/b.js"):
        assert f'<link rel="modulepreload" href="v/{name}/{module}">' in page
        assert (site / "v" / name / module).is_file()
    first, second = (page.index(f'preload" href="v/{name}/{one}') for one in ("static/b", "app"))
    assert first < second  # in the order of the page's scripts
    inside = json.loads((site / "v" / name / "build.json").read_text())
    assert (site / "v" / name / inside["pyodide"] / "pyodide.mjs").is_file()
    assert json.loads((site / "build.json").read_text())["wheel"] == f"v/{name}/wheels/page/2/w.whl"


def test_wheels_for_a_desk_keep_their_addresses_and_each_release_its_index(site: Path) -> None:
    name = release.make(site, MANIFEST)
    assert (site / "wheels/1/mnist1d_lab-1.whl").read_text() == "4"
    for index, up in ((site, ""), (site / "v" / name, "../../../../wheels/")):
        page = index / "wheels" / "other" / "index.html"
        (link,) = re.findall('href="(.*?)#', page.read_text())
        assert link == f"{up or '../'}3/other-1.whl"
        assert (page.parent / link).read_text() == "5"
    for home in (site, site / "v" / name):
        about = json.loads((home / "build.json").read_text())
        assert (home / about["package"]).read_text() == "4"
        assert (home / about["wheel"]).read_text() == "3"
    assert all((site / "v" / name / one).is_file() for one in about["hosted"])


def test_the_worker_lists_every_file_that_is_there_with_its_hash(site: Path) -> None:
    name = release.make(site, MANIFEST)
    head, rest = (site / "sw.js").read_text().split("\n", 1)
    assert rest == "self.code = 1;\n"
    told = json.loads(head.removeprefix("self.RELEASE = ").removesuffix(";"))
    assert told["release"] == name
    listed = {file["path"]: file["sha256"] for file in told["files"]}
    there = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    own = {"index.html", "sw.js", "build.json"}
    of_desk = {"1/mnist1d_lab-1.whl", "all.txt", "index.html", "other/index.html"}
    assert set(listed) == there - own - {f"wheels/{one}" for one in of_desk} | {"./"}
    for path, digest in listed.items():
        file = site / ("index.html" if path == "./" else path)
        assert base64.b64decode(digest) == hashlib.sha256(file.read_bytes()).digest()


def test_any_other_content_is_another_release(
    site: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import shutil

    other, same = (tmp_path_factory.mktemp("copy") / name for name in ("other", "same"))
    shutil.copytree(site, other)
    shutil.copytree(site, same)
    (other / "static" / "b.js").write_text("export const b = 2;\n")
    name = release.make(site, MANIFEST)
    assert release.make(same, MANIFEST) == name
    assert release.make(other, MANIFEST) != name


def test_an_import_of_nothing_stops_the_build(site: Path) -> None:
    (site / "static" / "b.js").unlink()
    with pytest.raises(BuildError, match=r"b\.js: expected this module, .* got none"):
        release.make(site, MANIFEST)


def test_a_page_without_its_parts_is_named(site: Path) -> None:
    for part, wanted in (("</head>", "expected </head>"), ("module", 'expected <script type="mod')):
        (site / "index.html").write_text(PAGE.replace(part, "no"))
        with pytest.raises(BuildError, match=rf"index\.html: {wanted}.* got none"):
            release._page(site, site / "v" / "1")


def test_a_module_that_is_no_text_is_named(site: Path) -> None:
    (site / "static" / "b.js").write_bytes(b"export const b = '\xff';\n")
    with pytest.raises(BuildError, match=r"b\.js: expected text in UTF-8, got byte 0xff"):
        release.make(site, MANIFEST)


def test_a_preview_has_a_whole_address_where_the_host_is_known():
    page = '<meta property="og:image" content="icons/preview.png">'
    assert release.with_preview(page, "") == page
    assert 'content="https://lab.test/x/icons/preview.png"' in release.with_preview(
        page, "https://lab.test/x/"
    )
