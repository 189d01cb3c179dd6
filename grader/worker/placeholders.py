"""What a name holds when its statement failed: an object that explains itself when it is used.

Its exception is a NameError, so that it never counts as an error that a docstring asks for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

__all__ = ["NotCreated", "Placeholder", "sentence_of", "why"]

_USES = """
    call iter next len bool getitem setitem delitem contains enter exit
    int float index complex str format eq ne lt le gt ge neg pos abs invert
    add sub mul matmul truediv floordiv mod pow and or xor lshift rshift
    radd rsub rmul rmatmul rtruediv rfloordiv rmod rpow rand ror rxor
    mro_entries await array hash
"""
_NETWORK = ("urlopen error", "name resolution", "error downloading", "network is unreachable",
            "connection refused", "max retries exceeded", "getaddrinfo failed")  # fmt: skip


class NotCreated(NameError):
    """A name was used whose statement had failed. Students see it as what it is: a NameError."""


NotCreated.__name__ = NotCreated.__qualname__ = "NameError"


class Placeholder:
    """Stands for a value that could not be created."""

    __slots__ = ("_sentence",)

    def __init__(self, sentence: str) -> None:
        object.__setattr__(self, "_sentence", sentence)

    def __getattribute__(self, name: str) -> Any:
        if name == "__class__":  # asked for by isinstance, which is no use of the value
            return Placeholder
        if name == "__torch_function__":  # torch looks for it on every argument
            return object.__getattribute__(self, name)
        raise NotCreated(object.__getattribute__(self, "_sentence"))

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise NotCreated(sentence_of(self))

    def __repr__(self) -> str:
        return f"<{sentence_of(self)}>"

    @classmethod
    def __torch_function__(
        cls, function: object, types: object, args: tuple[object, ...] = (), kwargs: object = None
    ) -> NoReturn:
        """What torch calls when one of its functions gets a placeholder."""
        first = next((value for value in args if type(value) is cls), None)
        raise NotCreated("a value could not be created" if first is None else sentence_of(first))


def _use(placeholder: Placeholder, *args: object, **kwargs: object) -> NoReturn:
    raise NotCreated(sentence_of(placeholder))


for _name in _USES.split():
    setattr(Placeholder, f"__{_name}__", _use)


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
