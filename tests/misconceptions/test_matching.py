"""When a known mistake is named, and when nothing is said."""

import torch

from grader.compare import Batch, Check, CheckKind
from grader.misconceptions import Group, Table, matching
from grader.observe import observe
from grader.runner.asking import ask_oracle, keep_nothing, live_call
from grader.runner.cases import case

VALUES = [case(torch.arange(1.0, n)) for n in (2, 4, 6)]
KINDS = {"values": CheckKind.VALUES, "gradients": CheckKind.GRADIENTS, "types": CheckKind.TYPES}


def twice(x):
    return 2 * x


def batches(function, *, cases=VALUES, kinds=KINDS):
    """What a function answers to a test of each kind; right is twice the input."""
    found = []
    for name, kind in kinds.items():
        asked = ask_oracle("twice", Check(kind=kind), cases, twice, None, 0)
        got = [
            observe(
                function,
                *live_call(call),
                gradient=kind is CheckKind.GRADIENTS,
                seed=0,
                keep=keep_nothing,
            )
            for call in asked.calls
        ]
        found.append(Batch(test_id=name, number=0, asked=asked, got=got))
    return found


def table(name, function, **options):
    answers = {batch.test_id: [batch.got] for batch in batches(function, **options)}
    return Table(function="twice", name=name, hint=f"like {name}", answers=answers)


def named(function, *tables, **options):
    found = matching(batches(function, **options), tables)
    return {group: {one.name for one in matches} for group, matches in found.items()}


def test_code_in_another_style_with_the_same_answers_is_named():
    found = named(lambda x: x + x + x, table("thrice", lambda x: 3 * x))
    assert found[Group.VALUES] == {"thrice"}


def test_one_case_that_is_answered_otherwise_is_enough_to_say_nothing():
    found = named(lambda x: 3 * x if len(x) > 1 else 4 * x, table("thrice", lambda x: 3 * x))
    assert found[Group.VALUES] == set()


def test_a_right_answer_where_the_mistake_would_show_is_enough_to_say_nothing():
    found = named(lambda x: 3 * x if len(x) > 1 else 2 * x, table("thrice", lambda x: 3 * x))
    assert found[Group.VALUES] == set()


def test_fewer_than_three_cases_name_nobody():
    few = VALUES[:2]
    found = named(lambda x: 3 * x, table("thrice", lambda x: 3 * x, cases=few), cases=few)
    assert found[Group.VALUES] == set()


def test_a_gradient_shared_with_another_mistake_does_not_name_it():
    other = table("thrice", lambda x: 3 * x)
    found = named(lambda x: 3 * x + 1, other)
    assert found[Group.GRADIENTS] == set()


def test_a_mistake_that_leaves_the_values_right_is_not_named_where_they_are_wrong():
    detached = table("detached", lambda x: 2 * x.detach())
    assert named(lambda x: 3 * x.detach(), detached)[Group.GRADIENTS] == set()
    assert named(lambda x: x.detach() + x.detach(), detached)[Group.GRADIENTS] == {"detached"}


def test_a_wrong_type_beside_right_values_is_named():
    found = named(lambda x: x.double() * 2, table("double", lambda x: x.double() + x.double()))
    assert found == {Group.TYPES: {"double"}}


def test_mistakes_that_show_with_infinities_alone_are_judged_by_these():
    cases = [*VALUES, case(torch.tensor([float("inf")])), case(torch.tensor([float("nan"), 1.0]))]
    kinds = {"values": CheckKind.VALUES}
    clipped = table("clipped", lambda x: (2 * x).clamp(max=1e9), cases=cases, kinds=kinds)
    found = named(lambda x: 2 * x.clamp(max=5e8), clipped, cases=cases, kinds=kinds)
    assert found == {Group.NON_FINITE: {"clipped"}}


def test_exceptions_that_say_different_things_are_different_mistakes():
    def in_place(x):
        x *= 2
        return x

    def through_numpy(x):
        return torch.from_numpy(x.numpy() * 2)

    def in_place_too(x):
        return x.mul_(2)

    writes = table("writes", in_place)
    assert named(through_numpy, writes)[Group.GRADIENTS] == set()
    assert named(in_place_too, writes)[Group.GRADIENTS] == {"writes"}
