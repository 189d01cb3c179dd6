"""Values to bytes and back: a msgpack header and the raw buffers of its arrays behind it.

msgpack alone loses tuples and refuses complex, long ints and non-string keys, so everything that
is not None, bool, a 64-bit int, a float or text stands as a list with a tag:

    [LIST, items] [TUPLE, items] [DICT, [k, v, ...]] [BYTES, bytes] [INT, hex]
    [TEXT, bytes]                          text with lone surrogates, which msgpack cannot hold
    [COMPLEX, re, im] [ARRAY, kind, dtype, shape, strides, requires_grad, byte length]
    [HANDLE, number, type] [RECIPE, name, arguments, state]
    [RAISED, classes, text, type, path, line] [UNSENDABLE, type]
    [PACKED, bytes]                        a value that was encoded before; read in TRUSTED only

No msgpack extension type is used; the decoder refuses all of them, and anything not above.
`decode` trusts nothing: every bound is checked before memory is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import msgpack

from grader.errors import FrameError
from grader.protocol.values import (
    ArrayValue,
    Handle,
    Raised,
    Recipe,
    Unsendable,
    Value,
)

__all__ = ["TRUSTED", "Bounds", "decode", "encode", "prepare"]

Buffer = bytes | bytearray | memoryview

LIST, TUPLE, DICT, TEXT, BYTES, INT, COMPLEX = range(7)
ARRAY, HANDLE, RECIPE, RAISED, UNSENDABLE, PACKED = range(7, 13)
MAX_INT_BITS: Final = 4096
MAX_PLAIN_KEYS: Final = 1000  # hashes of numbers are not salted: collisions can be made at will


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What one frame from an untrusted side may hold."""

    header_bytes: int = 1 << 20
    body_bytes: int = 64 << 20
    array_bytes: int = 64 << 20  # of all arrays together, strides of 0 spelled out
    items: int = 200_000
    depth: int = 32
    packed: bool = False


TRUSTED: Final = Bounds(
    header_bytes=64 << 20, body_bytes=2 << 30, array_bytes=2 << 30, items=5_000_000, packed=True
)
"""Bounds inside the worker, whose other side is the grader."""


def encode(value: Value) -> tuple[bytes, list[Buffer]]:
    """The header and the buffers that follow it.

    Raises:
        FrameError: the value holds something that has no place on the wire.
    """
    buffers: list[Buffer] = []
    header: bytes = msgpack.packb(_tagged(value, buffers, 0), strict_types=True)
    return header, buffers


@dataclass(frozen=True, slots=True)
class _Prepared:
    header: bytes
    buffers: list[Buffer]


def prepare(value: Value) -> Value:
    """The same for `encode`, for a value that is sent many times: most of the work is done here.

    What comes back can be sent, as it is or as a part of something, and serves nothing else.

    Raises:
        FrameError: as `encode`.
    """
    prepared: Any = _Prepared(*encode(value))
    return prepared  # type: ignore[no-any-return]  # opaque on purpose; only `encode` looks inside


def _packed(value: _Prepared, buffers: list[Buffer], depth: int) -> Any:
    buffers += value.buffers
    return [PACKED, value.header]


def _tagged(value: Value, buffers: list[Buffer], depth: int) -> Any:
    kind = type(value)
    if depth > 200:
        raise FrameError("nested too deeply to send")
    if kind in _PLAIN:
        return value
    if kind is int:
        assert isinstance(value, int)
        if -(1 << 63) <= value < 1 << 63:
            return value
        if value.bit_length() > MAX_INT_BITS:
            return [UNSENDABLE, _text(f"int of {value.bit_length()} bits")]
        return [INT, hex(value)]
    if kind is str:
        assert isinstance(value, str)
        return value if value.isascii() else _odd_text(value)
    encoder = _ENCODERS.get(kind)
    if encoder is None:
        raise FrameError(f"{kind.__name__} has no place on the wire")
    return encoder(value, buffers, depth + 1)


def _odd_text(text: str) -> Any:
    try:
        text.encode()
    except UnicodeEncodeError:
        return [TEXT, _text(text)]
    return text


def _items(values: Any, buffers: list[Buffer], depth: int) -> list[Any]:
    return [
        item if type(item) in _PLAIN else _tagged(item, buffers, depth) for item in values
    ]  # most items are plain, and a call for each would be most of the work


