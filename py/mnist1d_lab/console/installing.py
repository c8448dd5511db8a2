"""Install a package, and say in one sentence what came of it. It imports no micropip."""

import re
from typing import Any, Protocol

SHOWN = 80  # characters of what somebody typed


class Installer(Protocol):
    """As much of micropip as is used here."""

    async def install(self, requirements: str) -> None:
        """Install one requirement, or raise."""

    def list(self) -> dict[str, Any]:
        """Return what is installed, by name."""


# What micropip says, and how we say it; `{what}`: what was asked for, `{0}`: what was found.
SENTENCES: tuple[tuple[str, str], ...] = (
    (
        r"Invalid checksum: expected (\w{12})\w*, got (\w{12})",
        "The wheel is not the one that its index describes: sha256 {0}… was expected, {1}… came.",
    ),
    (
        r"Can't fetch metadata for '([^']*)'",
        "No wheel of {0} is here: this site’s folder of wheels has none.",
    ),
    (
        r"Can't find a pure Python 3 wheel for:? '([^']*)'",
        "No wheel of {0} that is here can run in a browser.",
    ),
    (
        r"Wheel platform '([^']*)' is not compatible",
        "This wheel was made for another system, {0}; a browser needs one with none-any.",
    ),
    (
        r"Wheel (?:interpreter version|abi|was built)",
        "This wheel was made for another Python than the page has.",
    ),
    (
        r"(?:Wheel filename is invalid|Invalid wheel filename)[^']*'?([^']*)",
        "A wheel’s name has five parts, as in name-1.0-py3-none-any.whl; got {what}.",
    ),
    (r"is not a zip file|BadZipFile", "This file is no wheel: it cannot be unpacked."),
    (
        r"Requested '([^']*)', but (\S+) is already installed",
        "{0} was asked for, but {1} is there already; start afresh to have another version.",
    ),
    (r"has no network", "Packages come from this site only, or from an index its host allows."),
    (
        r"Expected .*\n|Invalid requirement|Expected ",
        "The name of a package was expected, as in name or name==1.0; got {what}.",
    ),
)  # fmt: skip


def sentence(what: str, error: BaseException) -> str:
    """Return one sentence on why a package could not be installed.

    Args:
        what: What was asked for; '' if nobody knows.
        error: What micropip raised.
    """
    text = f"{type(error).__name__}: {error}"
    asked = what.removeprefix("emfs:/tmp/")
    asked = asked if len(asked) <= SHOWN else f"{asked[:SHOWN]}…"
    for pattern, words in SENTENCES:
        if found := re.search(pattern, text):
            return words.format(*found.groups(), what=asked or "something else")
    first = str(error).strip().split("\n")[0]
    return f"It could not be installed: {first or type(error).__name__}."


class InstallError(Exception):
    """A package could not be installed; the message says why."""


async def install(installer: Installer, what: str) -> str:
    """Install a requirement or a wheel and what it needs.

    Args:
        installer: micropip.
        what: Such as `name==1.0`, or the address of a wheel.

    Returns:
        A sentence that names what is new.

    Raises:
        InstallError: With one sentence that says why not.
    """
    before = set(installer.list())
    try:
        await installer.install(what)
    except Exception as error:
        raise InstallError(sentence(what, error)) from error
    packages = installer.list()
    new = [f"{name} {packages[name].version}" for name in sorted(set(packages) - before)]
    return f"Installed: {', '.join(new)}." if new else "It is installed already."
