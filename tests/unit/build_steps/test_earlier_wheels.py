"""Wheels of earlier deployments keep their addresses; what is not what its list says is refused."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_steps import content_hash, earlier_wheels, server, wheel_index
from build_steps.console import BuildError
from build_steps.paths import Paths

NAME = "mnist1d_lab-0.1.0-py3-none-any.whl"


def deployed(root: Path, content: bytes, checkout: Path) -> Path:
    """A site's wheels/, built in a checkout, with this as its own wheel."""
    wheels = root / "wheels"
    wheels.mkdir(parents=True)
    (wheels / NAME).write_bytes(content)
    home = wheels / content_hash.key(wheels / NAME)[:12]
    home.mkdir()
    (wheels / NAME).rename(home / NAME)
    wheel_index.write(Paths(checkout), wheels)
    return wheels


@pytest.fixture
def first(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The wheels of a first deployment, and its address."""
    wheels = deployed(tmp_path / "first", b"first", tmp_path)
    with server.bind(wheels.parent, 8750) as bound:
        threading.Thread(target=bound.serve_forever, daemon=True).start()
        yield wheels, f"http://127.0.0.1:{bound.server_port}/"
        bound.shutdown()


def test_the_third_deployment_has_the_wheels_of_all_three(
    first: tuple[Path, str], tmp_path: Path
) -> None:
    (got,) = earlier_wheels.fetch(first[1], tmp_path / "checkout")
    assert got.read_bytes() == b"first"
    second = deployed(tmp_path / "second", b"second", tmp_path / "checkout")
    with server.bind(second.parent, 8750) as bound:
        threading.Thread(target=bound.serve_forever, daemon=True).start()
        earlier_wheels.fetch(f"http://127.0.0.1:{bound.server_port}", tmp_path / "checkout")
        bound.shutdown()
    third = deployed(tmp_path / "third", b"third", tmp_path / "checkout")
    found = {path.read_bytes(): path.parent.name for path in third.glob(f"*/{NAME}")}
    assert set(found) == {b"first", b"second", b"third"}
    assert (first[0] / found[b"first"] / NAME).is_file()  # the same address as before
    index = (third / "mnist1d-lab" / "index.html").read_text()
    assert index.count("<a ") == 1
    assert f"../{found[b'third']}/" in index


def test_what_differs_from_its_sum_is_refused_and_not_kept(
    first: tuple[Path, str], tmp_path: Path
) -> None:
    (wheel,) = first[0].glob(f"*/{NAME}")
    wheel.write_bytes(b"other")
    with pytest.raises(BuildError, match=rf"{NAME}: expected sha256 \w+, got \w+"):
        earlier_wheels.fetch(first[1], tmp_path / "checkout")
    assert list(earlier_wheels.kept(tmp_path / "checkout")) == []
    (first[0] / earlier_wheels.LIST).write_text("../../x.whl#sha256=0")
    with pytest.raises(BuildError, match=r"all.txt: expected HASH/NAME#sha256=DIGEST, got"):
        earlier_wheels.fetch(first[1], tmp_path / "checkout")


def test_a_site_without_a_list_has_no_earlier_wheels(
    first: tuple[Path, str], tmp_path: Path
) -> None:
    (first[0] / earlier_wheels.LIST).unlink()
    assert earlier_wheels.fetch(first[1], tmp_path) == []
