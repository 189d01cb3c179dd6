"""Comparing with the oracle: agreement has to be shown; the first facet that differs is told."""

import math

import numpy
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader.compare import Check, CheckKind, difference
from grader.model import Facet
from grader.observe import to_wire
from grader.protocol import Observation, Raised, Unsendable


def seen(value):
    return Observation(result=to_wire(value, lambda v: Unsendable(type_name=type(v).__name__)))


def compared(expected, got, kind=CheckKind.VALUES, **options):
    notes = []
    magnitude = options.pop("magnitude", None)
    check = Check(kind=kind, **options)
    found = difference(seen(expected), seen(got), check, magnitude=magnitude, notes=notes)
    return (None if found is None else found.facet), notes


T = torch.tensor


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (3, 3),
        (3, 3.0),
        (3, numpy.int64(3)),
        (3, T(3)),
        ((1, 2), [1, 2]),
        ((1, 2), (1.0, 2)),
        (T([1.0, 2.0]), T([1.0, 2.000001])),
        (T([1.0, 2.0]), numpy.array([1.0, 2.0])),
        (T([1.0, 2.0]), T([1.0, 2.0], dtype=torch.float64)),
        (T([math.nan, math.inf, -math.inf]), T([math.nan, math.inf, -math.inf])),
        (T([0.0]), T([-0.0])),
        (T(0.5), 0.5),
        (math.nan, math.nan),
        (None, None),
        ("reflect", "reflect"),
        ({"a": 1}, {"a": 1}),
        (T([[1, 2]]), T([[1, 2]])),
        (torch.empty(0, 3), torch.empty(0, 3)),
    ],
)
def test_equal_values_agree(expected, got):
    assert compared(expected, got)[0] is None


@pytest.mark.parametrize(
    ("expected", "got", "facet"),
    [
        (3, 4, Facet.VALUE),
        (3, 3.5, Facet.VALUE),
        (3, math.nan, Facet.VALUE),
        (3, None, Facet.TYPE),
        (3, "3", Facet.TYPE),
        (3, (3,), Facet.TYPE),
        ((1, 2), (2, 1), Facet.VALUE),
        ((1, 2), (1, 2, 3), Facet.SHAPE),
        ((1, 2), 3, Facet.TYPE),
        (T([1.0]), T([1.1]), Facet.VALUE),
        (T([1.0]), T([math.nan]), Facet.VALUE),
        (T([math.nan]), T([1.0]), Facet.VALUE),
        (T([math.inf]), T([1e30]), Facet.VALUE),
        (T([math.inf]), T([-math.inf]), Facet.VALUE),
        (T([[1.0, 2.0]]), T([1.0, 2.0]), Facet.SHAPE),
        (T([1.0, 2.0]), [1.0, 2.0], Facet.TYPE),
        (T([1.0, 2.0]), 1.0, Facet.TYPE),
        (T([1.0, 2.0]), None, Facet.TYPE),
        (T([1, 2]), T([1, 3]), Facet.VALUE),
        (T([2**62]), T([2**62 + 1]), Facet.VALUE),
        ({"a": 1}, {"a": 2}, Facet.VALUE),
        ({"a": 1}, {"b": 1}, Facet.SHAPE),
    ],
)
def test_the_first_facet_that_differs_is_named(expected, got, facet):
    assert compared(expected, got)[0] is facet


def test_no_tolerance_where_values_are_only_moved():
    assert compared(T([1.0]), T([1.0 + 1e-6]))[0] is None
    assert compared(T([1.0]), T([1.0 + 1e-6]), exact=True)[0] is Facet.VALUE


FLOATS = st.sampled_from([0.0, -0.0, 1.0, 1.000002, 1.00002, 1e-6, 2e-6, -3.0, 1e38, 1e300, -1e300,
                          math.inf, -math.inf, math.nan])  # fmt: skip


@given(
    pairs=st.lists(st.tuples(FLOATS, FLOATS | st.none()), min_size=4, max_size=4),
    dtype=st.sampled_from([torch.float32, torch.float64]),
    is_turned=st.booleans(),
)
def test_every_element_is_looked_at_by_the_same_rule(pairs, dtype, is_turned):
    left = T([[one for one, _ in pairs]], dtype=torch.float64).reshape(2, 2).to(dtype)
    right = T([one if other is None else other for one, other in pairs], dtype=torch.float64)
    right = right.reshape(2, 2).to(dtype)
    agrees = all(
        one == other
        or (math.isnan(one) and math.isnan(other))
        or (math.isfinite(one) and abs(one - other) <= 1e-6 + 1e-5 * abs(one))
        for one, other in zip(left.flatten().tolist(), right.flatten().tolist(), strict=True)
    )
    got = right.T.contiguous().T if is_turned else right  # the same values, lying otherwise
    assert (compared(left, got)[0] is None) is agrees


def test_magnitude_widens_the_tolerance_to_the_rounding_of_the_input():
    off = 1000 * torch.finfo(torch.float32).eps
    expected, got = T([0.0]), T([off])
    assert compared(expected, got)[0] is Facet.VALUE
    assert compared(expected, got, magnitude=T([1000.0]))[0] is None
    assert compared(expected, T([2.0]), magnitude=T([1e30]))[0] is Facet.VALUE, "capped at 1e6"


def test_a_wrong_dtype_is_a_note_for_values_and_a_failure_for_types():
    expected, got = T([1.0], dtype=torch.float64), T([1.0])
    facet, notes = compared(expected, got)
    assert facet is None
    assert notes == ["The result is float32; float64 was due."]
    assert compared(expected, got, CheckKind.TYPES)[0] is Facet.DTYPE


