"""Which result counts, what lateness costs, and what a person may change."""

import datetime
import zoneinfo
from fractions import Fraction

import pytest
from sqlalchemy import text

from grader.config import AssignmentFile, ExtensionSettings
from grader.errors import UsageError
from grader.gradebook import opinions
from grader.gradebook.attempts import record_arrival, unit_attempts
from grader.gradebook.late import Deadline
from grader.gradebook.marks import marks
from grader.gradebook.recording import counting, history, let_count, record_result

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
DUE = datetime.datetime(2026, 10, 23, 23, 59, tzinfo=BERLIN)  # the clocks go back two days later


def settings(**others):
    return AssignmentFile(exercises=("relu",), **others)


def late(handed_in, **rule):
    deadline = Deadline(settings=settings(due=DUE, late=rule))
    return deadline.lateness(datetime.datetime.fromisoformat(handed_in))


def marks_of(book, **others):
    with book.reading() as connection:
        return list(marks(connection, "week1", settings(**others)))


@pytest.mark.parametrize(
    ("handed_in", "days"),
    [
        ("2026-10-23T23:59:00+02:00", 0),
        ("2026-10-24T00:00:00+02:00", 1),
        ("2026-10-24T23:59:00+02:00", 1),
        ("2026-10-25T23:58:00+01:00", 2),  # 49 hours, and two days on the calendar
        ("2026-10-23T21:59:00+00:00", 0),
    ],
)
def test_a_day_late_is_a_day_on_the_calendar_of_the_course(handed_in, days):
    assert late(handed_in, rule="per-day").days == days


def test_free_days_cost_nothing_and_then_each_day_costs_its_share():
    rule = {"rule": "per-day", "share_per_day": "1/5", "free_days": 1}
    shares = [late(f"2026-10-{day}T12:00:00+02:00", **rule).share for day in (23, 24, 25)]
    assert shares == [1, 1, Fraction(4, 5)]


def test_lateness_never_costs_more_than_everything():
    assert late("2027-10-23T12:00:00+02:00", rule="per-day").share == 0


def test_within_the_grace_nothing_is_late_and_after_a_cut_off_nothing_counts():
    rule = {"rule": "cut-off", "grace_minutes": 10}
    assert late("2026-10-24T00:08:00+02:00", **rule).share == 1
    assert late("2026-10-24T00:10:00+02:00", **rule).share == 0


def test_an_extension_moves_the_due_date_of_one_student():
    extension = ExtensionSettings(
        due=datetime.datetime(2026, 10, 30, 23, 59, tzinfo=BERLIN), reason="ill"
    )
    deadline = Deadline(settings=settings(due=DUE, late={"rule": "cut-off"}), extension=extension)
    moment = datetime.datetime.fromisoformat("2026-10-30T12:00:00+01:00")
    assert deadline.lateness(moment).share == 1


def test_a_submission_whose_time_is_not_known_is_on_time(book, ada, hand_in, row):
    hand_in(ada, row(3))
    (mark,) = marks_of(book, due=DUE, late={"rule": "cut-off"})
    assert (mark.points, mark.days_late) == (3, 0)


def test_a_time_that_was_not_known_is_learned_once_and_a_known_one_never_changes(
    book, ada, hand_in, row
):
    hand_in(ada, row(3))
    for moment in ("2026-10-28T12:00:00Z", "2026-10-20T12:00:00Z"):
        with book.writing() as connection:
            (known,) = unit_attempts(connection, "week1", ada)
            record_arrival(connection, known, moment)
    (mark,) = marks_of(book, due=DUE, late={"rule": "cut-off"})
    assert (mark.points, mark.handed_in) == (0, "2026-10-28T12:00:00Z")
    with book.reading() as connection:
        rows = connection.execute(text("SELECT who, action FROM audit")).all()
        assert connection.execute(text("SELECT handed_in FROM attempts")).scalar() is None
    assert rows == [("batch", "time of attempt 1")]


@pytest.mark.parametrize(("rule", "number"), [("best", 2), ("last", 3), ("first", 1)])
def test_the_rule_of_the_assignment_picks_the_attempt(book, ada, hand_in, row, rule, number):
    for points in (2, 4, 3):
        hand_in(ada, row(points), sha=f"s{points}")
    (mark,) = marks_of(book, attempts=rule)
    assert (mark.number, mark.attempts) == (number, 3)


