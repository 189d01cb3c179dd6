"""Which forbidden library functions a submission's function really calls; report only.

The source check reads names, and a name can be computed, evaluated or passed on. So a function is
called on small inputs while Python tells of each call (sys.setprofile) and torch of each
operation (TorchFunctionMode), which also sees what `map` or a method in a text calls. A call
counts only if a frame of the submission's own files made it: what torch calls inside what is
allowed is nobody's fault. An object with several names is forbidden only if all of them are.

Best effort: code that looks for a trace, or that branches on its input, can hide from it.
"""

from __future__ import annotations

import builtins
import os.path
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import CodeType, FrameType, MethodDescriptorType
from typing import Any

import torch
from torch.overrides import TorchFunctionMode

from grader.observe import observe
from grader.protocol import Value
from grader.source_check import Forbidden
from grader.worker import alarm
from grader.worker.known_names import names_of, names_of_code

__all__ = ["Row", "traced_calls"]

Row = dict[Value, Value]

_MOST_FOUND = 5
_DEEPEST = 8
_BETWEEN = ("torch/overrides.py", "torch/_ops.py", "torch/_jit_internal.py")
_BY_OPERATORS = frozenset({  # torch names `x * 2` and `sum` as it does x.mul and x.add
    "abs", "absolute", "add", "bitwise_and", "bitwise_left_shift", "bitwise_not", "bitwise_or",
    "bitwise_right_shift", "bitwise_xor", "ceil", "div", "divide", "eq", "equal", "floor",
    "floor_divide", "ge", "greater", "greater_equal", "gt", "item", "le", "less", "less_equal",
    "logical_not", "lt", "matmul", "mul", "multiply", "ne", "neg", "negative", "not_equal",
    "positive", "pow", "remainder", "round", "rsub", "sub", "subtract", "true_divide", "trunc",
})  # fmt: skip
_FUNCTIONAL = "torch/nn/functional.py"
_KNOWN = ("torch", "numpy")  # their built-ins are known by their public names or not at all


def traced_calls(
    function: Callable[..., object],
    cases: Iterable[tuple[Sequence[Any], dict[str, Any]]],
    forbidden: Sequence[str],
    *,
    name: str,
    root: str,
    seconds: float,
) -> list[Row]:
    """Call `function` on each case, and tell its forbidden calls as `parse` tells its findings.

    Args:
        function: the submission's.
        cases: small ones; results and exceptions are of no interest.
        forbidden: names, as in exercise.toml.
        name: of the function, for the rows.
        root: the folder of the submission's files.
        seconds: for all cases together.
    """
    trace = _Trace(Forbidden(forbidden), root)
    trace.judge(names_of(function), None)
    for args, kwargs in cases:
        trace.given = _modules_in([*args, *kwargs.values()])
        with alarm.limited(seconds):
            observe(trace.around(function), args, kwargs)
    return [
        {"function": name, "call": call, "path": path, "line": line, "cell": cell}
        for call, path, line, cell in trace.found
    ]


class _OwnFiles(dict[str, bool]):
    """Whether code is the submission's, by its file; code in texts only may be, see `_place`."""

    def __init__(self, prefix: str) -> None:
        # This file calls the submission's function itself; the alarm may ring anywhere in it.
        super().__init__({__file__: True, str(alarm.__file__): True})
        self._prefix = prefix

    def __missing__(self, filename: str) -> bool:
        self[filename] = filename.startswith((self._prefix, "<"))
        return self[filename]


