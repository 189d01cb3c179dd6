"""Values that only a hostile worker sends are wrong answers, never an error of the comparison."""

from __future__ import annotations

import pytest

from grader.compare import Check, CheckKind, call_text, describe, difference
from grader.model import Facet
from grader.protocol import DTYPE_BYTES, ArrayValue, Observation, Raised, Unsendable

HUGE = 2**4000
NO_ROOM = (0, (1 << 48) - 1, (1 << 48) - 1)


def array(kind, dtype, shape, strides=None, buffer=b""):
    return ArrayValue(
        kind=kind, dtype=dtype, shape=shape, strides=strides or (0,) * len(shape), buffer=buffer
    )


def of(result, **more):
    return Observation(result=result, **more)


@pytest.mark.parametrize(
    "expected", [0.5, 1, 2.0 + 1j, array("tensor", "float32", (), (), b"\0" * 4)]
)
@pytest.mark.parametrize("got", [HUGE, -HUGE])
def test_a_whole_number_beyond_every_float_is_a_wrong_value(expected, got):
    found = difference(of(expected), of(got), Check())
    assert found is not None
    assert found.facet is Facet.VALUE


def test_a_number_beyond_every_float_does_not_equal_another_one():
    assert difference(of(HUGE), of(HUGE + 1), Check()) is not None
    assert difference(of(HUGE), of(HUGE), Check()) is None


@pytest.mark.parametrize("kind", ["tensor", "array"])
def test_an_array_that_cannot_be_made_is_a_wrong_type(kind):
    one = array(kind, "float32", NO_ROOM)
    found = difference(of(array("tensor", "float64", NO_ROOM)), of(one), Check())
    assert found is not None
    assert found.facet is Facet.TYPE


def test_numpy_has_no_bfloat16():
    got = array("scalar", "bfloat16", (), (), b"\0\0")
    assert difference(of(0.0), of(got), Check()) is not None


@pytest.mark.parametrize("dtype", sorted(DTYPE_BYTES))
@pytest.mark.parametrize("kind", ["tensor", "array", "scalar"])
def test_numbers_of_every_kind_can_be_compared_with_a_tensor(kind, dtype):
    got = array(kind, dtype, (), (), bytes(DTYPE_BYTES[dtype]))
    wanted = array("tensor", "float32", (), (), b"\0\0\x80?")  # 1, got 0
    assert difference(of(wanted), of(got), Check()) is not None


def test_an_empty_array_of_billions_of_rows_is_told_by_its_shape():
    rows = array("tensor", "float32", (1 << 40, 0))
    assert call_text("f", [rows], {}) == f"f(<tensor of shape ({1 << 40}, 0), float32>)"


def test_an_exception_without_class_and_name_can_be_told():
    nameless = Raised(classes=(), text="", type_name="")
    found = difference(of(1), of(nameless), Check())
    assert found is not None
    assert "an exception" in found.sentence
    assert describe(nameless).text == "an exception"


@pytest.mark.parametrize(
    "got",
    [
        of(
            Raised(classes=("ValueError",), text="\ud800\x1b[31m\n" * 1000, type_name="\udcff" * 99)
        ),
        of(Unsendable(type_name="\ud800\u202e" * 1000)),
        of(1, changed=("\ud800\x00" * 1000,)),
    ],
)
def test_what_a_sentence_quotes_is_cleaned_and_cut(got):
    for kind in CheckKind:
        found = difference(of(1), got, Check(kind=kind))
        if found is not None:
            found.sentence.encode()
            assert len(found.sentence) < 700
            assert not set(found.sentence) & {"\x00", "\x1b", "\u202e"}