@pytest.mark.parametrize(("rule", "number"), [("last", 1), ("first", 2)])
def test_an_older_attempt_that_was_found_later_is_still_the_older(
    book, ada, hand_in, row, rule, number
):
    hand_in(ada, row(3), sha="s3", handed_in="2026-10-23T12:00:00Z")
    hand_in(ada, row(4), sha="s4", handed_in="2026-10-22T12:00:00Z")
    (mark,) = marks_of(book, attempts=rule)
    assert mark.number == number


def test_the_best_attempt_is_the_best_after_lateness(book, ada, hand_in, row):
    hand_in(ada, row(3), sha="s3", handed_in="2026-10-23T12:00:00Z")
    hand_in(ada, row(4), sha="s4", handed_in="2026-10-28T12:00:00Z")
    (mark,) = marks_of(book, due=DUE, late={"rule": "per-day"})
    assert (mark.number, mark.points) == (1, 3)


def test_a_void_result_does_not_count(book, ada, hand_in, row):
    attempt = hand_in(ada, row(4))
    with book.writing() as connection:
        record_result(connection, attempt, row(2, is_void=True))
    assert [mark.points for mark in marks_of(book)] == [4]


def test_an_attempt_with_void_results_only_has_no_points(book, ada, hand_in, row):
    hand_in(ada, row(2, is_void=True))
    (mark,) = marks_of(book)
    assert mark.points is None
    assert mark.is_void


def test_a_held_result_counts_once_it_is_let_through(book, ada, hand_in, row):
    attempt = hand_in(ada, row(4))
    with book.writing() as connection:
        record_result(connection, attempt, row(3, key="k2"), is_held=True)
    assert marks_of(book)[0].points == 4
    with book.writing() as connection:
        held = opinions.text("SELECT id FROM results WHERE is_held")
        assert connection.execute(held).scalar() == 2
        from grader.gradebook.recording import result_with_key

        let_count(connection, result_with_key(connection, "k2"), attempt)
    assert marks_of(book)[0].points == 3


def test_a_copied_result_has_all_its_rows(book, ada, hand_in, row):
    hand_in(ada, row(3))
    second = hand_in(ada, None, sha="s1")
    with book.writing() as connection:
        let_count(connection, counting(connection, 1), second)
        for table in ("exercise_results", "function_results", "test_results"):
            counts = connection.execute(
                text(f"SELECT count(*) FROM {table} GROUP BY result_id")
            ).scalars()
            assert len(set(counts)) == 1
        assert counting(connection, second).points == 3


def test_an_override_is_the_mark_and_lateness_does_not_touch_it(book, ada, hand_in, row):
    attempt = hand_in(ada, row(3), handed_in="2026-10-28T12:00:00Z")
    with book.writing() as connection:
        opinions.override(connection, attempt, ada, Fraction(7, 2), reason="seen", author="prof")
    (mark,) = marks_of(book, due=DUE, late={"rule": "per-day"})
    assert (mark.points, mark.is_overridden, mark.days_late) == (Fraction(7, 2), True, 5)


def test_an_override_taken_back_lets_the_graded_points_count(book, ada, hand_in, row):
    attempt = hand_in(ada, row(3))
    with book.writing() as connection:
        opinions.override(connection, attempt, ada, Fraction(4), reason="seen", author="prof")
        opinions.take_back(connection, attempt, ada, reason="no", author="prof")
    assert marks_of(book)[0].points == 3


def test_an_override_carries_over_only_while_the_result_it_judged_is_the_same(
    book, ada, hand_in, row
):
    attempt = hand_in(ada, row(3))
    with book.writing() as connection:
        opinions.override(connection, attempt, ada, Fraction(4), reason="seen", author="prof")
        record_result(connection, attempt, row(3, key="k2"))
    assert marks_of(book)[0].points == 4
    with book.writing() as connection:
        record_result(connection, attempt, row(2, key="k3"))
        (stale,) = opinions.stale_overrides(connection, "week1")
    assert marks_of(book)[0].points == 2
    assert (stale.student, stale.points, stale.reason) == ("ada", 4, "seen")


def test_an_override_of_one_member_leaves_the_rest_of_the_group(book, hand_in, row):
    from grader.gradebook.people import Person, enrol

    with book.writing() as connection:
        names = enrol(connection, [Person(student="ada"), Person(student="ben")])
    attempt = hand_in("group", row(3), people=list(names.values()))
    with book.writing() as connection:
        opinions.override(
            connection, attempt, names["ben"], Fraction(1), reason="absent", author="prof"
        )
    assert {m.student: m.points for m in marks_of(book)} == {"ada": 3, "ben": 1}