class _Trace(TorchFunctionMode):
    """Hears of calls. `found`: (call, path, line, cell), each once; `given`: ids of our modules."""

    def __init__(self, forbidden: Forbidden, root: str) -> None:
        super().__init__()
        self.found: dict[tuple[str, str, int | None, int | None], None] = {}
        self.given: frozenset[int] = frozenset()
        self._forbidden = forbidden
        self._prefix = root.rstrip(os.path.sep) + os.path.sep
        self._own = _OwnFiles(self._prefix)
        self._judged: dict[tuple[str, ...], bool] = {}
        self._start: CodeType | None = None

    def around(self, function: Callable[..., object]) -> Callable[..., object]:
        """The function, heard while it runs."""

        def heard(*args: Any, **kwargs: Any) -> object:
            with self:
                sys.setprofile(self.profile)
                try:
                    return function(*args, **kwargs)
                finally:
                    sys.setprofile(None)

        self._start = heard.__code__
        return heard

    def __torch_function__(
        self, func: Any, types: Any, args: tuple[Any, ...] = (), kwargs: Any = None
    ) -> Any:
        sys.setprofile(None)  # what torch does inside is nobody's, and takes far longer if heard
        try:
            if any(self._is_forbidden(names) for names in _names_of_operation(func)):
                self._keep(_names_of_operation(func)[0][0], _below(sys._getframe(1), func))
            return func(*args, **(kwargs or {}))
        finally:
            sys.setprofile(self.profile)

    def profile(self, frame: FrameType, event: str, arg: Any) -> None:
        """A call of Python code (`frame` runs it) or of a built-in (`frame` made it)."""
        own = self._own
        if event == "call":
            caller = frame.f_back
            if caller is None or not own[caller.f_code.co_filename]:
                return
            if not own[frame.f_code.co_filename]:
                self.judge(self._names_of(frame), caller)
        elif event == "c_call" and own[frame.f_code.co_filename]:
            self.judge(_names_of_built_in(arg), frame)

    def judge(self, names: Sequence[str], frame: FrameType | None) -> None:
        """Keep a call of something with these names that was made in `frame`, if it is forbidden.

        None: the submission's function itself is that thing.
        """
        if names and self._is_forbidden(names):
            self._keep(names[0], frame)

    def _keep(self, name: str, frame: FrameType | None) -> None:
        place = ("", None, None) if frame is None else self._place(frame)
        if place is not None and len(self.found) < _MOST_FOUND:
            self.found[(name.replace("torch.Tensor.", "Tensor."), *place)] = None

    def _names_of(self, frame: FrameType) -> tuple[str, ...]:
        """The names of a running library function, or of the class whose method it is."""
        code = frame.f_code
        module = str(frame.f_globals.get("__name__", ""))
        first = None
        if code.co_argcount and code.co_varnames[0] in ("self", "cls"):
            first = frame.f_locals.get(code.co_varnames[0])
            if id(first) in self.given:
                return ()
            if module.startswith("torch.nn."):
                return _names_of_class(first if isinstance(first, type) else type(first))
        return names_of_code(code, first) or (f"{module}.{code.co_qualname}",)

    def _is_forbidden(self, names: Sequence[str]) -> bool:
        names = tuple(names)
        if names not in self._judged:
            self._judged[names] = bool(names) and all(map(self._forbidden.covers, names))
        return self._judged[names]

    def _place(self, frame: FrameType) -> tuple[str, int | None, int | None] | None:
        """Where in the submission the frame stands; None if it is not the submission's."""
        here: FrameType | None = frame
        for _ in range(_DEEPEST):
            if here is None:
                break
            filename = here.f_code.co_filename
            if filename.startswith(self._prefix):
                return _as_place(filename[len(self._prefix) :], here.f_lineno)
            if here.f_code is self._start:  # it calls the submission's function itself
                return "", None, None
            if not filename.startswith("<") or self._is_of_a_library(here.f_globals):
                break
            here = here.f_back
        return None

    def _is_of_a_library(self, names: Mapping[str, Any]) -> bool:
        """Whether code in a text runs among the names of an imported module."""
        module = sys.modules.get(str(names.get("__name__")))
        path = getattr(module, "__file__", None)
        return module is not None and not str(path).startswith(self._prefix)


def _as_place(path: str, line: int) -> tuple[str, int, int | None]:
    """Cells of notebooks are called "work.ipynb, cell 3"."""
    file, comma, cell = path.rpartition(", cell ")
    return (file, line, int(cell)) if comma and cell.isdecimal() else (path, line, None)


def _below(frame: FrameType | None, func: Any) -> FrameType | None:
    """The frame that called `func`, below what torch puts between."""
    own = getattr(func, "__code__", None)
    while frame is not None and frame.f_back is not None:
        code = frame.f_code
        helps = code.co_filename.endswith(_FUNCTIONAL) and code.co_name.startswith("_")
        if not (code is own or helps or code.co_filename.endswith(_BETWEEN)):
            break
        frame = frame.f_back
    return frame


def _names_of_operation(func: Any) -> Sequence[tuple[str, ...]]:
    """The names to look for; `torch.ops.aten.relu` is `torch.relu` below its name."""
    if type(func).__module__ == "torch._ops":
        return ((f"torch.ops.{func}",), (f"torch.{func.__name__.split('.')[0]}",))
    name = getattr(func, "__name__", "")
    if isinstance(func, MethodDescriptorType) and name.rstrip("_") in _BY_OPERATORS:
        return ()  # if it was written as a method, Python tells of it as a built-in
    return (names_of(func),)


def _modules_in(values: Iterable[object]) -> frozenset[int]:
    """Ids of the models that a call is given, and of their layers: whoever calls them may."""
    models = [value for value in values if isinstance(value, torch.nn.Module)]
    return frozenset(id(module) for model in models for module in model.modules())


def _names_of_class(cls: type) -> tuple[str, ...]:
    """Of the nearest class that has names, among it and what it derives from."""
    return next((names for base in cls.__mro__ if (names := names_of(base))), ())


def _names_of_built_in(value: Any) -> tuple[str, ...]:
    """The names of a built-in that Python code calls."""
    owner = getattr(value, "__self__", None)
    if owner is builtins or isinstance(owner, (list, dict, str)):
        return ()
    if isinstance(owner, torch.Tensor):
        return (f"torch.Tensor.{value.__name__}",)
    names = names_of(value)
    if names or owner is None:
        return names
    module = getattr(value, "__module__", None)
    if type(module) is str and module.split(".")[0] not in _KNOWN:
        return (f"{module}.{value.__name__}",)
    return tuple(f"{name}.{value.__name__}" for name in names_of(owner))
