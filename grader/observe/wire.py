"""Live Python values to what may cross the wire, and back. Used by both sides.

`to_wire` reads objects that a student made, so it asks none of them what they are: the exact type
decides, and methods are taken from the built-in class, never from the object. A subclass of int,
str, tuple, Tensor … crosses as the plain data that the built-in class holds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
import torch

from grader.errors import FrameError
from grader.observe.arrays import array_from_wire, array_to_wire, tensor_to_wire
from grader.observe.builders import build
from grader.protocol import (
    ArrayValue,
    Bounds,
    Handle,
    Raised,
    Recipe,
    Unsendable,
    Value,
)

__all__ = ["Keep", "Lookup", "Writer", "from_wire", "name_of_type", "refuse", "to_wire"]

Keep: TypeAlias = Callable[[object], Handle | Unsendable]
Lookup: TypeAlias = Callable[[Handle], object]

_MAX_DEPTH = 24  # the frame's own bound is 32; a reply and its observation take a few
_MAX_INT_BITS = 4096
_MAX_PLAIN_KEYS = 1000  # what the decoder allows
_WHOLE = (ArrayValue, Handle, Recipe, Unsendable)
_KEYS = (bool, int, float, complex, str, bytes, type(None))
_name_of = type.__dict__["__name__"].__get__


def name_of_type(value: object) -> str:
    """What the value's class is called, at most 100 characters, whatever its metaclass says."""
    name: str = _name_of(type(value))
    return name[:100]


def refuse(value: object) -> Unsendable:
    """A `keep` that keeps nothing."""
    return Unsendable(type_name=name_of_type(value))


def to_wire(value: object, keep: Keep = refuse, *, bounds: Bounds | None = None) -> Value:
    """The value as it may be sent: a copy, of exact types only.

    Args:
        value: anything.
        keep: what becomes of a value with no plain form: a Handle under which it stays here, or
            Unsendable.
        bounds: what the other side takes in one frame.

    Returns:
        Never raises for what the value is: one that is too deep or too large as a whole is an
        Unsendable which says so.
    """
    return Writer(keep, bounds or _DEFAULT).write(value)


class _TooMuch(Exception):
    """The value does not fit into a frame; the text says which bound it breaks."""


