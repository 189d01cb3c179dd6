"""Values survive the wire exactly; bytes that are not a value are refused, at a bounded cost."""

from __future__ import annotations

import tracemalloc

import msgpack
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from grader.errors import FrameError
from grader.protocol import (
    DTYPE_BYTES,
    TRUSTED,
    ArrayValue,
    Bounds,
    Handle,
    Raised,
    Recipe,
    Unsendable,
    decode,
    encode,
    prepare,
)
from grader.protocol.codec import LIST, PACKED

BOUNDS = Bounds(header_bytes=1 << 16, body_bytes=1 << 16, array_bytes=1 << 16, items=2000)
PLAIN = (type(None), bool, int, float, complex, str, bytes)


def through(value, bounds=BOUNDS):
    header, buffers = encode(value)
    return decode(header, b"".join(bytes(buffer) for buffer in buffers), bounds)


def same(a, b):
    """Equal in value and in exact type, all the way down; nan is nan, -0.0 is not 0.0."""
    if type(a) is not type(b):
        return False
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        pairs = zip(a.items(), b.items(), strict=True)
        return len(a) == len(b) and all(same(k, m) and same(v, w) for (k, v), (m, w) in pairs)
    if isinstance(a, ArrayValue):
        facts = ("kind", "dtype", "shape", "strides", "requires_grad")
        return all(getattr(a, f) == getattr(b, f) for f in facts) and bytes(a.buffer) == bytes(
            b.buffer
        )
    if isinstance(a, Recipe):
        return a.name == b.name and same(a.arguments, b.arguments) and same(a.state, b.state)
    return repr(a) == repr(b)


texts = st.text(st.characters(exclude_categories=[]), max_size=20)  # surrogates too
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**4000), 2**4000)
    | st.integers(-(2**65), 2**65)
    | st.floats()
    | st.complex_numbers(allow_nan=True)
    | texts
    | st.binary(max_size=40)
)


@st.composite
def arrays(draw):
    dtype = draw(st.sampled_from(sorted(DTYPE_BYTES)))
    shape = tuple(draw(st.lists(st.integers(0, 4), max_size=4)))
    strides = tuple(draw(st.integers(0, 5)) for _ in shape)
    span = 0 if 0 in shape else 1 + sum((n - 1) * s for n, s in zip(shape, strides, strict=True))
    length = span * DTYPE_BYTES[dtype]
    return ArrayValue(
        kind=draw(st.sampled_from(["tensor", "array", "scalar"])),
        dtype=dtype,
        shape=shape,
        strides=strides,
        buffer=draw(st.binary(min_size=length, max_size=length)),
        requires_grad=draw(st.booleans()),
    )


others = (
    arrays()
    | st.builds(Handle, number=st.integers(0, 1 << 40), type_name=texts)
    | st.builds(Unsendable, type_name=texts)
    | st.builds(
        Raised,
        classes=st.lists(texts, max_size=5).map(tuple),
        text=texts,
        type_name=texts,
        path=texts,
        line=st.none() | st.integers(0, 10**6),
    )
)
keys = st.none() | st.booleans() | st.integers() | texts | st.binary(max_size=8)


def deeper(inner):
    return (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(keys, inner, max_size=4)
        | st.builds(
            Recipe,
            name=texts,
            arguments=st.dictionaries(texts, inner, max_size=3),
            state=st.dictionaries(texts, arrays(), max_size=2),
        )
    )


values = st.recursive(scalars | others, deeper, max_leaves=12)


@given(values)
@example((1, [2, (3,)], {True: 1, "a": -0.0}))
@example(float("nan"))
@example(1 << 63)
@example(-(1 << 63) - 1)
def test_a_value_comes_back_as_it_was(value):
    assert same(through(value), value)


def test_a_tuple_is_no_list_and_a_bool_no_int():
    assert same(through([(1, True), [1, True]]), [(1, True), [1, True]])
    assert type(through((1,))) is tuple
    assert type(through(True)) is bool


