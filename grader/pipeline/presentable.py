"""The last look at results before anybody keeps or shows them: no text breaks what writes it.

Whoever makes a text cleans it. This makes sure of it for all of them at once, since one character
that no encoding writes would cost a whole class its results.
"""

from __future__ import annotations

import dataclasses
import functools
import operator
import re
from typing import Any, TypeVar

__all__ = ["presentable"]

_T = TypeVar("_T")
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST = 128 << 10  # twice what is kept of a source file


def presentable(result: _T) -> _T:
    """The same result with characters that cannot be written or shown replaced, in every text."""
    shown: _T = _walk(result)
    return shown


def _walk(value: Any) -> Any:
    kind: Any = type(value)
    if kind is str:
        return _text(value)
    if kind is tuple:
        parts = tuple(map(_walk, value))
        return value if all(map(operator.is_, parts, value)) else parts
    names = _names(kind)
    return _members(value, names) if names else value


def _members(value: Any, names: tuple[str, ...]) -> Any:
    """Most results need no change: they stay what they are."""
    changed = {}
    for name in names:
        before = getattr(value, name)
        after = _walk(before)
        if after is not before:
            changed[name] = after
    return dataclasses.replace(value, **changed) if changed else value


@functools.cache
def _names(kind: type) -> tuple[str, ...]:
    """Of the members of a dataclass, none of anything else; asking anew for each of hundreds of
    tests takes a while."""
    if not dataclasses.is_dataclass(kind):
        return ()
    return tuple(member.name for member in dataclasses.fields(kind))


def _text(text: str) -> str:
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "…"
    return _UNFIT.sub("\ufffd", text) if _UNFIT.search(text) else text