def _pairs(value: dict[Any, Any], buffers: list[Buffer], depth: int) -> list[Any]:
    return _items([part for pair in value.items() for part in pair], buffers, depth)


def _array(value: ArrayValue, buffers: list[Buffer], depth: int) -> list[Any]:
    buffers.append(value.buffer)
    shape, strides = list(value.shape), list(value.strides)
    grad = value.requires_grad
    return [ARRAY, value.kind, value.dtype, shape, strides, grad, len(value.buffer)]


_PLAIN: Final = frozenset({type(None), bool, float})
_ENCODERS: dict[type, Callable[[Any, list[Buffer], int], Any]] = {
    _Prepared: _packed,
    list: lambda v, b, d: [LIST, _items(v, b, d)],
    tuple: lambda v, b, d: [TUPLE, _items(v, b, d)],
    dict: lambda v, b, d: [DICT, _pairs(v, b, d)],
    bytes: lambda v, b, d: [BYTES, v],
    complex: lambda v, b, d: [COMPLEX, v.real, v.imag],
    ArrayValue: _array,
    Handle: lambda v, b, d: [HANDLE, v.number, _text(v.type_name)],
    Recipe: lambda v, b, d: [
        RECIPE,
        _text(v.name),
        _pairs(v.arguments, b, d),
        _pairs(v.state, b, d),
    ],
    Raised: lambda v, b, d: [
        RAISED,
        [_text(name) for name in v.classes],
        _text(v.text),
        _text(v.type_name),
        _text(v.path),
        v.line,
    ],
    Unsendable: lambda v, b, d: [UNSENDABLE, _text(v.type_name)],
}


