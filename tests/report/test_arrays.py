from __future__ import annotations

import dataclasses

import pytest

from grader.model import Array, Described, Facet, Mismatch
from grader.report.arrays import compare

from .attempts import described


def mismatch(expected: Described | None, got: Described | None, **members) -> Mismatch:
    return Mismatch(
        facet=Facet.VALUE, sentence="", call="f()", expected=expected, got=got, **members
    )


def test_nothing_to_compare_gives_no_panels():
    assert compare(mismatch(None, None)) is None


def test_small_arrays_stand_side_by_side_with_the_difference_marked_in_both():
    found = compare(
        mismatch(described([[1.0, 2.0], [3.0, 4.0]]), described([[1.0, 9.0], [3.0, 4.0]]))
    )
    expected, got = found.panels
    assert [[cell.tone for cell in row] for row in got.blocks[0].rows] == [["", "x"], ["", ""]]
    assert [[cell.text for cell in row] for row in expected.blocks[0].rows] == [
        ["1", "2"],
        ["3", "4"],
    ]
    assert expected.blocks[0].rows[0][1].tone == "x"
    assert found.heat is None


def test_gradients_are_headed_as_such():
    pair = described([1.5]), described([0.0])
    panels = compare(mismatch(*pair)).panels
    assert [panel.heading for panel in panels] == ["Expected", "Got"]
    wrong = dataclasses.replace(mismatch(*pair), facet=Facet.GRADIENT)
    assert [p.heading for p in compare(wrong).panels] == ["Gradient expected", "Gradient got"]


def test_arrays_of_other_shape_are_not_marked():
    found = compare(mismatch(described([1.0, 2.0]), described([[1.0], [3.0]])))
    assert not any(
        cell.tone for panel in found.panels for b in panel.blocks for r in b.rows for cell in r
    )
    assert [panel.about for panel in found.panels] == [
        "float32, shape [2]",
        "float32, shape [2, 1]",
    ]


def test_a_single_number_is_text():
    zero_d = Described(text="x", array=Array(dtype="float32", shape=(), values=(2.5,)))
    found = compare(mismatch(zero_d, Described(text="2")))
    assert found.panels[0].text == "2.5"
    assert found.panels[1].text == "2"


def test_an_empty_array_says_so():
    empty = Described(text="x", array=Array(dtype="float32", shape=(0, 3), values=()))
    assert compare(mismatch(empty, empty)).panels[0].about.endswith("no elements")


def test_blocks_of_a_deeper_array_carry_their_index():
    deep = described([[[1.0]], [[2.0]], [[3.0]], [[4.0]], [[5.0]], [[6.0]]])
    panel = compare(mismatch(deep, None)).panels[0]
    assert [block.label for block in panel.blocks] == [
        "[0, :, :]",
        "[1, :, :]",
        "[2, :, :]",
        "[3, :, :]",
    ]
    assert panel.more == "2 more blocks are not shown."


def large(change: dict[int, float]) -> Described:
    values = tuple(change.get(i, float(i)) for i in range(100))
    return Described(text="", array=Array(dtype="float32", shape=(10, 10), values=values))


def test_larger_arrays_become_a_map_of_the_difference_with_words():
    found = compare(mismatch(large({}), large({11: 0.0, 12: 13.0}), at=(1, 1)))
    assert found.heat.text == "2 of 100 elements differ; the largest difference is 11, at [1, 1]."
    assert found.heat.paths == (("1", "M2 1h1v1h-1z"), ("4", "M1 1h1v1h-1z"))
    assert found.heat.firsts[0] == "At [1, 1]: expected 11, got 0."
    assert not any(panel.blocks for panel in found.panels)


def test_a_nan_has_a_level_of_its_own():
    found = compare(mismatch(large({}), large({5: "nan"}), at=(0, 5)))
    assert [level for level, _ in found.heat.paths] == ["n"]


def cut(described: Described, count: int) -> Described:
    array = dataclasses.replace(
        described.array, values=described.array.values[:count], truncated=True
    )
    return dataclasses.replace(described, array=array)


def test_a_map_of_cut_arrays_says_how_much_it_shows():
    found = compare(mismatch(cut(large({}), 64), cut(large({11: 0.0}), 64), at=(1, 1)))
    assert found.heat.cut == "The first 64 of 100 elements."
    assert found.heat.height == 7


def test_a_difference_beyond_what_is_shown_is_named():
    found = compare(mismatch(cut(large({}), 64), cut(large({99: 0.0}), 64), at=(9, 9)))
    assert found.heat is None
    assert found.beyond == "The first difference is at [9, 9], beyond the elements shown."


@pytest.mark.parametrize("shape", [(0,), (3, 0), (2, 3, 0, 4)])
def test_arrays_without_elements_do_no_harm(shape):
    none = Described(text="", array=Array(dtype="float32", shape=shape, values=()))
    assert compare(mismatch(none, none, at=None)).heat is None


def test_values_that_contradict_the_shape_do_no_harm():
    odd = Described(text="", array=Array(dtype="float32", shape=(50, 50), values=(1.0,)))
    other = Described(text="", array=Array(dtype="float32", shape=(50, 50), values=(2.0,)))
    assert compare(mismatch(odd, other, at=(49, 49))).heat.height == 1


def part(described: Described, start: tuple[int, int], window: tuple[int, int]) -> Described:
    """Of a 10 by 10 array only these rows and columns."""
    rows = range(start[0], start[0] + window[0])
    columns = range(start[1], start[1] + window[1])
    array = dataclasses.replace(
        described.array,
        values=tuple(described.array.values[10 * y + x] for y in rows for x in columns),
        truncated=True,
        start=start,
        window=window,
    )
    return dataclasses.replace(described, array=array)


def test_a_map_of_a_part_says_which_and_keeps_the_indices_of_the_whole():
    window = ((2, 2), (8, 8))
    found = compare(mismatch(part(large({}), *window), part(large({99: 0.0}), *window), at=(9, 9)))
    assert found.heat.cut == "The part [2:10, 2:10], 64 of 100 elements."
    assert found.heat.text == (
        "1 of the 64 elements shown differ; the largest difference among them is 99, at [9, 9]."
    )
    assert found.heat.paths == (("4", "M7 7h1v1h-1z"),)
    assert found.heat.firsts == ("At [9, 9]: expected 99, got 0.",)
    assert (found.heat.width, found.heat.height, found.beyond) == (8, 8, "")


def test_a_block_of_a_deeper_part_carries_its_index_in_the_whole():
    values = tuple(map(float, range(8)))
    array = Array(
        dtype="float32", shape=(5, 40, 40), values=values, truncated=True, start=(3, 20, 10),
        window=(2, 2, 2),
    )  # fmt: skip
    found = compare(mismatch(Described(text="", array=array), None)).panels[0]
    assert [block.label for block in found.blocks] == ["[3, :, :]", "[4, :, :]"]
    assert found.more == "The part [3:5, 20:22, 10:12], 8 of 8000 elements."


def test_different_parts_are_not_compared_element_by_element():
    one, other = part(large({}), (0, 0), (8, 8)), part(large({}), (2, 2), (8, 8))
    assert compare(mismatch(one, other, at=(9, 9))).heat is None
