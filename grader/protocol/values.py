"""The values that may cross the wire: plain Python and six tagged kinds. Free of torch.

    plain      None, bool, int (at most 4,096 bits), float, complex, str, bytes, list, tuple, dict
    ArrayValue a tensor, numpy array or numpy scalar: dtype name, shape, strides and raw bytes
    Handle     an object that stays in the worker, by number
    Recipe     a builder of ours by name, with arguments: a model, an optimiser, a torch function
    Raised     an exception: the built-in classes it descends from, and its text
    Unsendable anything else: the name of its type

Types are exact: a subclass of str is not a str here. What a worker sends is data, never code.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from grader.errors import FrameError

__all__ = [
    "DTYPE_BYTES",
    "ArrayValue",
    "Handle",
    "Raised",
    "Recipe",
    "Unsendable",
    "Value",
]

DTYPE_BYTES = {
    "bool": 1,
    "uint8": 1,
    "uint16": 2,
    "uint32": 4,
    "uint64": 8,
    "int8": 1,
    "int16": 2,
    "int32": 4,
    "int64": 8,
    "float16": 2,
    "bfloat16": 2,
    "float32": 4,
    "float64": 8,
    "complex64": 8,
    "complex128": 16,
}
MAX_DIMENSIONS = 16

ArrayKind = Literal["tensor", "array", "scalar"]
Value: TypeAlias = (
    "bool | int | float | complex | str | bytes | list[Value] | tuple[Value, ...]"
    " | dict[Value, Value] | ArrayValue | Handle | Recipe | Raised | Unsendable | None"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrayValue:
    """A tensor or numpy array as a strided view on raw little-endian bytes.

    Args:
        kind: "tensor" (torch), "array" or "scalar" (numpy).
        dtype: a name of DTYPE_BYTES.
        shape: at most 16 sizes, each >= 0.
        strides: in elements, each >= 0, as many as sizes.
        buffer: exactly the bytes from the first to the last element of the view.
        requires_grad: torch's flag; False for numpy.

    Raises:
        FrameError: the members do not fit together.
    """

    kind: ArrayKind
    dtype: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    buffer: bytes | bytearray | memoryview = field(repr=False)
    requires_grad: bool = False

    def __post_init__(self) -> None:
        if self.kind not in ("tensor", "array", "scalar") or self.dtype not in DTYPE_BYTES:
            raise FrameError(f"no such array: {self.kind!r} of {self.dtype!r}")
        if len(self.shape) > MAX_DIMENSIONS or len(self.strides) != len(self.shape):
            raise FrameError("shape and strides do not fit")
        for number in (*self.shape, *self.strides):
            if type(number) is not int or not 0 <= number < 1 << 48:
                raise FrameError("sizes and strides are whole numbers from 0")
        if len(self.buffer) != self.span * DTYPE_BYTES[self.dtype]:
            raise FrameError("the buffer is not what shape and strides ask for")

    @property
    def elements(self) -> int:
        return math.prod(self.shape)

    @property
    def span(self) -> int:
        """Elements from the first to the last one of the view; 0 if it is empty."""
        if not self.elements:
            return 0
        return 1 + sum((n - 1) * s for n, s in zip(self.shape, self.strides, strict=True))

    @property
    def nbytes(self) -> int:
        """Bytes of the view once it is made contiguous: strides of 0 can make this far larger
        than the buffer."""
        return self.elements * DTYPE_BYTES[self.dtype]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """An object that lives in the worker. `number` means nothing outside that worker."""

    number: int
    type_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """An object of ours that the other side builds by `name`, from a closed list."""

    name: str
    arguments: dict[str, Value] = field(default_factory=dict)
    state: dict[str, ArrayValue] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An exception. `classes` are the built-in names of its MRO, nearest first; `type_name` is
    what its own class calls itself; `line` is the student's line, if known (report only)."""

    classes: tuple[str, ...]
    text: str
    type_name: str = ""
    path: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsendable:
    """A value with no place on the wire."""

    type_name: str
