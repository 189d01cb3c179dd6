"""The operation `load`: brings a submission's functions to life, the whole file if that works.

A module is imported as it stands; if that fails or takes too long, and for notebooks always, its
functions are made by definitions mode.
"""

from __future__ import annotations

import importlib.util
import linecache
import sys
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from types import ModuleType

from grader.observe import describe_exception, name_of_type
from grader.protocol import Raised
from grader.worker.alarm import limited
from grader.worker.definitions import run_definitions
from grader.worker.documents import Document, Remark
from grader.worker.files import make_importable, module_spec, write_files
from grader.worker.parsing import Submission
from grader.worker.placeholders import Placeholder, sentence_of

__all__ = ["Loaded", "load"]


class Loaded:
    """The functions that could be loaded, why the others could not, and what to tell about it."""

    def __init__(self) -> None:
        self.functions: dict[str, Callable[..., object]] = {}
        self.failures: dict[str, Raised] = {}
        self.remarks: list[Remark] = []


def load(
    submission: Submission,
    files: Mapping[str, bytes],
    *,
    work: Path,
    whole: bool = True,
    seconds: float = 5.0,
) -> Loaded:
    """Load every function that `submission` found.

    Args:
        submission: as read from `files`.
        files: all files, by path.
        work: where they are written.
        whole: try to import modules as they stand.
        seconds: for one document; importing it as a whole may take half of it.
    """
    write_files(work, files)
    loaded = Loaded()
    wanted: dict[str, list[str]] = {}
    for name, found in submission.found.items():
        if found.path:
            wanted.setdefault(found.path, []).append(name)
        else:
            loaded.failures[name] = _absent(found.message or f"there is no `{name}`")
    for path, names in wanted.items():
        document = submission.document(path)
        make_importable(work, (work / path).parent)
        _load_document(document, names, loaded, work=work, whole=whole, seconds=seconds)
    return loaded


def _load_document(
    document: Document, names: list[str], loaded: Loaded, *, work: Path, whole: bool, seconds: float
) -> None:
    if whole and document.is_whole:
        module, error = _import(document.path, work, seconds / 2)
        if error is None:
            _take(module, names, {}, loaded)
            return
        raised = describe_exception(error, str(work))
        what = f"{raised.type_name}: {raised.text}" if raised.text else raised.type_name
        text = (
            f"{document.path} could not be imported as a whole ({what}), so its functions were "
            f"loaded one by one."
        )
        loaded.remarks.append(Remark(text=text, path=raised.path, line=raised.line))
        seconds /= 2
    module = _new_module(document.path, work)
    _remember_lines(document, work)
    failures = run_definitions(module, document.pieces, names, root=str(work), seconds=seconds)
    _take(module, names, failures, loaded)


def _import(path: str, work: Path, seconds: float) -> tuple[ModuleType, BaseException | None]:
    """The module, and what its import raised."""
    spec = module_spec(work, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    # Blanket: this runs the student's file, whatever it raises, exits included.
    try:
        with limited(seconds):
            assert spec.loader is not None
            spec.loader.exec_module(module)
    except BaseException as error:
        sys.modules.pop(spec.name, None)
        return module, error
    return module, None


def _new_module(path: str, work: Path) -> ModuleType:
    spec = module_spec(work, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    return module


def _remember_lines(document: Document, work: Path) -> None:
    """Let tracebacks and inspect.getsource find the text of notebook cells."""
    for cell, text in document.texts:
        if cell is not None:
            filename = str(PurePath(work, f"{document.path}, cell {cell}"))
            linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)


def _take(
    module: ModuleType, names: list[str], failures: dict[str, Raised], loaded: Loaded
) -> None:
    for name in names:
        value = module.__dict__.get(name)
        if name in failures:
            loaded.failures[name] = failures[name]
        elif isinstance(value, Placeholder):
            loaded.failures[name] = _absent(sentence_of(value))
        elif name not in module.__dict__:
            loaded.failures[name] = _absent(f"`{name}` has no value after the file has run")
        elif not callable(value):
            text = f"`{name}` is a value of type {name_of_type(value)}, not a function"
            loaded.failures[name] = _absent(text)
        else:
            loaded.functions[name] = value


def _absent(text: str) -> Raised:
    return Raised(
        classes=("NameError", "Exception", "BaseException"), text=text, type_name="NameError"
    )
