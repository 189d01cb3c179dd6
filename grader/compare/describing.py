"""Values of the wire in words: one line of text, the numbers of small arrays, Python to repeat."""

from __future__ import annotations

import math
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy

from grader.model import Array, Described, Number, flat_indices, window_around
from grader.protocol import DTYPE_BYTES, ArrayValue, Handle, Raised, Recipe, Unsendable, Value

__all__ = [
    "MAX_SNIPPET_VALUES",
    "array_values",
    "call_text",
    "clean",
    "describe",
    "floats_text",
    "is_floating",
    "runnable",
    "snippet",
    "source_of",
]

MAX_VALUES = 256  # numbers kept of one array
MAX_SNIPPET_VALUES = 64
MAX_TEXT = 500
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # categories of Unicode

_FORMATS = {
    "bool": "?", "uint8": "B", "int8": "b", "uint16": "H", "int16": "h", "uint32": "I",
    "int32": "i", "uint64": "Q", "int64": "q", "float16": "e", "float32": "f", "float64": "d",
}  # fmt: skip


def clean(text: str, limit: int = MAX_TEXT) -> str:
    """`text` with control, bidi and other invisible characters made visible, and cut."""
    shown = text[: limit + 1]
    if not all(line.isprintable() for line in shown.split("\n")):  # most texts need no more
        shown = "".join(
            c if c == "\n" or unicodedata.category(c) not in _INVISIBLE else "\ufffd" for c in shown
        )
    return shown if len(text) <= limit else shown[:limit] + "…"


def describe(value: Value, at: tuple[int, ...] | None = None) -> Described:
    """A value for a reader; arrays keep 256 numbers, exactly: the first, or those around `at`."""
    if isinstance(value, ArrayValue):
        return Described(text=_array_text(value), array=_array(value, at))
    if isinstance(value, (list, tuple)) and len(value) == 1 and isinstance(value[0], ArrayValue):
        return Described(text=_text(value), array=_array(value[0], at and at[1:]))
    return Described(text=clean(_text(value)))


def call_text(function: str, arguments: Sequence[Value], options: dict[str, Value]) -> str:
    """The call for a reader, with large tensors named by their shape."""
    parts = [_short(value) for value in arguments]
    parts += [f"{name}={_short(value)}" for name, value in options.items()]
    return clean(f"{function}({', '.join(parts)})", 300)


def snippet(
    function: str, arguments: Sequence[Value], options: dict[str, Value], module: str = ""
) -> str:
    """Python that repeats the call and prints the result; "" if an argument is too large.

    Args:
        function: its name.
        arguments, options: of the call.
        module: where the function is imported from; "" if it is at hand, as in a notebook.
    """
    try:
        parts = [source_of(value) for value in arguments]
        parts += [f"{name}={source_of(value)}" for name, value in options.items()]
    except ValueError:
        return ""
    return runnable(f"print({function}({', '.join(parts)}))", function, module)


def runnable(lines: str, function: str, module: str) -> str:
    """Lines that call a function, below the imports that they need."""
    imports = "import torch\n" if "torch." in lines else ""
    imports += f"from {module} import {function}\n" if module else ""
    return f"{imports}\n{lines}" if imports else lines


def is_floating(value: ArrayValue) -> bool:
    """Whether a gradient can be taken of it."""
    return value.dtype.startswith(("float", "bfloat"))


def floats_text(numbers: Sequence[float], shape: tuple[int, ...]) -> str:
    """Numbers in row-major order as nested lists."""
    return _brackets([repr(number) for number in numbers], shape)


def array_values(value: ArrayValue, limit: int = MAX_VALUES) -> tuple[list[Number], bool]:
    """The first `limit` elements, row-major and exact, and whether there are more."""
    total = value.elements
    numbers = [_element(value, offset) for offset in _offsets(value, range(min(total, limit)))]
    return numbers, total > limit


def _offsets(value: ArrayValue, flats: Iterable[int]) -> Iterator[int]:
    """Where elements lie in the buffer, in elements, from their places in row-major order."""
    for flat in flats:
        offset = 0
        for size, stride in zip(reversed(value.shape), reversed(value.strides), strict=True):
            flat, index = divmod(flat, size)  # noqa: PLW2901 peeling off one axis at a time
            offset += index * stride
        yield offset


def _element(value: ArrayValue, offset: int) -> Number:
    at = offset * DTYPE_BYTES[value.dtype]
    match value.dtype:
        case "bfloat16":  # the upper half of a float32
            return _number(struct.unpack("<f", b"\0\0" + bytes(value.buffer[at : at + 2]))[0])
        case "complex64" | "complex128":
            code = "<2f" if value.dtype == "complex64" else "<2d"
            return str(complex(*struct.unpack_from(code, value.buffer, at)))
        case dtype:
            return _number(struct.unpack_from(f"<{_FORMATS[dtype]}", value.buffer, at)[0])


def _number(number: float | int | bool) -> Number:
    if isinstance(number, float) and not math.isfinite(number):
        return "nan" if math.isnan(number) else "inf" if number > 0 else "-inf"
    return number