class Writer:
    """Turns the values of one frame into wire values, within the bounds of that frame."""

    def __init__(self, keep: Keep, bounds: Bounds) -> None:
        self._keep = keep
        # The rest of the frame (numbers, names of arguments) needs a little room as well.
        self._header = bounds.header_bytes - (bounds.header_bytes >> 4)
        self._items = bounds.items - (bounds.items >> 4)
        self._array_bytes = bounds.array_bytes

    def write(self, value: object) -> Value:
        kind = type(value)
        if kind is float or kind is bool or value is None:
            return value  # type: ignore[return-value]  # the exact type was checked
        before = self._header, self._items, self._array_bytes
        try:
            return self._value(value, 0)
        except _TooMuch as problem:
            self._header, self._items, self._array_bytes = before
            return Unsendable(type_name=f"{name_of_type(value)} {problem}")

    def _take(self, header: int, array_bytes: int = 0) -> None:
        self._header -= header
        self._items -= 1
        self._array_bytes -= array_bytes
        if self._header < 0 or self._items < 0:
            raise _TooMuch("with too many parts to send")
        if self._array_bytes < 0:
            raise _TooMuch("too large to send")

    def _value(self, value: Any, depth: int) -> Value:
        kind = type(value)
        if kind is int:
            return self._exact_int(value)
        if kind is float or kind is bool or value is None:
            self._take(9)
            return value  # type: ignore[no-any-return]  # the exact type was checked
        if depth >= _MAX_DEPTH:
            raise _TooMuch(f"nested more than {_MAX_DEPTH} deep")
        writer = _WRITERS.get(kind) or _writer_for(kind)
        return writer(self, value, depth)

    def _exact_int(self, value: int) -> Value:
        bits = value.bit_length()
        self._take(12 if bits < 64 else 12 + min(bits, 4096) // 4)
        return value if bits <= _MAX_INT_BITS else Unsendable(type_name=f"int of {bits} bits")

    def _text(self, value: str, depth: int) -> str:
        plain = str.__str__(value)
        self._take(12 + 4 * len(plain) if not plain.isascii() else 12 + len(plain))
        return plain

    def _bytes(self, value: bytes, depth: int) -> bytes:
        plain = bytes.__bytes__(value)
        self._take(12 + len(plain))
        return plain

    def _integer(self, value: int, depth: int) -> Value:
        return self._value(int.__int__(value), depth)

    def _float(self, value: float, depth: int) -> Value:
        return self._value(float.__float__(value), depth)

    def _complex(self, value: complex, depth: int) -> complex:
        self._take(24)
        return complex.__complex__(value)

    def _list(self, value: list[Any], depth: int) -> list[Value]:
        self._take(8)
        return [self._value(item, depth + 1) for item in list.__iter__(value)]

    def _tuple(self, value: tuple[Any, ...], depth: int) -> tuple[Value, ...]:
        self._take(8)
        return tuple([self._value(item, depth + 1) for item in tuple.__iter__(value)])

    def _dict(self, value: dict[Any, Any], depth: int) -> Value:
        self._take(8)
        plain: dict[Value, Value] = {}
        for key, item in list(dict.items(value)):
            if not _is_plain_key(key):
                text = f"{name_of_type(value)} with a key of type {name_of_type(key)}"
                return Unsendable(type_name=text)
            plain[self._value(key, depth + 1)] = self._value(item, depth + 1)
        if len(plain) > _MAX_PLAIN_KEYS and any(type(key) not in (str, bytes) for key in plain):
            raise _TooMuch(f"with more than {_MAX_PLAIN_KEYS} keys")
        return plain

    def _tensor(self, value: torch.Tensor, depth: int) -> Value:
        with torch._C.DisableTorchFunctionSubclass():
            self._room_for(torch.Tensor.numel(value) * torch.Tensor.element_size(value))
        return self._array_taken(tensor_to_wire(value))

    def _numpy(self, value: Any, depth: int) -> Value:
        base = np.ndarray if np.ndarray in type(value).__mro__ else np.generic
        self._room_for(base.nbytes.__get__(value))
        return self._array_taken(array_to_wire(value))

    def _room_for(self, nbytes: int) -> None:
        """Refuse what is too large before a copy of it is made."""
        if nbytes > self._array_bytes:
            raise _TooMuch("too large to send")

    def _array_taken(self, value: ArrayValue | Unsendable) -> Value:
        nbytes = value.nbytes if isinstance(value, ArrayValue) else 0
        # The buffer of a view with gaps can be larger than the view itself.
        span = len(value.buffer) if isinstance(value, ArrayValue) else 0
        self._take(400, max(nbytes, span))
        return value

    def _protocol(self, value: Any, depth: int) -> Value:
        self._take(400)
        return value  # type: ignore[no-any-return]  # one of _WHOLE

    def _raised(self, value: Raised, depth: int) -> Value:
        self._take(400 + 4 * len(value.text))
        return value

    def _other(self, value: object, depth: int) -> Value:
        self._take(600)
        return self._keep(value)


_DEFAULT = Bounds()
_WRITERS: dict[type, Callable[[Writer, Any, int], Value]] = {
    str: Writer._text,
    bytes: Writer._bytes,
    complex: Writer._complex,
    list: Writer._list,
    tuple: Writer._tuple,
    dict: Writer._dict,
    torch.Tensor: Writer._tensor,
    np.ndarray: Writer._numpy,
    Raised: Writer._raised,
    **dict.fromkeys(_WHOLE, Writer._protocol),
}
# In this order: numpy's float64 is also a float, and its str_ a str.
_BASES: tuple[tuple[type, Callable[[Writer, Any, int], Value]], ...] = (
    (torch.Tensor, Writer._tensor),
    (np.str_, Writer._text),
    (np.bytes_, Writer._bytes),
    (np.generic, Writer._numpy),
    (np.ndarray, Writer._numpy),
    (int, Writer._integer),
    (float, Writer._float),
    (complex, Writer._complex),
    (str, Writer._text),
    (bytes, Writer._bytes),
    (list, Writer._list),
    (tuple, Writer._tuple),
    (dict, Writer._dict),
)


def _writer_for(kind: type) -> Callable[[Writer, Any, int], Value]:
    mro = type.__dict__["__mro__"].__get__(kind)
    for base, writer in _BASES:
        if base in mro:
            return writer
    return Writer._other


def _is_plain_key(key: object) -> bool:
    if type(key) is tuple:
        return all(map(_is_plain_key, key))
    return type(key) in _KEYS


def no_handles(handle: Handle) -> object:
    """A `lookup` for a side that has kept nothing."""
    raise FrameError(f"no object has the number {handle.number}")


def from_wire(value: Value, lookup: Lookup = no_handles, *, recipes: bool = False) -> Any:
    """The live value: new tensors with the strides that were sent, nothing shared with `value`.

    Args:
        value: what was received, or what `to_wire` made.
        lookup: gives the object that a Handle stands for.
        recipes: build recipes. Only for values that come from the trusted side: a recipe from a
            worker is refused.

    Returns:
        `Raised` and `Unsendable` stay what they are.

    Raises:
        FrameError: an array, handle or recipe that cannot be made.
    """
    return _Reader(lookup, recipes).read(value)


class _Reader:
    """Rebuilds the values of one frame; recipes that are `shared` are built once."""

    def __init__(self, lookup: Lookup, recipes: bool) -> None:
        self._lookup = lookup
        self._recipes = recipes
        self._shared: dict[str, object] = {}

    def read(self, value: Value) -> Any:
        kind = type(value)
        if kind in _KEYS:
            return value
        if isinstance(value, ArrayValue):
            return array_from_wire(value)
        if kind is list or kind is tuple:
            return kind(map(self.read, value))  # type: ignore[arg-type]  # a list or tuple
        if isinstance(value, dict):
            return {self.read(key): self.read(item) for key, item in value.items()}
        if isinstance(value, Handle):
            return self._lookup(value)
        if isinstance(value, Recipe):
            return self._built(value)
        return value

    def _built(self, recipe: Recipe) -> object:
        if not self._recipes:
            raise FrameError("a recipe where none is allowed")
        key = recipe.arguments.get("shared")
        if not isinstance(key, str):
            return build(recipe, self.read)
        if key not in self._shared:
            self._shared[key] = build(recipe, self.read)
        return self._shared[key]
