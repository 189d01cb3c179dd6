"""The arguments of a failing case by name and type, for the drawings."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grader.model import Array, Described, Mismatch

__all__ = ["Call", "UndrawableError", "bind"]

_OPTION = re.compile(r"[(,] ?([a-z_]\w*)=(?!=)")
_LONGEST = 200


class UndrawableError(Exception):
    """This call has no picture: an argument is absent, too large, or one that is an error."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a known function; `arguments` holds arrays and Python literals."""

    function: str
    arguments: Mapping[str, object]
    expected: object
    at: tuple[int, ...]

    def whole(self, name: str, default: int | None = None) -> int:
        """An int of at least 0."""
        found = self.arguments.get(name, default)
        if not isinstance(found, int) or isinstance(found, bool) or found < 0:
            raise UndrawableError(name)
        return found

    def pair(self, name: str, default: tuple[int, int] | None = None) -> tuple[int, int]:
        """Two ints of at least 0; one int stands for both axes."""
        found = self.arguments.get(name)
        if found is None and default is not None:
            return default
        if isinstance(found, int):
            found = (found, found)
        if not isinstance(found, Sequence) or len(found) != 2:
            raise UndrawableError(name)
        tall, wide = found
        if not isinstance(tall, int) or not isinstance(wide, int) or min(tall, wide) < 0:
            raise UndrawableError(name)
        return tall, wide

    def text(self, name: str, default: str) -> str:
        found = self.arguments.get(name, default)
        if not isinstance(found, str):
            raise UndrawableError(name)
        return found

    def image(self, name: str) -> Array:
        """An array of two axes or more, none of them empty."""
        found = self.arguments.get(name)
        if not isinstance(found, Array) or len(found.shape) < 2 or min(found.shape) < 1:
            raise UndrawableError(name)
        return found


def bind(function: str, names: Sequence[str], mismatch: Mismatch) -> Call:
    """The call with its parameters named: positional ones by `names`, options by themselves.

    Raises:
        UndrawableError: the text of the call was cut, or names do not fit.
    """
    options = _OPTION.findall(mismatch.call)
    positional = len(mismatch.arguments) - len(options)
    if mismatch.call.endswith("…") or not 0 < positional <= len(names):
        raise UndrawableError(mismatch.call)
    if not set(options) <= set(names):
        raise UndrawableError(mismatch.call)
    values = (_value(argument) for argument in mismatch.arguments)
    return Call(
        function=function,
        arguments=dict(zip((*names[:positional], *options), values, strict=True)),
        expected=_value(mismatch.expected) if mismatch.expected else None,
        at=mismatch.at or (),
    )


def _value(described: Described) -> object:
    """An array, or the Python literal that the text is; None for other texts."""
    if described.array is not None:
        return described.array
    if len(described.text) > _LONGEST:
        return None
    try:
        return ast.literal_eval(described.text)
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return None