def test_one_work_of_a_group_has_one_mark_by_the_latest_due_date_of_its_members(book, hand_in, row):
    from grader.gradebook.people import Person, enrol

    with book.writing() as connection:
        names = enrol(connection, [Person(student="ada"), Person(student="ben")])
    hand_in("group", row(3), people=list(names.values()), handed_in="2026-10-28T12:00:00Z")
    hand_in(names["ada"], row(2), handed_in="2026-10-28T12:00:00Z", assignment="alone")
    extension = ExtensionSettings(due=datetime.datetime(2026, 10, 30, 23, 59, tzinfo=BERLIN))
    rule = {"due": DUE, "late": {"rule": "cut-off"}, "extensions": {"ben": extension}}
    assert {m.student: (m.points, m.days_late, m.members) for m in marks_of(book, **rule)} == {
        "ada": (3, 0, ("ada", "ben")),
        "ben": (3, 0, ("ada", "ben")),
    }
    with book.reading() as connection:
        (own,) = marks(connection, "alone", settings(**rule))
    assert (own.points, own.members) == (0, ("ada",))


@pytest.mark.parametrize(("points", "reason"), [(5, "why"), (-1, "why"), (2, "  ")])
def test_an_override_needs_a_reason_and_points_that_can_be(book, ada, hand_in, row, points, reason):
    attempt = hand_in(ada, row(3))
    with pytest.raises(UsageError), book.writing() as connection:
        opinions.override(connection, attempt, ada, Fraction(points), reason=reason, author="prof")


def test_what_people_do_is_audited_by_the_database_itself(book, ada, hand_in, row):
    attempt = hand_in(ada, row(3))
    with book.writing() as connection:
        opinions.override(connection, attempt, ada, Fraction(4), reason="seen", author="prof")
        opinions.add_comment(connection, attempt, "Good", author="prof")
        rows = connection.execute(text("SELECT who, action, subject FROM audit")).all()
    assert rows == [("prof", "override 1", ada), ("prof", "comment 1", "")]


def test_the_same_request_comes_in_once_and_an_answer_with_points_is_an_override(
    book, ada, hand_in, row
):
    hand_in(ada, row(3))
    with book.writing() as connection:
        assert opinions.add_request(connection, "ref1", ada, "Look at test 2")
        assert not opinions.add_request(connection, "ref1", ada, "Look at test 2")
        (request,) = opinions.list_requests(connection)
        opinions.answer(connection, request, "Right", author="prof", points=Fraction(4))
        (answered,) = opinions.list_requests(connection)
    assert (request.answer, answered.answer) == ("", "Right")
    assert marks_of(book)[0].points == 4


def test_a_request_for_the_page_of_somebody_else_is_refused(book, ada, hand_in, row):
    hand_in(ada, row(3))
    with pytest.raises(UsageError, match="no result of this student"), book.writing() as connection:
        opinions.add_request(connection, "ref1", "somebody", "Look")


def test_the_history_of_an_attempt_names_what_failed_before(book, ada, hand_in, row):
    hand_in(ada, row(3), handed_in="2026-10-20T10:00:00Z")
    with book.reading() as connection:
        (past,) = history(connection, "week1", ada, 2)
    assert (past.number, past.points, past.failing) == (1, 3, ("relu::relu::edge",))
    assert past.handed_in == "2026-10-20 10:00:00"


@pytest.mark.parametrize(("moment", "shown"), [("22:58", "hint"), ("23:01", "explain")])
def test_what_is_shown_changes_by_the_clock_of_the_course_not_of_the_machine(moment, shown):
    """Due at 23:59 in Berlin, which is 21:59 in UTC in October."""
    one = settings(due=DUE, show_before="hint", show_after="explain")
    at = datetime.datetime.fromisoformat(f"2026-10-23T{moment}:00+01:00")
    assert one.shown(at) == shown
    assert Deadline(settings=one).show(at) == shown


def test_what_is_shown_after_the_due_date_waits_for_an_extension():
    one = settings(due=DUE, show_before="hint", show_after="explain")
    extension = ExtensionSettings(due=DUE + datetime.timedelta(days=7), reason="ill")
    deadline = Deadline(settings=one, extension=extension)
    at = DUE + datetime.timedelta(days=1)
    assert deadline.show(at) == "hint"
    assert one.shown(at) == "explain"