def test_strides_survive_and_buffers_are_not_spelled_out():
    wide = ArrayValue(
        kind="tensor", dtype="float32", shape=(50, 100), strides=(0, 1), buffer=b"\0" * 400
    )
    _, buffers = encode(wide)
    assert sum(map(len, buffers)) == 400
    assert through(wide).strides == (0, 1)


def test_repeated_elements_count_spelled_out():
    """A megabyte that claims to be a terabyte when made contiguous."""
    lie = ArrayValue(
        kind="tensor", dtype="float64", shape=(1 << 20, 1 << 20), strides=(0, 0), buffer=bytes(8)
    )
    with pytest.raises(FrameError, match="larger than allowed"):
        through(lie)


def test_an_int_too_long_is_sent_as_what_it_is():
    assert through(1 << 5000) == Unsendable(type_name="int of 5001 bits")


@pytest.mark.parametrize("value", [object(), {1, 2}, 1j.real.__class__, type("S", (str,), {})("x")])
def test_what_has_no_place_on_the_wire_is_not_sent(value):
    with pytest.raises(FrameError, match="no place on the wire"):
        encode(value)


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_any_bytes_give_a_plain_value_or_a_frame_error(header, body):
    try:
        value = decode(header, body, BOUNDS)
    except FrameError:
        return
    assert_plain(value)


def assert_plain(value):
    if isinstance(value, (list, tuple)):
        assert type(value) in (list, tuple)
        for item in value:
            assert_plain(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            assert_plain(key)
            assert_plain(item)
    elif type(value) is Recipe:
        assert_plain(value.arguments)
        assert_plain(value.state)
    else:
        assert type(value) in (*PLAIN, ArrayValue, Handle, Raised, Unsendable)


junk = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.integers(0, 12)  # tags
    | st.floats()
    | st.binary(max_size=9)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=6),
    max_leaves=20,
)


@given(junk, st.binary(max_size=40))
def test_any_msgpack_gives_a_plain_value_or_a_frame_error(tagged, body):
    try:
        value = decode(msgpack.packb(tagged), body, BOUNDS)
    except FrameError:
        return
    assert_plain(value)


@given(values, st.data())
def test_a_damaged_frame_gives_a_plain_value_or_a_frame_error(value, data):
    header, buffers = encode(value)
    body = b"".join(map(bytes, buffers))
    place = data.draw(st.integers(0, len(header) - 1))
    damaged = bytearray(header)
    damaged[place] ^= data.draw(st.integers(1, 255))
    try:
        got = decode(bytes(damaged), body, BOUNDS)
    except FrameError:
        return
    assert_plain(got)


@given(values, st.binary(min_size=1, max_size=9))
def test_bytes_left_over_are_refused(value, more):
    header, buffers = encode(value)
    with pytest.raises(FrameError):
        decode(header, b"".join(map(bytes, buffers)) + more, BOUNDS)


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    return value