def _text(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def decode(header: Buffer, body: Buffer, bounds: Bounds) -> Value:
    """The value in a frame. Arrays are views on `body`, which must not be changed afterwards.

    Raises:
        FrameError: the frame is not one that `encode` makes, or exceeds `bounds`.
    """
    if len(header) > bounds.header_bytes or len(body) > bounds.body_bytes:
        raise FrameError("the frame is larger than allowed")
    reader = _Reader(memoryview(body), bounds)
    value = reader.value(_unpacked(header, bounds), 0)
    if reader.offset != len(body):
        raise FrameError("bytes are left over behind the last array")
    return value


def _unpacked(header: Buffer, bounds: Bounds) -> Any:
    try:
        return msgpack.unpackb(
            header,
            raw=False,
            strict_map_key=True,
            max_str_len=bounds.header_bytes,
            max_bin_len=bounds.header_bytes,
            max_array_len=bounds.items,
            max_map_len=0,
            max_ext_len=0,
        )
    except Exception as error:  # msgpack raises a dozen classes on hostile input
        raise FrameError(f"not msgpack: {type(error).__name__}") from None


class _Reader:
    """Rebuilds one value; counts items, depth and bytes as it goes."""

    def __init__(self, body: memoryview, bounds: Bounds) -> None:
        self.body = body
        self.bounds = bounds
        self.offset = 0
        self.items = 0
        self.array_bytes = 0

    def value(self, tagged: Any, depth: int) -> Value:
        self._count(1, depth)
        return self._value(tagged, depth)

    def _count(self, items: int, depth: int) -> None:
        self.items += items
        if self.items > self.bounds.items or depth > self.bounds.depth:
            raise FrameError("too many items or nested too deeply")

    def _value(self, tagged: Any, depth: int) -> Value:
        if type(tagged) in _RECEIVED_PLAIN:
            plain: Value = tagged
            return plain
        if type(tagged) is not list or not tagged or type(tagged[0]) is not int:
            raise FrameError(f"{type(tagged).__name__} where a tagged value was due")
        try:
            return _DECODERS[tagged[0]](self, depth + 1, *tagged[1:])
        except FrameError:
            raise
        except (KeyError, TypeError, ValueError, OverflowError, UnicodeError) as error:
            raise FrameError(f"malformed value: {type(error).__name__}") from None

    def list_(self, depth: int, items: Any) -> list[Value]:
        parts: list[Any] = _exactly(list, items)
        if parts:
            self._count(len(parts), depth)
        return [
            item if type(item) in _RECEIVED_PLAIN else self._value(item, depth) for item in parts
        ]  # as in _items

    def tuple_(self, depth: int, items: Any) -> tuple[Value, ...]:
        return tuple(self.list_(depth, items))

    def dict_(self, depth: int, flat: Any) -> dict[Value, Value]:
        parts = self.list_(depth, flat)
        if len(parts) % 2:
            raise FrameError("a dict with a key but no value")
        keys = parts[::2]
        if len(keys) > MAX_PLAIN_KEYS and any(type(key) not in (str, bytes) for key in keys):
            raise FrameError("a dict with too many keys that are not text")
        pairs = dict(zip(keys, parts[1::2], strict=True))
        if len(pairs) != len(parts) // 2:
            raise FrameError("a dict with the same key twice")
        return pairs

    def text(self, depth: int, data: Any) -> str:
        return str(_exactly(bytes, data), "utf-8", "surrogatepass")

    def bytes_(self, depth: int, data: Any) -> bytes:
        raw: bytes = _exactly(bytes, data)
        return raw

    def int_(self, depth: int, digits: Any) -> int:
        text: str = _exactly(str, digits)
        if len(text) > MAX_INT_BITS // 4 + 3:
            raise FrameError("a number longer than allowed")
        number = int(text, 16)
        if -(1 << 63) <= number < 1 << 63 or hex(number) != text:
            raise FrameError("a number that is not in its one form")
        return number

    def complex_(self, depth: int, real: Any, imag: Any) -> complex:
        return complex(_exactly(float, real), _exactly(float, imag))

    def array(
        self, depth: int, kind: Any, dtype: Any, shape: Any, strides: Any, grad: Any, length: Any
    ) -> ArrayValue:
        end = self.offset + _exactly(int, length)
        if not self.offset <= end <= len(self.body):
            raise FrameError("an array outside the body")
        value = ArrayValue(
            kind=_exactly(str, kind),
            dtype=_exactly(str, dtype),
            shape=tuple(_exactly(list, shape)),
            strides=tuple(_exactly(list, strides)),
            buffer=self.body[self.offset : end],
            requires_grad=_exactly(bool, grad),
        )
        self.offset = end
        self.array_bytes += value.nbytes
        if self.array_bytes > self.bounds.array_bytes:
            raise FrameError("arrays are larger than allowed")
        return value

    def handle(self, depth: int, number: Any, type_name: Any) -> Handle:
        return Handle(number=_exactly(int, number), type_name=self.text(depth, type_name))

    def recipe(self, depth: int, name: Any, arguments: Any, state: Any) -> Recipe:
        named = self.dict_(depth, arguments)
        tensors = self.dict_(depth, state)
        if not all(type(key) is str for key in (*named, *tensors)):
            raise FrameError("a recipe's arguments have names")
        if not all(type(tensor) is ArrayValue for tensor in tensors.values()):
            raise FrameError("a recipe's state is made of arrays")
        return Recipe(name=self.text(depth, name), arguments=named, state=tensors)  # type: ignore[arg-type]  # checked above

    def raised(
        self, depth: int, classes: Any, text: Any, type_name: Any, path: Any, line: Any
    ) -> Raised:
        names = tuple(self.text(depth, name) for name in _exactly(list, classes)[:32])
        return Raised(
            classes=names,
            text=self.text(depth, text),
            type_name=self.text(depth, type_name),
            path=self.text(depth, path),
            line=None if line is None else _exactly(int, line),
        )

    def unsendable(self, depth: int, type_name: Any) -> Unsendable:
        return Unsendable(type_name=self.text(depth, type_name))

    def packed(self, depth: int, header: Any) -> Value:
        if not self.bounds.packed:
            raise FrameError("a packed value from the other side")
        return self.value(_unpacked(_exactly(bytes, header), self.bounds), depth)


def _exactly(wanted: type, value: Any) -> Any:
    if type(value) is not wanted:
        raise FrameError(f"{type(value).__name__} where {wanted.__name__} was due")
    return value


_RECEIVED_PLAIN: Final = frozenset({type(None), bool, int, float, str})
_DECODERS: dict[int, Callable[..., Value]] = {
    LIST: _Reader.list_,
    TUPLE: _Reader.tuple_,
    DICT: _Reader.dict_,
    TEXT: _Reader.text,
    BYTES: _Reader.bytes_,
    INT: _Reader.int_,
    COMPLEX: _Reader.complex_,
    ARRAY: _Reader.array,
    HANDLE: _Reader.handle,
    RECIPE: _Reader.recipe,
    RAISED: _Reader.raised,
    UNSENDABLE: _Reader.unsendable,
    PACKED: _Reader.packed,
}
