"""Which function of the submission a training action is in, so that an exception can be placed."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

__all__ = ["Doing"]


class Doing:
    """`what` is the name of the function, or "" for none; it stays where something was raised."""

    def __init__(self) -> None:
        self.what = ""

    @contextlib.contextmanager
    def within(self, what: str) -> Iterator[None]:
        """The body calls the submission's function of this name."""
        before, self.what = self.what, what
        yield
        self.what = before  # not after an exception
