"""In the place of tqdm where it is not installed: what a bar goes over is gone over, and counted.

Nothing is drawn, no thread is started and no clock is read, so the same code does the same. That is
why tqdm is no dependency: a worker that draws bars for nobody would pay for it, and its bars for
notebooks want ipywidgets as well. Where it is installed it works too, and comes first.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

__all__ = ["PROGRESS", "Progress"]


class Progress:
    """A progress bar that draws nothing. `n` is how far it has come, `total` is None if unknown."""

    def __init__(
        self,
        iterable: Any = None,
        desc: str | None = None,
        total: float | None = None,
        leave: bool = True,
        file: object = None,
        *args: object,
        **options: Any,
    ) -> None:
        self.iterable = iterable
        self.desc = desc or ""
        self.total = total
        if total is None and hasattr(iterable, "__len__"):
            self.total = len(iterable)
        self.leave, self.disable, self.pos = leave, bool(options.get("disable")), 0
        self.n = options.get("initial", 0)

    def __iter__(self) -> Iterator[Any]:
        for one in () if self.iterable is None else self.iterable:
            yield one
            self.n += 1

    def __len__(self) -> int:
        return len(self.iterable) if self.total is None else int(self.total)

    def __bool__(self) -> bool:
        return self.total is None or self.total > 0

    def __reversed__(self) -> Iterator[Any]:
        backwards: Iterator[Any] = reversed(self.iterable)
        return backwards

    def __contains__(self, one: object) -> bool:
        return one in self.iterable

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *error: object) -> None: ...

    def __getattr__(self, name: str) -> Callable[..., None]:
        """set_description, set_postfix, refresh, close and whatever else only draws."""
        if name.startswith("__"):
            raise AttributeError(name)
        return _nothing

    def update(self, n: float = 1) -> None:
        self.n += n

    def reset(self, total: float | None = None) -> None:
        self.n = 0
        self.total = self.total if total is None else total

    @property
    def format_dict(self) -> dict[str, Any]:
        return {"n": self.n, "total": self.total, "elapsed": 0.0, "rate": None}

    @classmethod
    def write(cls, s: object, file: Any = None, end: str = "\n", nolock: bool = False) -> None:
        """Print beside a bar."""
        (file or sys.stdout).write(f"{s}{end}")

    @classmethod
    def get_lock(cls) -> Progress:
        return cls()

    @classmethod
    def set_lock(cls, lock: object) -> None: ...

    @classmethod
    def pandas(cls, *args: object, **options: object) -> None: ...


def _nothing(*args: object, **options: object) -> None: ...


def _range(*args: int, **options: Any) -> Progress:
    return Progress(range(*args), **options)


def _enumerated(iterable: Any, start: int = 0, *args: object, **options: Any) -> Any:
    return enumerate(Progress(iterable), start)


def _zipped(first: Any, *others: Iterable[Any], **options: Any) -> Any:
    return zip(Progress(first), *others, strict=False)


def _mapped(function: Callable[..., Any], *iterables: Iterable[Any], **options: Any) -> Any:
    return map(function, *iterables)


def _mapped_at_once(function: Callable[..., Any], *iterables: Any, **options: Any) -> list[Any]:
    return list(map(function, *iterables))


class _TqdmWarning(Warning):
    """Never given; code may ignore it by name."""


PROGRESS: dict[str, Any] = {
    "tqdm": Progress,
    "tqdm_notebook": Progress,
    "tqdm_gui": Progress,
    "trange": _range,
    "tnrange": _range,
    "tenumerate": _enumerated,
    "tzip": _zipped,
    "tmap": _mapped,
    "thread_map": _mapped_at_once,
    "process_map": _mapped_at_once,
    "TqdmWarning": _TqdmWarning,
    "TqdmExperimentalWarning": _TqdmWarning,
}
"""Names of tqdm and all its parts: tqdm.auto, tqdm.notebook, tqdm.contrib ..."""