@pytest.mark.parametrize(
    ("expected", "got", "facet"),
    [
        (3, 3.0, Facet.TYPE),
        (3, True, Facet.TYPE),
        (3, T(3), Facet.TYPE),
        (3, numpy.int64(3), None),
        ((1, 2), [1, 2], None),
        ((1, 2), (1.0, 2.0), Facet.TYPE),
        (T([1.0]), numpy.array([1.0], dtype=numpy.float32), None),
        (T(1.0), 1.0, Facet.TYPE),
        (0.5, numpy.float64(0.5), None),
    ],
)
def test_types_are_judged_with_what_is_tolerated(expected, got, facet):
    assert compared(expected, got, CheckKind.TYPES)[0] is facet


def raised(*classes, line=3):
    return Observation(result=Raised(classes=classes, text="no", type_name=classes[0], line=line))


def refused(observation):
    notes = []
    found = difference(
        Observation(result=None), observation, Check(kind=CheckKind.REFUSALS), notes=notes
    )
    return (None if found is None else found.facet), notes


def test_a_stated_error_accepts_the_usual_classes_and_notes_another_than_documented():
    assert refused(raised("ValueError", "Exception")) == (None, [])
    facet, notes = refused(raised("RuntimeError", "Exception"))
    assert facet is None
    assert "RuntimeError" in notes[0]


def test_a_plain_exception_is_a_check_of_ones_own_and_noted():
    facet, notes = refused(raised("Exception", "BaseException"))
    assert facet is None
    assert "Exception" in notes[0]
    own = Raised(classes=("Exception", "BaseException"), text="no", type_name="Mine", line=3)
    assert refused(Observation(result=own))[0] is Facet.EXCEPTION


@pytest.mark.parametrize(
    "classes",
    [
        ("NotImplementedError", "RuntimeError", "Exception"),
        ("RecursionError", "RuntimeError", "Exception"),
        ("NameError", "Exception"),
        ("AttributeError", "Exception"),
        ("SystemExit", "BaseException"),
    ],
)
def test_a_crash_never_counts_as_a_refusal(classes):
    assert refused(raised(*classes))[0] is Facet.EXCEPTION


def test_an_arity_error_never_counts_as_a_refusal():
    assert refused(raised("TypeError", "Exception", line=None))[0] is Facet.EXCEPTION
    assert refused(raised("TypeError", "Exception", line=7))[0] is None


def test_returning_where_an_error_is_due_fails():
    assert refused(seen(0))[0] is Facet.NO_EXCEPTION


def test_an_exception_in_place_of_a_value_is_its_own_facet():
    found = difference(seen(3), raised("IndexError", "Exception"), Check())
    assert found is not None
    assert found.facet is Facet.EXCEPTION
    assert "IndexError: no" in found.sentence


@pytest.mark.parametrize(
    ("text", "line", "is_told"),
    [
        ("f() got an unexpected keyword argument 'mode'", None, True),
        ("f() missing 1 required positional argument: 'mode'", None, True),
        ("f() takes 1 positional argument but 2 were given", None, True),
        ("g() missing 1 required positional argument: 'x'", 3, False),
        ("'Tensor' object is not callable", None, False),
    ],
)
def test_a_call_that_does_not_fit_the_signature_says_what_to_keep(text, line, is_told):
    classes = ("TypeError", "Exception")
    error = Raised(classes=classes, text=text, type_name="TypeError", line=line)
    found = difference(seen(3), Observation(result=error), Check())
    assert ("keep the names, the order and the defaults" in found.sentence) is is_told


def test_advice_of_torch_that_would_end_the_gradient_is_not_left_alone():
    text = "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead."
    error = Raised(classes=("RuntimeError",), text=text, type_name="RuntimeError", line=2)
    wanted = Observation(result=3, gradients=())
    for kind, is_told in ((CheckKind.GRADIENTS, True), (CheckKind.VALUES, False)):
        found = difference(wanted, Observation(result=error), Check(kind=kind))
        assert "instead instead of returning" in found.sentence
        assert ("compute with torch alone" in found.sentence) is is_told


def gradient(*values):
    arrays = tuple(
        None if v is None else to_wire(T(v), lambda v: Unsendable(type_name="x")) for v in values
    )
    return Observation(result=None, gradients=arrays)


@pytest.mark.parametrize(
    ("expected", "got", "agrees"),
    [
        ([[1.0, 2.0]], [[1.0, 2.0]], True),
        ([[1.0, 2.0]], [[1.0, 2.1]], False),
        ([[1.0, 2.0]], [None], False),
        ([[1.0, 2.0]], [], False),
        ([[1.0, math.nan]], [[1.0, 5.0]], True),
        ([[1.0, 2.0]], [[1.0, math.nan]], False),
        ([None], [None], True),
    ],
)
def test_gradients_are_compared_where_the_reference_is_finite(expected, got, agrees):
    check = Check(kind=CheckKind.GRADIENTS, rtol=1e-3)
    found = difference(gradient(*expected), gradient(*got), check)
    assert (found is None) is agrees
    assert found is None or found.facet is Facet.GRADIENT


def test_writing_into_an_argument_is_told_by_name():
    got = Observation(result=None, changed=("argument 1",))
    found = difference(Observation(result=None), got, Check(kind=CheckKind.ARGUMENTS))
    assert found is not None
    assert found.facet is Facet.MUTATION
    assert "argument 1" in found.sentence
