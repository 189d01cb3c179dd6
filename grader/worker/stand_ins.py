"""Names that student files expect and that do nothing here: `import grader`, `display`, IPython."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any, NoReturn

__all__ = ["notebook_names", "stand_in_for_grader"]


class _Nothing:
    """Takes any call and any attribute, and does nothing."""

    def __call__(self, *args: object, **kwargs: object) -> None:
        return None

    def __getattr__(self, name: str) -> _Nothing:
        if name.startswith("__"):
            raise AttributeError(name)
        return self


class _Maker(_Nothing):
    """Called, it gives an object that does nothing: `grader.Notebook()`."""

    def __call__(self, *args: object, **kwargs: object) -> Any:
        return _Nothing()


class _Shell(_Nothing):
    """What `get_ipython()` gives: magics do nothing, but no output of a command is made up."""

    def getoutput(self, command: str, *args: object, **kwargs: object) -> NoReturn:
        raise RuntimeError(f"`{command}` is not run here")


_SHELL = _Shell()


def notebook_names() -> dict[str, Any]:
    """What IPython adds to the names of a notebook."""
    return {"display": _Nothing(), "get_ipython": lambda: _SHELL}


@contextlib.contextmanager
def stand_in_for_grader() -> Iterator[None]:
    """Within the body `import grader; grader.check(...)` does nothing.

    The real package keeps its modules reachable, since the worker itself runs from them.
    """
    real = sys.modules["grader"]
    stand_in = ModuleType("grader")
    stand_in.__dict__.update(real.__dict__)
    stand_in.__dict__["check"] = _Nothing()
    stand_in.__dict__["__getattr__"] = _missing
    sys.modules["grader"] = stand_in
    try:
        yield
    finally:
        sys.modules["grader"] = real


def _missing(name: str) -> _Nothing:
    if name.startswith("__"):
        raise AttributeError(name)
    return _Maker() if name[:1].isupper() else _Nothing()
