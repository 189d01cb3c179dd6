"""Libraries that draw, log, show progress or belong to Colab, where they are not installed.

Code whose plots cannot be drawn still has functions that can be graded. Only what can do nothing
without changing a result is stood in for; a library that is installed comes first.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import numpy as np

from grader.worker.progress import PROGRESS, Progress

__all__ = ["has_stand_in", "stand_in_for_absent"]

_ABSENT = (
    "fastprogress", "google", "ipywidgets", "matplotlib", "plotly", "seaborn", "tensorboardX",
    "torchinfo", "torchsummary", "torchviz", "tqdm", "wandb",
)  # fmt: skip
_NEEDED = {"torch.utils.tensorboard": "tensorboard", "tqdm.notebook": "ipywidgets"}
"""Parts of libraries that may be installed without what these parts need."""
_NOTES = {
    "matplotlib": "matplotlib is not installed here: figures are not drawn.",
    "seaborn": "seaborn is not installed here: figures are not drawn.",
    "plotly": "plotly is not installed here: figures are not drawn.",
    "ipywidgets": "ipywidgets is not installed here: widgets are passed over.",
}


class Anything:
    """Takes any call, index and attribute, and gives itself; iterated, it is one thing.

    A class can be made of it too: `class Panel(ipywidgets.HBox)`.
    """

    def __init__(self, *args: object, **options: object) -> None: ...

    def __mro_entries__(self, bases: tuple[object, ...]) -> tuple[type, ...]:
        return (Anything,)

    def __call__(self, *args: object, **options: object) -> Anything:
        return self

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: object) -> Anything:
        return self

    def __setitem__(self, key: object, value: object) -> None: ...

    def __iter__(self) -> Iterator[Anything]:
        yield self

    def __enter__(self) -> Anything:
        return self

    def __exit__(self, *error: object) -> None: ...


_ANYTHING = Anything()


def _subplots(nrows: int = 1, ncols: int = 1, *args: object, **options: object) -> Any:
    """A figure and as many axes as asked for, since they are unpacked and indexed."""
    axes = np.empty((nrows, ncols), dtype=object)
    axes.fill(_ANYTHING)
    if options.get("squeeze", True):
        axes = axes.squeeze()
    return _ANYTHING, axes if axes.ndim else _ANYTHING


def _mount(path: str = "", *args: object, **options: object) -> None:
    sentence = "No Drive is mounted at {} here; only the files that were handed in are there.\n"
    sys.stdout.write(sentence.format(path))


def _summary(*args: object, **options: object) -> str:
    """`print(summary(model))` has a text to print."""
    return ""


_MEMBERS: dict[str, dict[str, Any]] = {
    "matplotlib.pyplot": {"subplots": _subplots},
    "fastprogress": {"progress_bar": Progress, "master_bar": Progress},
    "tqdm": PROGRESS,
    "torchinfo": {"summary": _summary},
    "torchsummary": {"summary": _summary},
    "google.colab.drive": {"mount": _mount},
    "google.colab.files": {"upload": dict},
}


class _Absent(ModuleType):
    """A module with every name in it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if f"{self.__name__}.{name}" in _MEMBERS:
            return importlib.import_module(f"{self.__name__}.{name}")
        members = _MEMBERS.get("tqdm" if self.__name__.startswith("tqdm") else self.__name__, {})
        return members.get(name, _ANYTHING)


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Stands behind all other finders, so it is asked only for what is not installed."""

    def find_spec(
        self, name: str, path: object = None, target: object = None
    ) -> importlib.machinery.ModuleSpec | None:
        first = name.partition(".")[0]
        if first not in _ABSENT:
            return None
        if first == "google" and name != "google" and not name.startswith("google.colab"):
            return None
        parent = sys.modules.get(name.rpartition(".")[0])
        is_ours = name == "google.colab" or parent is None or isinstance(parent, _Absent)
        if not is_ours:  # the library is there and has no such part
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        module = _Absent(spec.name)
        module.__path__ = []  # a package: its parts are asked for too
        return module

    def exec_module(self, module: ModuleType) -> None:
        if module.__name__ in _NOTES:
            sys.stderr.write(f"{_NOTES[module.__name__]}\n")


def has_stand_in(package: str) -> bool:
    """Whether a package can be imported even where it is not installed."""
    return package in _ABSENT


def stand_in_for_absent() -> None:
    """From here on, in this process."""
    if any(isinstance(finder, _Finder) for finder in sys.meta_path):
        return
    for part, needed in _NEEDED.items():
        if importlib.util.find_spec(needed) is None:
            sys.modules.setdefault(part, _Absent(part))
    sys.meta_path.append(_Finder())
