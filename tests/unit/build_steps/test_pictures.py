"""The index of phenomena: its pictures are of the shipped results, its cards lead somewhere."""

import json
import re
import sys
from pathlib import Path

from tests.bench import phenomena

from build_steps import make_pictures

ROOT = Path(__file__).resolve().parents[3]
RESULTS = ROOT / "static" / "results"
PAGE = (ROOT / "index.html").read_text(encoding="utf-8")
CARDS = dict(re.findall(r'<a href="#([\w-]+)" data-phenomenon="([\w-]+)">', PAGE))
STYLES = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "static").rglob("*.css"))


def test_the_pictures_are_drawn_from_the_results_that_are_shipped():
    shipped = json.loads((RESULTS / "pictures.json").read_text(encoding="utf-8"))
    assert shipped == json.loads(json.dumps(make_pictures.make(RESULTS)))


def test_the_script_writes_what_it_makes(tmp_path, monkeypatch, capsys):
    for name, _ in make_pictures.PICTURES.values():
        (tmp_path / f"{name}.json").write_bytes((RESULTS / f"{name}.json").read_bytes())
    monkeypatch.setattr(sys, "argv", ["make_pictures.py", "kept", str(tmp_path)])
    make_pictures.main()
    written = (tmp_path / "pictures.json").read_bytes()
    assert written == (RESULTS / "pictures.json").read_bytes()
    assert f"{len(make_pictures.PICTURES)} pictures" in capsys.readouterr().out


def test_every_mark_is_in_the_frame_and_has_a_colour_of_the_page():
    width, height = make_pictures.WIDTH, make_pictures.HEIGHT
    for name, marks in make_pictures.make(RESULTS)["pictures"].items():
        for mark in marks:
            x, y, w, h = mark.get("cell", (0, 0, 0, 0))
            points = [*mark.get("line", []), (x, y), (x + w, y + h)]
            assert all(0 <= a <= width and 0 <= b <= height for a, b in points), (name, points)
            assert f"{mark['color']}:" in STYLES, (name, mark["color"])


def test_a_curve_fills_the_ranges_that_it_is_given():
    mark = make_pictures.line({0: 50, 10: 100}, (0, 10), (50, 100), "--ink", dash=True)
    assert mark == {"line": [[0, 80], [160, 0]], "color": "--ink", "dash": True}


def test_every_card_has_a_place_a_picture_and_its_seconds():
    assert len(CARDS) == PAGE.count("data-phenomenon=")
    module = (ROOT / "static/page/phenomena.js").read_text(encoding="utf-8")
    seconds = {name: float(s) for name, s in re.findall(r"(\w+): \{ seconds: ([\d.]+) \}", module)}
    assert set(CARDS.values()) == set(seconds)
    assert min(seconds.values()) > 0
    for place, card in CARDS.items():
        assert f' id="{place}"' in PAGE, f"{card} leads to #{place}, which the page has not"
        assert card in make_pictures.PICTURES
        figure, _ = phenomena.RUNS[card]  # what the bench times
        assert f'<figure id="{figure}"' in PAGE
