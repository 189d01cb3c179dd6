"""Values in words: short, exact, and safe to show."""

import contextlib
import io

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from grader.compare import call_text, clean, describe, snippet
from grader.compare.describing import array_values
from grader.observe import to_wire
from grader.protocol import Raised, Unsendable


def wire(value):
    return to_wire(value, lambda v: Unsendable(type_name=type(v).__name__))


def test_a_tensor_is_told_by_kind_shape_and_dtype_with_its_numbers():
    told = describe(wire(torch.tensor([[1.5, float("nan")]])))
    assert told.text == "tensor of shape (1, 2), float32"
    assert told.array is not None
    assert told.array.values == (1.5, "nan")


def test_a_transposed_tensor_shows_its_values_in_row_major_order():
    values, truncated = array_values(wire(torch.arange(6).reshape(2, 3).T))
    assert values == [0, 3, 1, 4, 2, 5]
    assert not truncated


def test_a_large_tensor_keeps_256_numbers_and_says_so():
    told = describe(wire(torch.zeros(100, 100)))
    assert told.array is not None
    assert len(told.array.values) == 256
    assert told.array.truncated


def test_a_snippet_repeats_the_call_exactly(capsys):
    x = torch.tensor([[0.1, -1e-7], [float("inf"), 3.0]])
    text = snippet("relu", [wire(x)], {"mode": "zeros"})
    made = {}
    exec(text, {"relu": lambda *arguments, **options: made.update(a=arguments, o=options)})
    assert torch.equal(made["a"][0], x)
    assert made["o"] == {"mode": "zeros"}


def test_a_snippet_imports_the_function_from_the_students_module():
    text = snippet("conv_out", [5, 3], {"stride": 2}, module="output_size")
    assert text == "from output_size import conv_out\n\nprint(conv_out(5, 3, stride=2))"


def test_a_call_with_large_arguments_has_no_snippet():
    assert snippet("relu", [wire(torch.zeros(100))], {}) == ""


def test_the_call_names_options_and_short_arguments():
    assert call_text("conv_out", [5, 3], {"stride": 2}) == "conv_out(5, 3, stride=2)"
    assert call_text("f", [(1,), [2]], {}) == "f((1,), [2])"


def test_an_exception_is_told_by_class_and_text():
    assert (
        describe(Raised(classes=("ValueError",), text="no", type_name="MyError")).text
        == "MyError: no"
    )


@given(st.text())
def test_cleaned_text_holds_nothing_that_steers_a_screen(text):
    assert not set(clean(text)) & {
        chr(n) for n in (*range(10), *range(11, 32), 0x202E, 0x2066, 0x9B)
    }


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists))
def test_every_value_can_be_described(value):
    assert len(describe(wire(value)).text) <= 501


def test_a_large_tensor_keeps_the_numbers_around_a_place():
    x = torch.arange(40 * 50, dtype=torch.float32).reshape(40, 50)
    found = describe(wire(x.T.contiguous().T), (30, 45)).array
    assert (found.start, found.window) == ((22, 34), (16, 16))
    assert found.values == tuple(x[22:38, 34:50].flatten().tolist())
    assert found.truncated


def test_a_place_in_the_only_tensor_of_a_list_is_found():
    x = torch.arange(1000.0)
    assert describe([wire(x)], (0, 900)).array.start == (744,)


def test_a_place_that_is_none_leaves_the_first_numbers():
    x = torch.arange(1000.0)
    for at in ((0, 1), (5000,), (-1,), ()):
        assert describe(wire(x), at).array.values == tuple(map(float, range(256)))
        assert describe(wire(x), at).array.window == ()


def executed(text, **names):
    """What a snippet prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(text, names)
    return printed.getvalue().strip()


@pytest.mark.parametrize("axes", [(0, 1, 2), (2, 0, 1), (1, 2, 0), (2, 1, 0)])
def test_a_snippet_makes_the_layout_that_the_call_had(axes):
    tensor = torch.arange(24.0).reshape(2, 3, 4).permute(axes)
    text = snippet("look", [wire(tensor)], {})
    assert executed(text, look=lambda x: (x.equal(tensor), x.stride())) == str(
        (True, tensor.stride())
    )


def test_a_call_names_a_dtype_that_torch_would_not_choose():
    assert call_text("f", [wire(torch.tensor([1.0]))], {}) == "f(torch.tensor([1.0]))"
    text = call_text("f", [wire(torch.tensor([1.0], dtype=torch.float64))], {})
    assert text == "f(torch.tensor([1.0], dtype=torch.float64))"
