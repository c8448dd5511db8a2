"""A figure that can be embedded is known wherever it must be; test_embed.py opens some of them."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "index.html").read_text(encoding="utf-8")
NAMES = re.findall(r'data-embed-as="([^"]+)"', PAGE)


def test_each_figure_that_can_be_embedded_has_a_name_of_its_own_and_a_title():
    assert len(NAMES) == len(set(NAMES)) == len(re.findall(r'data-embed-title="[^"]+"', PAGE)) > 5


def test_what_runs_before_the_page_is_painted_knows_them_all():
    script = (ROOT / "static" / "page" / "before-modules.js").read_text(encoding="utf-8")
    (alone,) = re.findall(r"const ALONE = (\[[^\]]+\])", script)
    assert sorted(json.loads(alone.replace("'", '"'))) == sorted(NAMES)


def test_the_style_sheet_shows_the_section_of_each():
    styles = (ROOT / "static" / "styles" / "messages-and-print.css").read_text(encoding="utf-8")
    shown = re.findall(
        r'html\[data-embed="([^"]+)"\] section:has\(> \[data-embed-as="\1"\]\)', styles
    )
    assert sorted(shown) == sorted(NAMES)
