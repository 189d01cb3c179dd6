"""An exception as data: what it descends from, what it says, and where in the student's files."""

from __future__ import annotations

import builtins
import os.path
from types import TracebackType

from grader.observe.wire import name_of_type
from grader.protocol import Raised

__all__ = ["MAX_TEXT", "describe_exception", "place_of"]

MAX_TEXT = 2000
_MAX_FRAMES = 100_000

# Taken when the module is imported: later a student may have put other classes there.
_BUILT_IN = {
    cls: name
    for name, cls in vars(builtins).items()
    if isinstance(cls, type) and issubclass(cls, BaseException) and cls.__name__ == name
}
_mro_of = type.__dict__["__mro__"].__get__


def describe_exception(error: BaseException, root: str = "") -> Raised:
    """The exception as it may be sent.

    Args:
        error: caught from the student's code, with its traceback.
        root: the folder of the student's files, for `path` and `line`; "" for none.
    """
    path, line = place_of(error, root)
    return Raised(
        classes=tuple(_BUILT_IN[cls] for cls in _mro_of(type(error)) if cls in _BUILT_IN),
        text=_text_of(error),
        type_name=name_of_type(error),
        path=path,
        line=line,
    )


def _text_of(error: BaseException) -> str:
    # Blanket: `__str__` belongs to the student, and may raise anything.
    try:
        return str.__str__(str(error))[:MAX_TEXT]
    except BaseException:
        return ""


def place_of(error: BaseException, root: str) -> tuple[str, int | None]:
    """Path below `root` and line of the deepest frame there; of the mistake, for a SyntaxError."""
    if not root:
        return "", None
    if isinstance(error, SyntaxError):
        path = _below(error.filename, root)
        if path:
            return path, error.lineno
    path, line = "", None
    trace: TracebackType | None = error.__traceback__
    for _ in range(_MAX_FRAMES):
        if trace is None:
            break
        found = _below(trace.tb_frame.f_code.co_filename, root)
        if found:
            path, line = found, trace.tb_lineno
        trace = trace.tb_next
    return path, line


def _below(filename: object, root: str) -> str:
    prefix = root.rstrip(os.path.sep) + os.path.sep
    if type(filename) is str and filename.startswith(prefix):
        return filename[len(prefix) :][:500]
    return ""
