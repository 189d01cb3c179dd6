from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.model import CurvePoint
from grader.report import plots

LOSSES = st.one_of(st.floats(-1e6, 1e6), st.sampled_from(["nan", "inf", "-inf", "text"]))


def points(losses) -> list[CurvePoint]:
    return [CurvePoint(step=n, epoch=n / 4, loss=loss) for n, loss in enumerate(losses)]


@given(st.lists(LOSSES, max_size=300))
def test_every_point_of_a_line_lies_inside_its_axes(losses):
    plot = plots.learning_curve(points(losses))
    if plot is None:
        return
    for pair in plot.line.split():
        x, y = map(int, pair.split(","))
        assert 44 <= x <= plot.width
        assert 10 <= y <= plot.height - 36
    assert 1 <= len(plot.up) <= 7
    assert all(10 <= y <= plot.height - 36 for y, _ in plot.up)
    assert len(plot.line.split()) <= 120
    assert len(plot.rows) <= 8


@pytest.mark.parametrize("losses", [[], [1.0], ["nan", "inf", 2.0]])
def test_a_line_needs_two_numbers(losses):
    assert plots.learning_curve(points(losses)) is None


def test_a_line_that_does_not_move_is_drawn():
    assert plots.learning_curve(points([0.0, 0.0])) is not None


def test_the_table_keeps_the_first_and_the_last_point():
    rows = plots.learning_curve(points([float(n) for n in range(100)])).rows
    assert (rows[0], rows[-1]) == (("0", "0"), ("24.8", "99"))


def test_a_band_keeps_its_order_and_marks_the_model():
    band = plots.band(0.97, 0.95, 0.985)
    assert 0 < band.start < band.at < band.end < 1000
    assert not band.is_full
    assert plots.band(0.99, 0.95, 0.985).is_full
    assert plots.band(None, 0.95, 0.985).at is None


@given(st.floats(0, 1), st.floats(0, 1))
def test_the_mark_of_a_band_never_leaves_it(accuracy, low):
    band = plots.band(accuracy, low, max(low, 0.9))
    assert 0 <= band.at <= 1000
    assert 0 <= band.start <= band.end <= 1000


def test_a_band_outside_of_0_to_1_is_not_drawn():
    assert plots.band(0.5, -1.0, 2.0) is None