def _array(value: ArrayValue, at: tuple[int, ...] | None = None) -> Array:
    found = window_around(value.shape, at, MAX_VALUES) if at is not None else None
    if found is None or value.elements <= MAX_VALUES:
        numbers, truncated = array_values(value)
        return Array(
            dtype=value.dtype, shape=value.shape, values=tuple(numbers), truncated=truncated
        )
    start, window = found
    offsets = _offsets(value, flat_indices(value.shape, start, window))
    return Array(
        dtype=value.dtype,
        shape=value.shape,
        values=tuple(_element(value, offset) for offset in offsets),
        truncated=True,
        start=start,
        window=window,
    )


def _array_text(value: ArrayValue) -> str:
    kind = {"tensor": "tensor", "array": "numpy array", "scalar": "numpy number"}[value.kind]
    if value.elements == 1 and value.kind == "scalar":
        return f"numpy {value.dtype} {_plain(array_values(value)[0][0])}"
    return f"{kind} of shape {value.shape}, {value.dtype}"


def _text(value: Value) -> str:
    match value:
        case ArrayValue():
            if 0 < value.elements <= 8 and len(value.shape) <= 1:
                return f"{value.kind}({_nested(value)})"
            return _array_text(value)
        case Raised():
            name = value.type_name or next(iter(value.classes), "an exception")
            return f"{name}: {value.text}".rstrip(": ")
        case Handle():
            return f"an object of type {value.type_name}"
        case Recipe():
            return f"{value.name}(…)"
        case Unsendable():
            return f"an object of type {value.type_name}"
        case list() | tuple():
            inner = ", ".join(_text(item) for item in value[:20])
            more = ", …" if len(value) > 20 else "," if len(value) == 1 else ""
            return f"[{inner}{more.strip(',')}]" if isinstance(value, list) else f"({inner}{more})"
        case dict():
            inner = ", ".join(f"{_text(k)}: {_text(v)}" for k, v in list(value.items())[:20])
            return f"{{{inner}}}"
        case int() if value.bit_length() > 256:
            return f"an int of {value.bit_length()} bits"
        case _:
            return repr(value)


def _short(value: Value) -> str:
    if isinstance(value, ArrayValue):
        is_small = value.elements <= 8 and max(value.shape, default=0) <= 8
        if is_small and len(value.shape) <= 2:
            return f"torch.tensor({_nested(value)}{_dtype_of(value)})"
        return f"<{_array_text(value)}>"
    return _text(value)


def source_of(value: Value) -> str:
    """Python that makes the value.

    Raises:
        ValueError: it is too large or has no source.
    """
    match value:
        case ArrayValue(kind="tensor") if value.elements <= MAX_SNIPPET_VALUES:
            return _tensor_source(value)
        case list() | tuple():
            inner = ", ".join(source_of(item) for item in value)
            if isinstance(value, list):
                return f"[{inner}]"
            return f"({inner},)" if len(value) == 1 else f"({inner})"
        case float():
            return repr(value) if math.isfinite(value) else f'float("{value}")'
        case None | bool() | int() | str() | bytes() | complex():
            return repr(value)
        case _:
            raise ValueError(f"{type(value).__name__} has no source")


def _tensor_source(value: ArrayValue) -> str:
    if not value.elements:
        return f"torch.empty({value.shape}, dtype=torch.{value.dtype})"
    axes = sorted(range(len(value.shape)), key=lambda axis: -value.strides[axis])
    in_memory = replace(
        value,
        shape=tuple(value.shape[axis] for axis in axes),
        strides=tuple(value.strides[axis] for axis in axes),
    )
    source = f"torch.tensor({_nested(in_memory)}{_dtype_of(value)})"
    if axes == sorted(axes):
        return source
    return f"{source}.permute({', '.join(str(axes.index(axis)) for axis in range(len(axes)))})"


def _dtype_of(value: ArrayValue) -> str:
    """As an argument; nothing if torch.tensor chooses it by itself."""
    return "" if value.dtype in ("float32", "int64", "bool") else f", dtype=torch.{value.dtype}"


def _nested(value: ArrayValue) -> str:
    numbers, _ = array_values(value)
    return _brackets([_plain(number, value.dtype) for number in numbers], value.shape)


def _brackets(texts: list[str], shape: tuple[int, ...]) -> str:
    if not shape:
        return texts[0] if texts else "[]"
    if len(shape) == 1:
        return f"[{', '.join(texts)}]"
    step = math.prod(shape[1:])
    rows = [_brackets(texts[row * step : (row + 1) * step], shape[1:]) for row in range(shape[0])]
    return f"[{', '.join(rows)}]"


def _plain(number: Number, dtype: str = "float64") -> str:
    if isinstance(number, str):
        return f'float("{number}")' if number in ("nan", "inf", "-inf") else number
    if isinstance(number, float) and dtype == "float32":
        return repr(float(str(numpy.float32(number))))  # its shortest text, and still exact
    return repr(number)