HOSTILE = {
    "ext type": msgpack.packb(msgpack.ExtType(1, b"x")),
    "timestamp": msgpack.packb(msgpack.Timestamp(1)),
    "map": msgpack.packb({"a": 1}),
    "map with a list as key": b"\x81\x90\x01",
    "array of 4 billion": b"\xdd\xff\xff\xff\xff",
    "map of 4 billion": b"\xdf\xff\xff\xff\xff",
    "text of 4 GiB": b"\xdb\xff\xff\xff\xff",
    "bytes of 4 GiB": b"\xc6\xff\xff\xff\xff",
    "100,000 levels": b"\x91" * 100_000 + b"\xc0",
    "bare text that is no UTF-8": b"\xa2\xff\xfe",
    "bare text with a surrogate": b"\xa3\xed\xa0\x80",
    "no such tag": msgpack.packb([99, 1]),
    "tag that is true": msgpack.packb([True, []]),
    "negative tag": msgpack.packb([-1, []]),
    "empty list": msgpack.packb([]),
    "too few members": msgpack.packb([7, "tensor"]),
    "too many members": msgpack.packb([0, [], 1]),
    "negative size": msgpack.packb([7, "tensor", "float32", [-1], [1], False, 0]),
    "huge size": msgpack.packb([7, "tensor", "float32", [1 << 60], [0], False, 4]),
    "size that is true": msgpack.packb([7, "tensor", "float32", [True], [1], False, 4]),
    "no such dtype": msgpack.packb([7, "tensor", "object", [1], [1], False, 8]),
    "no such kind": msgpack.packb([7, "pickle", "float32", [1], [1], False, 4]),
    "negative length": msgpack.packb([7, "tensor", "float32", [1], [1], False, -4]),
    "17 dimensions": msgpack.packb([7, "tensor", "float32", [1] * 17, [1] * 17, False, 4]),
    "odd dict": msgpack.packb([2, [1]]),
    "same key twice": msgpack.packb([2, [1, 2, 1, 3]]),
    "list as key": msgpack.packb([2, [[0, []], 1]]),
    "short number in long form": msgpack.packb([5, "0x1"]),
    "number in another form": msgpack.packb([5, "0X" + "f" * 20]),
    "number with underscores": msgpack.packb([5, "0x" + "f_f" * 10]),
    "number of 10,000 digits": msgpack.packb([5, "0x" + "f" * 2000]),
    "text that is no UTF-8": msgpack.packb([3, b"\xff\xfe"]),
    "recipe with a number as name": msgpack.packb([9, b"x", [1, 2], []]),
    "recipe whose state is no array": msgpack.packb([9, b"x", [], [[3, b"a"], 1]]),
    "two values": msgpack.packb(1) + msgpack.packb(2),
    "nothing": b"",
}


@pytest.mark.parametrize("header", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_header_is_refused_at_a_bounded_cost(header):
    tracemalloc.start()
    try:
        with pytest.raises(FrameError):
            decode(header, b"", BOUNDS)
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()


def test_depth_and_number_of_items_are_bounded():
    assert through(nested(30)) == nested(30)
    with pytest.raises(FrameError, match="nested too deeply"):
        through(nested(40))
    with pytest.raises(FrameError):
        through([0] * 2001)


def test_a_frame_beyond_its_bounds_is_refused_whole():
    with pytest.raises(FrameError, match="larger than allowed"):
        through(b"x" * (1 << 16))


def test_many_keys_that_collide_are_refused():
    """Hashes of ints are not salted: 50,000 multiples of 2**61 - 1 would take minutes."""
    keys = [number * (2**61 - 1) for number in range(1, 1500)]
    with pytest.raises(FrameError, match="too many keys"):
        through(dict.fromkeys(keys, 0), Bounds())


def test_a_prepared_value_arrives_like_the_value_itself_every_time():
    tensor = ArrayValue(
        kind="tensor", dtype="uint8", shape=(3,), strides=(1,), buffer=b"abc", requires_grad=False
    )
    value = [tensor, {"stride": 2, "\ud800": ("é", None)}]
    prepared = prepare(value)
    for _ in range(2):
        header, buffers = encode([1, prepared, tensor])
        assert decode(header, b"".join(buffers), TRUSTED) == [1, value, tensor]


def test_a_prepared_value_is_taken_from_the_grader_only():
    header, buffers = encode([prepare("x")])
    with pytest.raises(FrameError, match="packed"):
        decode(header, b"".join(buffers), Bounds())


@pytest.mark.parametrize("inside", [b"", b"\xc1", b"\x92\x00"])
def test_a_packed_value_that_is_broken_is_refused(inside):
    header = msgpack.packb([LIST, [[PACKED, inside]]])
    with pytest.raises(FrameError):
        decode(header, b"", TRUSTED)


@pytest.mark.parametrize("text", ["", "relu", "é 日本", "a\ud800b", "x" * 5000])
def test_text_arrives_as_it_was(text):
    header, buffers = encode({text: text})
    assert decode(header, b"".join(buffers), Bounds()) == {text: text}
