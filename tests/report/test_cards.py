from __future__ import annotations

import dataclasses

from grader.model import Attempt, Facet, FunctionState, Mismatch, Note, Source, Tier, Verdict
from grader.report.budget import BUDGETS
from grader.report.build import build
from grader.report.page import Page

from .attempts import make_attempt, make_exercise, make_function, make_test, partial, verdicts


def page_of(attempt: Attempt) -> Page:
    return build(attempt, BUDGETS[0])


def one_function(*tests, **members):
    function = make_function("f", 10, list(tests), path="f.py", line=3, **members)
    exercise = make_exercise("s", "S", [function], sources=(Source(path="f.py", text="\n" * 9),))
    return page_of(make_attempt("x", [exercise])).exercises[0].functions[0]


def test_notes_of_one_text_are_one_note_with_several_places():
    notes = tuple(Note(text="`os` is used here", line=line) for line in (1, 2))
    found = one_function(make_test("s", "f", "a", "A"), notes=notes).notes
    assert [note.text for note in found] == ["`os` is used here"]
    assert [where.text for where in found[0].places] == ["f.py, line 1", "f.py, line 2"]


def test_a_note_that_exercises_repeat_stands_once_for_all():
    note = Note(text="same")
    own = Note(text="own")
    page = page_of(
        make_attempt(
            "x",
            [
                make_exercise("a", "A", [], notes=(note, own)),
                make_exercise("b", "B", [], notes=(note,)),
            ],
        )
    )
    assert [n.text for n in page.notes] == ["same"]
    assert [[n.text for n in e.notes] for e in page.exercises] == [["own"], []]


def test_without_a_line_the_failure_points_at_the_function():
    wrong = Mismatch(facet=Facet.VALUE, sentence="", call="f()")
    found = one_function(make_test("s", "f", "a", "A", verdict=Verdict.FAILED, mismatch=wrong))
    assert found.cards[0].lead.where.text == "f.py, line 3"
    raised = dataclasses.replace(wrong, line=5)
    found = one_function(make_test("s", "f", "a", "A", verdict=Verdict.FAILED, mismatch=raised))
    assert found.cards[0].lead.where.text == "f.py, line 5"


def test_what_is_no_function_is_not_said_to_be_defined():
    assert one_function(make_test("s", "f", "t", "t")).where_label == "Defined in"
    broken = one_function(state=FunctionState.MISSING)
    assert (broken.where_label, broken.badge.word) == ("Look at", "Not usable")


def test_a_passed_test_without_its_points_says_why():
    found = one_function(
        make_test("s", "f", "a", "A", verdict=Verdict.FAILED),
        dataclasses.replace(make_test("s", "f", "b", "B", Tier.EDGE), needs_basic=True),
    )
    assert found.passed[0].asides == ()
    function = make_function(
        "f",
        10,
        [
            make_test("s", "f", "a", "A", verdict=Verdict.FAILED),
            make_test("s", "f", "b", "B", Tier.EDGE),
        ],
    )
    withheld = dataclasses.replace(
        function.tests[1], points=function.tests[0].points, needs_basic=True
    )
    function = dataclasses.replace(function, tests=(function.tests[0], withheld))
    page = page_of(make_attempt("x", [make_exercise("s", "S", [function])]))
    assert page.exercises[0].functions[0].passed[0].asides == (
        "It scores only once the basic tests of `f` pass.",
    )


def test_the_first_failures_are_open_and_the_rest_wait():
    page = page_of(partial())
    cards = [card for e in page.exercises for f in e.functions for card in f.cards]
    assert sum(card.is_open for card in cards) == 5
    assert len(cards) > 5


def test_one_function_with_many_failures_leaves_room_for_the_others():
    tests = [make_test("s", "f", f"t{n}", f"T{n}", verdict=Verdict.FAILED) for n in range(4)]
    other = make_test("s", "g", "u", "U", verdict=Verdict.FAILED)
    functions = [make_function("f", 4, tests), make_function("g", 1, [other])]
    page = page_of(make_attempt("x", [make_exercise("s", "S", functions)]))
    is_open = [[card.is_open for card in f.cards] for f in page.exercises[0].functions]
    assert is_open == [[True, True, False, False], [True]]


def test_ids_that_collide_are_told_apart():
    twice = make_test("s", "f", "a", "A")
    found = one_function(twice, twice)
    assert [test.id for test in found.passed] == ["s::f::a", "s::f::a--2"]


def test_a_verdict_with_a_sentence_of_its_own_is_not_told_twice():
    test = make_test("s", "f", "a", "A", verdict=Verdict.TIMEOUT, sentence="It hung.")
    found = one_function(test, sentence="It hung.")
    assert found.sentences == ()
    assert found.cards[0].lead.sentences == (
        "It hung.",
        "Look for a loop whose condition never becomes false.",
    )


def test_a_value_that_stands_beside_the_expected_one_is_not_called_wrong_once_more():
    cards = [card for f in page_of(partial()).exercises[0].functions for card in f.cards]
    shown = [card.lead for card in cards if card.lead.comparison]
    assert shown
    assert all("The value is wrong." not in lead.sentences for lead in shown)


def test_what_waits_for_the_basic_tests_is_said_only_while_they_fail():
    waiting = make_test("s", "f", "b", "B", Tier.EDGE, Verdict.FAILED, needs_basic=True)
    asides = [
        one_function(make_test("s", "f", "a", "A", verdict=verdict), waiting).cards[-1].lead.asides
        for verdict in (Verdict.PASSED, Verdict.FAILED)
    ]
    assert asides == [(), ("It scores only once the basic tests of `f` pass.",)]


def test_a_function_that_never_ran_has_no_table_of_tiers():
    stub = one_function(
        make_test("s", "f", "a", "A", verdict=Verdict.SKIPPED), state=FunctionState.STUB
    )
    ran = one_function(make_test("s", "f", "a", "A", verdict=Verdict.FAILED))
    assert (len(stub.tiers), len(ran.tiers)) == (0, 1)


def test_the_line_of_a_forbidden_call_is_marked():
    page = page_of(verdicts())
    marked = {n: line.links for n, line in enumerate(page.files[0].parts[0].lines, 1) if line.links}
    assert marked[3] == (("#odd::cheats", "`torch.relu` is not to be used in `cheats`."),)
