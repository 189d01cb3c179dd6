"""The last look at results before anybody keeps or shows them: no text breaks what writes it.

Whoever makes a text cleans it. This makes sure of it for all of them at once, since one character
that no encoding writes would cost a whole class its results.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from fractions import Fraction
from typing import Any, TypeVar

__all__ = ["presentable"]

_T = TypeVar("_T")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_NUMBERS = (bool, int, float, Fraction)
_LONGEST = 128 << 10  # twice what is kept of a source file


def presentable(result: _T) -> _T:
    """The same result with characters that cannot be written or shown replaced, in every text."""
    shown: _T = _walk(result)
    return shown


def _walk(value: Any) -> Any:
    if type(value) is str:
        return _text(value)
    if value is None or type(value) in _NUMBERS:
        return value
    if type(value) is tuple:
        if not value:
            return value
        parts = tuple(map(_walk, value))
        return value if all(a is b for a, b in zip(parts, value, strict=True)) else parts
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _members(value)
    return value


def _members(value: Any) -> Any:
    """Most results need no change: they stay what they are."""
    changed = {}
    kind: Any = type(value)
    for name in _names(kind):
        before = getattr(value, name)
        after = _walk(before)
        if after is not before:
            changed[name] = after
    return dataclasses.replace(value, **changed) if changed else value


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    """Of the members of a dataclass; asking anew for each of hundreds of tests takes a while."""
    return tuple(member.name for member in dataclasses.fields(kind))


def _text(text: str) -> str:
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    return _UNFIT.sub("\ufffd", text) if _UNFIT.search(text) else text
