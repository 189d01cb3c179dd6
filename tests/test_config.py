"""Settings that authors write: what is read, and what is said when something is off."""

import datetime
from fractions import Fraction

import pytest

from grader.config import CourseFile, ExerciseFile, read_settings
from grader.errors import CourseError
from grader.gradebook.late import Deadline, Lateness
from grader.model import Show


def exercise(tmp_path, text):
    path = tmp_path / "exercise.toml"
    path.write_text(text)
    return read_settings(path, ExerciseFile)


MINIMAL = 'title = "Halves"\n[functions.half]\npoints = 2\n'


def test_a_minimal_exercise_has_the_default_tiers_and_limits(tmp_path):
    settings = exercise(tmp_path, MINIMAL)
    assert settings.functions["half"].points == 2
    assert (settings.tiers.basic, settings.tiers.parameters, settings.tiers.edge) == (60, 25, 15)
    assert settings.notebook == "definitions"


def test_points_may_be_written_as_a_fraction_or_a_decimal(tmp_path):
    text = 'title = "x"\n[functions.a]\npoints = "2/3"\n[functions.b]\npoints = 0.1\n'
    settings = exercise(tmp_path, text)
    assert settings.functions["a"].points == Fraction(2, 3)
    assert settings.functions["b"].points == Fraction(1, 10)


def test_an_unknown_setting_is_named_with_the_nearest_known_one(tmp_path):
    with pytest.raises(CourseError, match=r"exercise\.toml.*`limits\.wall_second`.*`wall_seconds`"):
        exercise(tmp_path, MINIMAL + "[limits]\nwall_second = 3\n")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('title = "x"\n[functions.half]\npoints = 0\n', "points are above 0"),
        ('title = "x"\n[functions.half]\npoints = "many"\n', "points"),
        ('title = "x"\n[functions.half]\npoints = "1/0"\n', "'1/0' is no number"),
        ('title = "x"\n[functions."two words"]\npoints = 1\n', "not a Python name"),
        ('title = "x"\n[functions]\n', "functions"),
        ("title = ", "not TOML"),
        (MINIMAL + "[limits]\nwall_seconds = -1\n", "limits.wall_seconds"),
    ],
)
def test_a_wrong_value_is_refused_with_file_and_setting(tmp_path, text, said):
    with pytest.raises(CourseError) as caught:
        exercise(tmp_path, text)
    assert "exercise.toml" in str(caught.value)
    assert said in str(caught.value)


def test_a_missing_file_is_one_sentence(tmp_path):
    with pytest.raises(CourseError, match="there is no such file"):
        read_settings(tmp_path / "exercise.toml", ExerciseFile)


def test_a_course_knows_its_time_zone_and_late_rule(tmp_path):
    path = tmp_path / "course.toml"
    path.write_text(
        'title = "CNN"\ntime_zone = "Europe/Berlin"\n[assignment.week1]\nexercises = ["relu"]\n'
        'due = 2026-11-01T12:00:00\n[assignment.week1.late]\nrule = "per-day"\nfree_days = 2\n'
    )
    assignment = read_settings(path, CourseFile).assignment["week1"]
    assert assignment.late.rule == "per-day"
    assert assignment.late.share_per_day == Fraction(1, 10)
    assert assignment.due is not None
    assert assignment.due.isoformat() == "2026-11-01T12:00:00+01:00"


def week(tmp_path, text, time_zone="UTC"):
    path = tmp_path / "course.toml"
    path.write_text(f'\ufefftitle = "x"\ntime_zone = "{time_zone}"\n[assignment.week1]\n{text}')
    return read_settings(path, CourseFile).assignment["week1"]


@pytest.mark.parametrize("day", ["2026-11-20", '"2026-11-20"'])
def test_a_day_without_a_time_means_all_of_it(tmp_path, day):
    assignment = week(tmp_path, f'exercises = ["relu"]\ndue = {day}\n')
    assert assignment.due is not None
    assert assignment.due.isoformat() == "2026-11-20T23:59:59+00:00"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('exercises = ["relu", "relu"]\n', "the exercise `relu` is listed 2 times"),
        (
            'exercises = ["relu"]\ndue = 2026-11-20\n'
            "[assignment.week1.extensions.s1]\ndue = 2026-11-10\n",
            "the extension of `s1` ends before the assignment is due",
        ),
    ],
)
def test_an_assignment_that_contradicts_itself_is_refused(tmp_path, text, said):
    with pytest.raises(CourseError, match=said):
        week(tmp_path, text)


