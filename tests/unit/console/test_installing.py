"""What a package installer says comes out as one sentence; the texts are micropip's own."""

import asyncio
from types import SimpleNamespace

import pytest

from mnist1d_lab.console import installing

# What micropip 0.11.1 raises (the browser's tests make it raise them), and what is made of it.
SAID = [
    (
        "Invalid checksum: expected 0123456789abcdef, got fedcba9876543210",
        "sha256 0123456789ab… was expected, fedcba987654… came",
    ),
    ("Can't fetch metadata for 'six'. Please make sure", "No wheel of six is here"),
    ("Can't find a pure Python 3 wheel for 'six>=9'.\nSee: x", "No wheel of six>=9 that is here"),
    ("Wheel platform 'win_amd64' is not compatible with", "another system, win_amd64;"),
    ("Wheel abi 'cp311' is not supported.", "made for another Python"),
    ("File is not a zip file", "This file is no wheel"),
    (
        "Requested 'a==2', but a==1 is already installed. If",
        "a==2 was asked for, but a==1 is there",
    ),
    ("Something\nnew", "It could not be installed: Something."),
]


@pytest.mark.parametrize(("said", "words"), SAID)
def test_each_reason_is_one_sentence(said: str, words: str) -> None:
    sentence = installing.sentence("x", ValueError(said))
    assert words in sentence
    assert "\n" not in sentence
    assert len(sentence) < 200


class Installer:
    """One that has a package already and installs what it is asked for."""

    def __init__(self) -> None:
        self.there = {"numpy": SimpleNamespace(version="2.4")}

    async def install(self, requirements: str) -> None:
        if requirements == "bad":
            raise ValueError("File is not a zip file")
        self.there[requirements] = SimpleNamespace(version="1.0")

    def list(self) -> dict[str, SimpleNamespace]:
        return dict(self.there)


def test_what_is_new_is_named() -> None:
    one = Installer()
    assert asyncio.run(installing.install(one, "six")) == "Installed: six 1.0."
    assert asyncio.run(installing.install(one, "six")) == "It is installed already."
    with pytest.raises(installing.InstallError, match="This file is no wheel"):
        asyncio.run(installing.install(one, "bad"))
