"""Objects that stay in the worker and are known outside by number."""

from __future__ import annotations

import torch

from grader.observe import name_of_type
from grader.protocol import Handle, Unsendable
from grader.worker.placeholders import NotCreated, Placeholder, sentence_of

__all__ = ["Handles"]

_MOST = 10_000


class Handles:
    """Keeps callables, modules and optimisers until they are dropped."""

    def __init__(self) -> None:
        self._objects: dict[int, object] = {}
        self._last = 0

    def keep(self, value: object) -> Handle | Unsendable:
        """A handle for what can be used from outside; anything else cannot be sent.

        Raises:
            NotCreated: it only stands for a value that is missing.
        """
        if type(value) is Placeholder:
            raise NotCreated(sentence_of(value))
        is_usable = callable(value) or issubclass(type(value), torch.optim.Optimizer)
        if not is_usable or len(self._objects) >= _MOST:
            return Unsendable(type_name=name_of_type(value))
        self._last += 1
        self._objects[self._last] = value
        return Handle(number=self._last, type_name=name_of_type(value))

    def __getitem__(self, handle: Handle) -> object:
        """The object that a handle stands for.

        Raises:
            KeyError: it was dropped, or never kept here.
        """
        return self._objects[handle.number]

    def drop(self, number: int) -> None:
        self._objects.pop(number, None)
