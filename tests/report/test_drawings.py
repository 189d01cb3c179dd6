from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import Array, Described, Facet, Mismatch
from grader.report.drawings import draw

from . import attempts
from .attempts import described


def drawn(function: str, *arguments: object, expected: object = None, at=None, **options: object):
    call = ", ".join(
        ["x"] * len(arguments) + [f"{name}={value!r}" for name, value in options.items()]
    )
    mismatch = Mismatch(
        facet=Facet.VALUE,
        sentence="",
        call=f"{function}({call})",
        arguments=tuple(described(a) for a in (*arguments, *options.values())),
        expected=Described(text=repr(expected)),
        at=at,
    )
    return draw(function, mismatch)


def test_a_wrong_gradient_is_not_drawn_as_if_it_were_the_result():
    members = {"sentence": "", "call": "max_pool2d(x, 2)", "at": (0, 0, 0, 0)}
    arguments = (described([[[[1.0, 2.0], [3.0, 4.0]]]]), described(2))
    shown = {"arguments": arguments, "expected": described([[[[4.0]]]]), **members}
    assert draw("max_pool2d", Mismatch(facet=Facet.VALUE, **shown)) is not None
    assert draw("max_pool2d", Mismatch(facet=Facet.GRADIENT, **shown)) is None


def tones(drawing) -> list[str]:
    return [tone for tone, _ in drawing.paths]


def test_a_size_is_a_line_with_one_row_a_window():
    found = drawn("conv_out", 5, 3, expected=3, stride=2, padding=1)
    assert tones(found).count("tap") == 3
    assert [text for _, _, text in found.texts] == ["1", "2", "3", "4", "5"]
    assert found.caption == (
        "The input is 5 long, with padding 1 on each side. "
        "A window that spans 3 lies in 3 places, 2 apart."
    )


def test_what_is_left_over_at_the_end_is_said():
    assert drawn("conv_out", 6, 3, expected=2, stride=2).caption.endswith(
        "1 cell at the end is left over."
    )


def test_a_window_that_does_not_fit_is_drawn_alone():
    found = drawn("conv_out", 2, 3)
    assert "over" in tones(found)
    assert found.caption.endswith("The window spans 3: it does not fit into 2.")


def test_pooling_steps_by_its_kernel_unless_told_otherwise():
    assert drawn("pool_out", 6, 2, expected=3).caption.endswith("3 places, 2 apart.")


def test_ceil_mode_shows_the_window_that_hangs_over():
    found = drawn("pool_out", 5, 2, expected=3, ceil_mode=True)
    assert found.caption.endswith("The last window reaches beyond the end.")


def test_dilated_taps_stand_apart():
    taps = [d for tone, d in drawn("conv_out", 5, 2, expected=3, dilation=2).paths if tone == "tap"]
    assert taps[0].startswith("M7 ")
    assert "M63 " in taps[0]


def letters(drawing, columns: int) -> list[str]:
    texts = [text for _, _, text in drawing.texts]
    return ["".join(texts[i : i + columns]) for i in range(0, len(texts), columns)]


@pytest.mark.parametrize(
    ("mode", "rows"),
    [
        ("zeros", ["00000", "0abc0", "0def0"]),
        ("replicate", ["aabcc", "aabcc", "ddeff"]),
        ("reflect", ["edefe", "babcb", "edefe"]),
        ("circular", ["fdefd", "cabca", "fdefd"]),
    ],
)
def test_border_cells_carry_the_letter_of_the_cell_they_repeat(mode, rows):
    found = drawn("pad2d", [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]], (1, 1, 1, 0), mode=mode)
    assert letters(found, 5) == rows


def test_the_drawn_border_is_what_torch_pads():
    torch = pytest.importorskip("torch", reason="the drawings are compared with torch")
    x = torch.arange(12).reshape(1, 1, 3, 4)
    for mode in ("replicate", "reflect", "circular"):
        want = torch.nn.functional.pad(x.float(), (2, 1, 1, 2), mode=mode)[0, 0].int().tolist()
        found = drawn("pad2d", x[0, 0].tolist(), (2, 1, 1, 2), mode=mode)
        assert letters(found, 7) == ["".join("abcdefghijkl"[n] for n in row) for row in want]


def test_a_window_stands_over_what_gives_the_wrong_element():
    attempt = attempts.windows()
    mismatch = attempt.exercises[0].functions[0].tests[1].mismatch
    found = draw("max_pool2d", mismatch)
    assert found.paths[-1] == ("win", "M121 121h60v60h-60z")
    assert found.caption == "The 2 by 2 window over the input that gives element [0, 2, 2]."
    assert len(found.texts) == 16


def test_a_convolution_takes_its_window_from_the_weight():
    mismatch = attempts.windows().exercises[1].functions[0].tests[0].mismatch
    assert draw("conv2d", mismatch).paths[-1] == ("win", "M31 1h90v90h-90z")


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        ("relu", (1,)),
        ("conv_out", (5000, 3)),
        ("conv_out", (5, 0)),
        ("conv_out", (5, -1)),
        ("conv_out", ("five", 3)),
        ("conv_out", (5,)),
        ("conv_out", (5, 3, 1, 1, 1, 1, 1)),
        ("pad2d", ([[1.0]], (1, 2))),
        ("pad2d", ([[1.0]], -1)),
        ("pad2d", ([[1.0]], 1, "mirror")),
        ("pad2d", ([[1.0]], 5, "reflect")),
        ("pad2d", (3, 1)),
        ("max_pool2d", ([[1.0]], None)),
        ("max_pool2d", ([[1.0]], 0)),
    ],
)
def test_what_cannot_be_drawn_is_left_out(function, arguments):
    assert drawn(function, *arguments, expected=1, at=(0, 0)) is None


@given(
    st.sampled_from(["conv_out", "pool_out", "pad2d", "max_pool2d", "conv2d", "filter2d"]),
    st.lists(
        st.one_of(
            st.integers(-3, 40),
            st.sampled_from([None, "reflect", (1, 2), (1, 1, 1, 1), [[1.0, 2.0]], [[[[1.0]]]], []]),
        ),
        max_size=7,
    ),
    st.one_of(st.none(), st.tuples(st.integers(0, 50), st.integers(0, 50))),
)
def test_no_call_makes_a_drawing_fail(function, arguments, at):
    found = drawn(function, *arguments, expected=2, at=at)
    assert found is None or found.width <= 32 * 28 + 2


def test_a_call_that_was_cut_is_not_drawn():
    array = Described(text="", array=Array(dtype="float32", shape=(2, 2), values=(1.0,) * 4))
    mismatch = Mismatch(facet=Facet.VALUE, sentence="", call="pad2d(x, …", arguments=(array, array))
    assert draw("pad2d", mismatch) is None
