"""What a name holds when its statement failed: an object that explains itself when it is used.

Its exception is a NameError, so that it never counts as an error that a docstring asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

__all__ = ["NotCreated", "Placeholder", "sentence_of", "why"]

_USES = [
    "__call__",
    "__iter__",
    "__next__",
    "__len__",
    "__bool__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__contains__",
    "__enter__",
    "__exit__",
    "__int__",
    "__float__",
    "__index__",
    "__complex__",
    "__str__",
    "__format__",
    "__eq__",
    "__ne__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__neg__",
    "__pos__",
    "__abs__",
    "__invert__",
    "__add__",
    "__sub__",
    "__mul__",
    "__matmul__",
    "__truediv__",
    "__floordiv__",
    "__mod__",
    "__pow__",
    "__and__",
    "__or__",
    "__xor__",
    "__lshift__",
    "__rshift__",
    "__radd__",
    "__rsub__",
    "__rmul__",
    "__rmatmul__",
    "__rtruediv__",
    "__rfloordiv__",
    "__rmod__",
    "__rpow__",
    "__rand__",
    "__ror__",
    "__rxor__",
    "__mro_entries__",
    "__await__",
    "__array__",
]
_NETWORK = ("urlopen error", "name resolution", "error downloading", "network is unreachable",
            "connection refused", "max retries exceeded", "getaddrinfo failed")  # fmt: skip


class NotCreated(NameError):
    """A name was used whose statement had failed."""


class Placeholder:
    """Stands for a value that could not be created."""

    __slots__ = ("_sentence",)
    __hash__ = None  # type: ignore[assignment]  # hashing it is a use as well

    def __init__(self, sentence: str) -> None:
        object.__setattr__(self, "_sentence", sentence)

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__":  # asked for by isinstance, which is no use of the value
            return Placeholder
        raise NotCreated(object.__getattribute__(self, "_sentence"))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise NotCreated(sentence_of(self))

    def __repr__(self) -> str:
        return f"<{sentence_of(self)}>"


def _use(placeholder: Placeholder, *args: object, **kwargs: object) -> NoReturn:
    raise NotCreated(sentence_of(placeholder))


for _name in _USES:
    setattr(Placeholder, _name, _use)


def sentence_of(placeholder: Placeholder) -> str:
    """What the placeholder says when it is used."""
    sentence: str = object.__getattribute__(placeholder, "_sentence")
    return sentence


def why(error: BaseException, text_of: Callable[[BaseException], str]) -> str:
    """The reason for a failure in a few words."""
    text = text_of(error)
    if any(sign in text.lower() for sign in _NETWORK):
        return "the sandbox has no network"
    if isinstance(error, NotCreated):
        return text
    if isinstance(error, EOFError):
        return "nobody is there to answer input()"
    name = type(error).__name__
    return text if name == "OutOfTime" else f"{name}: {text}" if text else name