@pytest.mark.parametrize(
    ("zone", "hour", "is_refused"),
    [("Europe/Berlin", 22, True), ("Europe/Berlin", 23, False), ("UTC", 23, True)],
)
def test_dates_without_a_zone_are_the_courses_beside_those_with_one(
    tmp_path, zone, hour, is_refused
):
    """What is due in Berlin at the end of the day in November is so in UTC at 22:59:59."""
    text = (
        'exercises = ["relu"]\ndue = 2026-11-20\n'
        f"[assignment.week1.extensions.s1]\ndue = 2026-11-20T{hour}:30:00Z\n"
    )
    if is_refused:
        with pytest.raises(CourseError, match="ends before the assignment is due"):
            week(tmp_path, text, zone)
    else:
        (extension,) = week(tmp_path, text, zone).extensions.values()
        assert extension.due.isoformat() == "2026-11-21T00:30:00+01:00"  # days late are Berlin's


@pytest.mark.parametrize("due", ["9999-12-31", "9999-12-31T23:59:59Z"])
def test_the_last_day_of_all_is_never(tmp_path, due):
    rule = 'rule = "per-day"\ngrace_minutes = 10\n'
    text = f'exercises = ["relu"]\ndue = {due}\n[assignment.week1.late]\n{rule}'
    deadline = Deadline(settings=week(tmp_path, text, "Europe/Berlin"))
    assert deadline.lateness(datetime.datetime.now(datetime.UTC)) == Lateness()
    assert not deadline.has_passed(datetime.datetime.now(datetime.UTC))


def test_an_extension_is_found_as_the_roster_finds_people(tmp_path):
    assignment = week(
        tmp_path, 'exercises = ["relu"]\n[assignment.week1.extensions.S1]\ntime_factor = 2\n'
    )
    assert assignment.extension_of(["s0", "s1"]).time_factor == 2
    assert assignment.extension_of(["s0"]) is None


@pytest.mark.parametrize(
    ("students", "day", "factor"),
    [(["ben", "ada"], 30, 2), (["ada", "zoe"], 25, 2), (["zoe", "ben"], 30, 1), (["zoe"], None, 0)],
)
def test_who_work_together_have_the_latest_date_and_the_most_time_of_any(
    tmp_path, students, day, factor
):
    assignment = week(
        tmp_path,
        'exercises = ["relu"]\ndue = 2026-11-20\n'
        "[assignment.week1.extensions.ada]\ntime_factor = 2\ndue = 2026-11-25\n"
        "[assignment.week1.extensions.ben]\ndue = 2026-11-30T12:00:00Z\n",
    )
    found = assignment.extension_of(students)
    given = (found.due.day, found.time_factor) if found else (None, 0)
    assert given == (day, factor)


def test_an_extension_gives_no_date_to_a_group_whose_assignment_has_none(tmp_path):
    text = 'exercises = ["relu"]\n[assignment.week1.extensions.ada]\ndue = 2026-11-25\n'
    assignment = week(tmp_path, text)
    assert assignment.extension_of(["ada", "ben"]).due is None
    assert assignment.extension_of(["ada"]).due is not None


def test_held_out_images_are_revealed_once_the_assignment_is_due_and_not_before(tmp_path):
    path = tmp_path / "course.toml"
    path.write_text('title = "x"\n[assignment.a]\nexercises = ["e"]\n')
    settings = read_settings(path, CourseFile).assignment["a"]
    assert (settings.show_before, settings.show_after) == (Show.EXPLAIN, Show.REVEAL)


@pytest.mark.parametrize("name", ["Mars/Base", "Europe", ""])
def test_a_time_zone_that_does_not_exist_is_refused(tmp_path, name):
    path = tmp_path / "course.toml"
    path.write_text(f'title = "CNN"\ntime_zone = "{name}"\n')
    with pytest.raises(CourseError, match="no time zone"):
        read_settings(path, CourseFile)
