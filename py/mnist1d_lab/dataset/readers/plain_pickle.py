"""Reads a pickle of arrays, numbers, texts, lists and dicts, and of nothing else. It calls nothing.

A pickle is a program for a small machine. This one has only the instructions that put plain values
together; names of functions it knows by heart (those of NumPy's arrays) stand for marks that are
looked at here, never imported. Its work is one step an instruction, so it grows as the file does.
Instructions: Lib/pickletools.py of CPython.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from mnist1d_lab.dataset.readers.arrays import check_array, take
from mnist1d_lab.dataset.readers.table import FileError, Table

MOST_STEPS = 5_000_000
LONGEST = 1000  # bytes of a whole number
MAKE, KIND, ARRAY, ENCODE, SCALAR = "make", "dtype", "ndarray", "encode", "scalar"
# The only names that a pickle may say, with or without NumPy 2's underscore.
KNOWN = {
    ("numpy.core.multiarray", "_reconstruct"): MAKE,
    ("numpy._core.multiarray", "_reconstruct"): MAKE,
    ("numpy.core.multiarray", "scalar"): SCALAR,
    ("numpy._core.multiarray", "scalar"): SCALAR,
    ("numpy._core.numeric", "_frombuffer"): "frombuffer",
    ("numpy.core.numeric", "_frombuffer"): "frombuffer",
    ("numpy", "dtype"): KIND,
    ("numpy", "ndarray"): ARRAY,
    ("_codecs", "encode"): ENCODE,
}


class Name(NamedTuple):
    """A name of KNOWN on the stack."""

    what: str


class Held:
    """An array or a type that its state has yet to fill."""

    def __init__(self, what: str, text: str = "") -> None:
        """Begin with nothing; a type has a `text` such as "f8"."""
        self.what, self.text = what, text
        self.order = "|"  # of a type's bytes
        self.array: np.ndarray[Any, Any] | None = None


def _refuse(what: str) -> FileError:
    return FileError(f"hold arrays, numbers, texts, lists and dicts alone: this pickle {what}")


class Machine:
    """Runs one pickle; see the module."""

    def __init__(self, content: bytes) -> None:
        """Start before the first instruction."""
        self.content, self.at = content, 0
        self.stack: list[Any] = []
        self.marks: list[int] = []
        self.memo: dict[int, Any] = {}
        self.copied = 0  # bytes

    def run(self) -> Any:
        """Return what the pickle puts together; FileError for any other."""
        for _ in range(MOST_STEPS):
            code = self.take(1)
            if code == b".":
                return self.stack.pop()
            step = STEPS.get(code)
            if step is None:
                raise _refuse("asks for something else")
            step(self)
        raise _refuse("goes on too long")

    def take(self, count: int) -> bytes:
        """Return the next bytes."""
        if count < 0 or self.at + count > len(self.content):
            raise FileError("be a whole pickle: the end of this one is missing")
        self.at += count
        return self.content[self.at - count : self.at]

    def skip(self, count: int) -> None:
        """Go on after the next bytes."""
        self.take(count)

    def number(self, form: str) -> Any:
        """Return the next number, of a form of `struct`."""
        return struct.unpack(form, self.take(struct.calcsize(form)))[0]

    def line(self) -> str:
        """Return the rest of the line, and go on after it."""
        end = self.content.find(b"\n", self.at, self.at + 200)
        if end < 0:
            raise _refuse("has a name that is too long")
        text = self.take(end - self.at).decode("latin-1")
        self.at += 1
        return text

    def push(self, value: Any) -> None:
        """Put a value on the stack."""
        self.stack.append(value)

    def marked(self) -> list[Any]:
        """Take all that is above the last mark."""
        start = self.marks.pop()
        values = self.stack[start:]
        del self.stack[start:]
        return values

    def spend(self, count: int) -> None:
        """Count bytes that are copied; a file that has the same ones copied over and over ends."""
        self.copied += count
        if self.copied > 4 * len(self.content):
            raise _refuse("goes on too long")


def _name(machine: Machine, module: Any, name: Any) -> None:
    known = KNOWN.get((module, name)) if isinstance(module, str) and isinstance(name, str) else None
    if known is None:
        raise _refuse("names a function or a class, which is never called")
    machine.push(Name(known))


def _stack_global(machine: Machine) -> None:
    name = machine.stack.pop()
    _name(machine, machine.stack.pop(), name)


def _reduce(machine: Machine) -> None:
    """Do what is called, where it is one of KNOWN, with arguments as NumPy gives them."""
    args = machine.stack.pop()
    called = machine.stack.pop()
    if not isinstance(called, Name) or not isinstance(args, tuple):
        raise _refuse("calls something")
    if called.what == ENCODE and args and isinstance(args[0], str):
        machine.spend(len(args[0]))
    machine.push(_called(called.what, args))


def _called(what: str, args: tuple[Any, ...]) -> Any:
    if what == MAKE and len(args) == 3 and args[0] == Name(ARRAY):
        return Held(ARRAY)
    if what == KIND and args and isinstance(args[0], str) and len(args[0]) < 12:
        return Held(KIND, args[0])
    if what == ENCODE and len(args) == 2 and isinstance(args[0], str) and args[1] == "latin1":
        return args[0].encode("latin-1")
    if what == SCALAR and len(args) == 2 and isinstance(args[1], bytes):
        return _filled((), args[0], False, args[1]).tolist()
    if what == "frombuffer" and len(args) == 4 and isinstance(args[0], bytes):
        return _held(_filled(args[2], args[1], args[3] == "F", args[0]))
    raise _refuse("calls something with other arguments than NumPy's")


def _held(array: np.ndarray[Any, Any]) -> Held:
    held = Held(ARRAY)
    held.array = array
    return held


def _build(machine: Machine) -> None:
    """Fill an array or a type with its state, as NumPy writes it."""
    state = machine.stack.pop()
    held = machine.stack[-1]
    if not isinstance(held, Held) or not isinstance(state, tuple):
        raise _refuse("fills something that is no array")
    if held.what == KIND and len(state) >= 3 and state[1] in ("<", ">", "|", "="):
        held.order = state[1]
    elif held.what == ARRAY and len(state) == 5:
        _, shape, kind, fortran, values = state
        held.array = _filled(shape, kind, fortran is True, values)
    else:
        raise _refuse("has an array in a form that NumPy does not write")


def _filled(shape: Any, kind: Any, fortran: bool, values: Any) -> np.ndarray[Any, Any]:
    whole = isinstance(shape, tuple) and all(type(side) is int and side >= 0 for side in shape)
    if not whole or len(shape) > 4 or not isinstance(kind, Held) or kind.what != KIND:
        raise _refuse("has an array in a form that NumPy does not write")
    if not isinstance(values, bytes):
        raise _refuse("has an array of Python objects")
    if kind.text[:1] not in "fiubUS" or not kind.text[1:].isdigit():
        raise _refuse("has an array of something else")
    order = {"<": "<", ">": ">"}.get(kind.order, "=")
    dtype = np.dtype(f"{order}{kind.text}")
    check_array("an array", shape, dtype, len(values))
    return np.frombuffer(values, dtype).reshape(shape, order="F" if fortran else "C")


def _set_items(machine: Machine, pairs: list[Any]) -> None:
    target = machine.stack[-1]
    if not isinstance(target, dict) or len(pairs) % 2:
        raise _refuse("sets items of something that is no dict")
    for key, value in zip(pairs[::2], pairs[1::2], strict=True):
        if not isinstance(key, str | int | bytes):
            raise _refuse("has a dict whose keys are no texts")
        target[key.decode("latin-1") if isinstance(key, bytes) else key] = value


def _append(machine: Machine, values: list[Any]) -> None:
    if not isinstance(machine.stack[-1], list):
        raise _refuse("appends to something that is no list")
    machine.stack[-1].extend(values)


def _tuple(count: int) -> Callable[[Machine], None]:
    def step(machine: Machine) -> None:
        values = [machine.stack.pop() for _ in range(count)]
        machine.push(tuple(reversed(values)))

    return step


def _put(machine: Machine, place: int) -> None:
    machine.memo[place] = machine.stack[-1]


def _long(machine: Machine, size: int) -> None:
    if size > LONGEST:
        raise _refuse("has a number that is too long")
    machine.push(int.from_bytes(machine.take(size), "little", signed=True))


def _text(machine: Machine, form: str) -> None:
    machine.push(machine.take(machine.number(form)).decode("utf-8", "surrogatepass"))


def _pair(machine: Machine) -> list[Any]:
    value = machine.stack.pop()
    return [machine.stack.pop(), value]


STEPS: dict[bytes, Callable[[Machine], None]] = {
    b"\x80": lambda m: m.skip(1),  # PROTO
    b"\x95": lambda m: m.skip(8),  # FRAME
    b"(": lambda m: m.marks.append(len(m.stack)),
    b"}": lambda m: m.push({}),
    b"]": lambda m: m.push([]),
    b")": lambda m: m.push(()),
    b"\x85": _tuple(1),
    b"\x86": _tuple(2),
    b"\x87": _tuple(3),
    b"t": lambda m: m.push(tuple(m.marked())),
    b"a": lambda m: _append(m, [m.stack.pop()]),
    b"e": lambda m: _append(m, m.marked()),
    b"s": lambda m: _set_items(m, _pair(m)),
    b"u": lambda m: _set_items(m, m.marked()),
    b"q": lambda m: _put(m, m.number("B")),
    b"r": lambda m: _put(m, m.number("<I")),
    b"\x94": lambda m: _put(m, len(m.memo)),
    b"h": lambda m: m.push(m.memo[m.number("B")]),
    b"j": lambda m: m.push(m.memo[m.number("<I")]),
    b"K": lambda m: m.push(m.number("B")),
    b"M": lambda m: m.push(m.number("<H")),
    b"J": lambda m: m.push(m.number("<i")),
    b"\x8a": lambda m: _long(m, m.number("B")),
    b"\x8b": lambda m: _long(m, m.number("<i")),
    b"G": lambda m: m.push(m.number(">d")),
    b"N": lambda m: m.push(None),
    b"\x88": lambda m: m.push(True),
    b"\x89": lambda m: m.push(False),
    b"\x8c": lambda m: _text(m, "B"),
    b"X": lambda m: _text(m, "<I"),
    b"\x8d": lambda m: _text(m, "<Q"),
    b"C": lambda m: m.push(m.take(m.number("B"))),
    b"B": lambda m: m.push(m.take(m.number("<I"))),
    b"\x8e": lambda m: m.push(m.take(m.number("<Q"))),
    b"\x96": lambda m: m.push(m.take(m.number("<Q"))),
    b"U": lambda m: m.push(m.take(m.number("B"))),
    b"T": lambda m: m.push(m.take(m.number("<i"))),
    b"c": lambda m: _name(m, m.line(), m.line()),
    b"\x93": _stack_global,
    b"R": _reduce,
    b"b": _build,
}


def read_pickle(content: bytes) -> Table:
    """Read a pickled dict of arrays, such as the frozen mnist1d_data.pkl, of protocol 2 to 5."""
    try:
        found = Machine(content).run()
    except FileError:
        raise
    except Exception:  # an instruction that finds nothing on the stack, or no such text
        raise FileError("be a whole pickle: this one is damaged") from None
    if not isinstance(found, dict):
        raise FileError("hold a dict with x and y: this pickle holds something else")

    def get(name: str) -> Any:
        value = found[name]
        if isinstance(value, Held):
            if value.array is None:
                raise _refuse("has an array that is never filled")
            return value.array
        return _plain_list(value, name)

    return take(found, get)


def _plain_list(value: Any, name: str) -> np.ndarray[Any, Any]:
    """Return a list, or a list of lists, of numbers or texts as an array."""
    rows = value if isinstance(value, list | tuple) else []
    if not rows or len(rows) > 10**6:
        raise FileError(f"have an array or a list in {name}")
    if isinstance(rows[0], list | tuple):
        width = len(rows[0])
        if width > 10**5 or not all(isinstance(r, list | tuple) and len(r) == width for r in rows):
            raise FileError(f"have examples of one length in {name}")
        if not all(isinstance(cell, int | float) for row in rows for cell in row):
            raise FileError(f"have numbers in the lists of {name}")
    elif not all(isinstance(cell, int | float | str) for cell in rows):
        raise FileError(f"have numbers or texts in the list of {name}")
    try:
        return (
            np.array([str(cell) for cell in rows])
            if isinstance(rows[0], str)
            else np.array(rows, np.float64)
        )
    except (OverflowError, ValueError, TypeError):
        raise FileError(f"have numbers in {name} that are not too large") from None
