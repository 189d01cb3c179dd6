"""The public names of what libraries offer, taken before any student's code could change them.

A call at run time shows an object, not how it was written: `torch.conv2d` and `F.conv2d` are one
function with two names. So an object is known by all its names.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from types import CodeType, MethodType
from typing import Any, Final

import numpy as np
import torch

__all__ = ["names_of", "names_of_code"]

_OWNERS: Final[Mapping[str, Any]] = {
    "torch": torch,
    "torch.nn": torch.nn,
    "torch.nn.functional": torch.nn.functional,
    "torch.Tensor": torch.Tensor,
    "torch.special": torch.special,
    "torch.linalg": torch.linalg,
    "torch._C._nn": torch._C._nn,
    "numpy": np,
    "random": random,
}


def _members() -> Iterator[tuple[str, Any]]:
    for owner, value in _OWNERS.items():
        for name in dict.fromkeys(name for base in _spaces(value) for name in base):
            member = next(base[name] for base in _spaces(value) if name in base)
            if callable(member) or isinstance(member, torch.Generator):
                yield f"{owner}.{name}", member


def _spaces(value: Any) -> list[Mapping[str, Any]]:
    return [vars(base) for base in value.__mro__] if isinstance(value, type) else [vars(value)]


def _code_of(value: Any) -> CodeType | None:
    """The code that runs when `value` is called, below what numpy and torch wrap around it."""
    for inner in (value, getattr(value, "__wrapped__", None), getattr(value, "__func__", None)):
        code = getattr(inner, "__code__", None)
        if isinstance(code, CodeType) and inner is not None:
            return code
    return None


_by_id: dict[int, list[str]] = {}
_by_code: dict[tuple[int, int], list[str]] = {}  # of code, and of the object it is bound to
_kept: Final[list[Any]] = []  # no other object may get the id of one that is known
for _name, _member in _members():
    _kept.append(_member)
    _by_id.setdefault(id(_member), []).append(_name)
    if (_code := _code_of(_member)) is not None:
        _owner = id(_member.__self__) if isinstance(_member, MethodType) else 0
        _by_code.setdefault((id(_code), _owner), []).append(_name)


def names_of(value: object) -> tuple[str, ...]:
    """The dotted names of a function, class or generator; () if it has none.

    Private names count only where there is no public one.
    """
    return _public(_by_id.get(id(value), ()))


def names_of_code(code: CodeType, bound_to: object) -> tuple[str, ...]:
    """The same for the code of a running function, and its first argument."""
    names = _by_code.get((id(code), 0)) or _by_code.get((id(code), id(bound_to)), [])
    return _public(names)


def _public(names: Any) -> tuple[str, ...]:
    public = [name for name in names if "._" not in name]
    return tuple(public or names)
