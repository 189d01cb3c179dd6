"""Statistics of tests against values worked out another way."""

import random

import numpy
import pytest

from grader.statistics import MIN_FOR_DISCRIMINATION, statistics


def a_class(size, seed=1):
    draw = random.Random(seed)
    for number in range(size):
        skill = draw.random()
        tests = [(f"t{i}", draw.random() < skill, i + 1.0) for i in range(5)]
        yield f"s{number}", [(name, passed, points * passed) for name, passed, points in tests]


def test_discrimination_is_the_correlation_with_all_other_points():
    rows = list(a_class(200))
    measured = {item.test_id: item.discrimination for item in statistics(rows).items}
    for index in range(5):
        passed = [tests[index][1] for _, tests in rows]
        rest = [sum(p for i, (_, _, p) in enumerate(tests) if i != index) for _, tests in rows]
        assert measured[f"t{index}"] == pytest.approx(numpy.corrcoef(passed, rest)[0, 1])


def test_difficulty_is_the_share_that_passes():
    rows = list(a_class(40))
    (first, *_) = statistics(rows).items
    assert first.difficulty == sum(tests[0][1] for _, tests in rows) / 40
    assert (first.taken, first.test_id) == (40, "t0")


@pytest.mark.parametrize(("size", "is_known"), [(29, False), (30, True)])
def test_a_small_class_has_no_discrimination(size, is_known):
    assert MIN_FOR_DISCRIMINATION == 30
    items = statistics(a_class(size)).items
    assert all((item.discrimination is not None) == is_known for item in items)


def test_tests_that_nobody_or_everybody_passes_are_named_and_do_not_discriminate():
    rows = [(f"s{n}", [("all", True, 1.0), ("none", False, 0.0)]) for n in range(40)]
    result = statistics(rows)
    assert (result.everybody_passes, result.nobody_passes) == (("all",), ("none",))
    assert [item.discrimination for item in result.items] == [None, None]


def test_known_mistakes_are_counted_and_unknown_ones_that_are_alike_are_clustered():
    functions = [
        ("ada", "relu", "leaky", "d1"),
        ("ben", "relu", "leaky", "d1"),
        ("cleo", "relu", "", "d2"),
        ("dev", "relu", "", "d2"),
        ("eva", "relu", "", "d3"),
        ("fay", "pad", "", ""),
    ]
    result = statistics([], functions)
    assert result.misconceptions == (("relu", "leaky", 2),)
    assert result.clusters == (("relu", ("cleo", "dev")),)


def test_an_empty_class_has_empty_statistics():
    result = statistics([])
    assert (result.submissions, result.items, result.clusters) == (0, (), ())
