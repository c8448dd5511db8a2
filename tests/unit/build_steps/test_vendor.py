"""Licence texts of what is vendored. The bundling itself is seen by every build."""

import json
from pathlib import Path

import pytest

from build_steps import vendor
from build_steps.console import BuildError


def test_licences_are_grouped_by_text(tmp_path: Path) -> None:
    for name, text in (("a", "MIT text"), ("b", "MIT text"), ("c", "ISC text")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "LICENSE").write_text(text)
        about = {"name": name, "version": "1", "license": text[:3]}
        (tmp_path / name / "package.json").write_text(json.dumps(about))
    text = vendor.licences(tmp_path / name for name in "abc")
    assert text.count("MIT text") == 1
    assert "a 1 (MIT)\nb 1 (MIT)\n" in text
    assert vendor.package_of("node_modules/@scope/name/src/x.js") == "@scope/name"
    assert vendor.package_of("node_modules/d3-array/src/x.js") == "d3-array"


def test_a_package_without_a_licence_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "a", "version": "1"}')
    with pytest.raises(BuildError, match="expected a licence file, got none"):
        vendor.licences([tmp_path])
