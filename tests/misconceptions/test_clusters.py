"""Unknown mistakes, grouped by what the code answers."""

import pytest
import torch

from grader.compare import Asked, Batch, Check, CheckKind
from grader.misconceptions import clusters
from grader.observe import observe
from grader.runner.asking import ask_oracle, keep_nothing, live_call
from grader.runner.cases import case

CASES = [case(torch.arange(1.0, n)) for n in (2, 4, 6)]


def answered(function, *, cases=CASES, kind=CheckKind.VALUES):
    """What one function answers to a batch whose right answer is twice the input."""
    oracle = None if kind is CheckKind.DIRECT else (lambda x: 2 * x)
    asked: Asked = ask_oracle("twice", Check(kind=kind), cases, oracle, None, 0)
    got = [
        observe(function, *live_call(call), gradient=False, seed=0, keep=keep_nothing)
        for call in asked.calls
    ]
    return [Batch(test_id="halves::twice::values", number=0, asked=asked, got=got)]


def test_submissions_that_answer_alike_are_one_cluster_and_the_largest_comes_first():
    found = clusters(
        {
            "ada": answered(lambda x: x + 5),
            "ben": answered(lambda x: 3 * x),
            "chiara": answered(lambda x: x + x + x),
            "dev": answered(lambda x: x / (1 / 3)),
        }
    )
    assert [cluster.names for cluster in found] == [("ben", "chiara", "dev"), ("ada",)]


def test_right_submissions_are_in_no_cluster():
    assert clusters({"ada": answered(lambda x: x + x)}) == ()


def test_a_cluster_names_the_first_case_that_goes_wrong():
    (found,) = clusters({"ada": answered(lambda x: 2 * x if len(x) == 1 else x)})
    assert found.shown == ("halves::twice::values", 0, 1)
    assert found.wrong_cases == 2


def test_mistakes_in_different_cases_are_apart_though_the_answers_are_alike_where_both_fail():
    found = clusters(
        {
            "ada": answered(lambda x: 3 * x),
            "ben": answered(lambda x: 3 * x if len(x) > 1 else 2 * x),
        }
    )
    assert len(found) == 2


def test_exceptions_of_one_class_are_alike_whatever_they_say():
    def fails(text):
        def function(x):
            raise ValueError(text)

        return function

    (found,) = clusters({"ada": answered(fails("no")), "ben": answered(fails("never"))})
    assert found.names == ("ada", "ben")


def test_who_stopped_answering_is_apart_from_who_went_on():
    whole = answered(lambda x: 3 * x)
    (batch,) = whole
    cut = [Batch(test_id=batch.test_id, number=0, asked=batch.asked, got=batch.got[:2])]
    assert len(clusters({"ada": whole, "ben": cut})) == 2


@pytest.mark.parametrize("batches", [[], answered(lambda x: 3 * x, kind=CheckKind.DIRECT)])
def test_without_answers_to_compare_there_is_no_cluster(batches):
    assert clusters({"ada": batches}) == ()
