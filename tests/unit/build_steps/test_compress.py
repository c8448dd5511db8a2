"""What a visit costs is counted as a server would send it."""

import gzip
from pathlib import Path

from build_steps import compress


def test_a_file_counts_as_its_copy_where_there_is_one(tmp_path: Path) -> None:
    text, font = tmp_path / "a.js", tmp_path / "a.woff2"
    text.write_bytes(b"x" * 1000)
    font.write_bytes(b"y" * 100)
    Path(f"{text}.gz").write_bytes(gzip.compress(text.read_bytes()))
    Path(f"{text}.br").write_bytes(b"z" * 7)
    small = len(gzip.compress(text.read_bytes()))
    expected = {"raw": 1100, "gzip": small + 100, "brotli": 107}
    assert compress.weights([text, font]) == expected
