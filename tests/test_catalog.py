"""Courses and exercises on disk: what is found, fingerprinted, and refused."""

import pytest

from grader.catalog import find_course_root, load_course, load_exercise
from grader.errors import CourseError, ExerciseError, UsageError


@pytest.fixture
def course_root(tmp_path):
    (tmp_path / "course.toml").write_text('title = "T"\n[assignment.one]\nexercises = ["halves"]\n')
    folder = tmp_path / "exercises/halves"
    folder.mkdir(parents=True)
    (folder / "exercise.toml").write_text('title = "Halves"\n[functions.half]\npoints = 2\n')
    solutions = tmp_path / "solutions/halves"
    solutions.mkdir(parents=True)
    for name in ("oracle.py", "test_hidden.py", "reference.py"):
        (solutions / name).write_text("")
    return tmp_path


def test_the_course_is_found_from_a_folder_inside_it(course_root):
    assert find_course_root(course_root / "exercises/halves") == course_root


def test_outside_any_course_the_message_says_what_to_do(tmp_path):
    with pytest.raises(UsageError, match="--course"):
        find_course_root(tmp_path)


def test_assignments_hold_their_exercises(course_root):
    course = load_course(course_root)
    assert [e.slug for e in course.assignment("one").exercises] == ["halves"]


def test_a_mistyped_exercise_or_assignment_is_met_with_the_nearest_name(course_root):
    course = load_course(course_root)
    with pytest.raises(UsageError, match="did you mean `halves`"):
        course.exercise("halvs")
    with pytest.raises(UsageError, match="there are `one`"):
        course.assignment("final")


def test_an_assignment_that_sets_an_unknown_exercise_is_refused(course_root):
    text = 'title = "T"\n[assignment.one]\nexercises = ["halvs"]\n'
    (course_root / "course.toml").write_text(text)
    with pytest.raises(CourseError, match="did you mean `halves`"):
        load_course(course_root)


def test_two_exercises_may_not_share_a_function_name(course_root):
    other = course_root / "exercises/again"
    other.mkdir()
    (other / "exercise.toml").write_text('title = "Again"\n[functions.half]\npoints = 1\n')
    with pytest.raises(CourseError, match="`half` is already one of again"):
        load_course(course_root)


def test_a_required_function_must_exist_somewhere(course_root):
    path = course_root / "exercises/halves/exercise.toml"
    path.write_text('title = "H"\n[functions.half]\npoints = 1\nrequires = ["third"]\n')
    with pytest.raises(CourseError, match="requires `third`"):
        load_course(course_root)


def prints(root):
    exercise = load_course(root).exercise("halves")
    return exercise.score_fingerprint, exercise.feedback_fingerprint


def test_the_score_fingerprint_changes_with_the_hidden_tests_and_not_with_hints(course_root):
    before = prints(course_root)
    wrong = course_root / "solutions/halves/wrong_answer/half"
    wrong.mkdir(parents=True)
    (wrong / "third.py").write_text('"""A hint."""')
    with_hint = prints(course_root)
    (course_root / "solutions/halves/test_hidden.py").write_text("# stricter")
    stricter = prints(course_root)
    assert before[0] == with_hint[0] != stricter[0]
    assert before[1] != with_hint[1]


def test_a_wrong_answer_for_an_unknown_function_names_file_and_functions(course_root):
    wrong = course_root / "solutions/halves/wrong_answer/hlf"
    wrong.mkdir(parents=True)
    (wrong / "third.py").write_text('"""A hint."""')
    with pytest.raises(ExerciseError, match=r"third\.py.*`half`"):
        _ = load_course(course_root).exercise("halves").wrong_answers


def test_without_solutions_the_public_half_still_loads(course_root):
    exercise = load_exercise(course_root / "exercises/halves")
    assert exercise.public_tests.name == "test_public.py"
    with pytest.raises(ExerciseError, match="no solutions/halves folder"):
        _ = exercise.oracle


ONE = '[assignment.one]\nexercises = ["halves"]\n'
TWO = 'title = "T"\n{}' + ONE + ONE.replace("one", "two")


def test_the_default_assignment_is_meant_where_none_is_named(course_root):
    (course_root / "course.toml").write_text(TWO.format('default = "two"\n'))
    course = load_course(course_root)
    assert course.chosen(None).name == "two"
    assert course.chosen("one").name == "one"


def test_without_a_default_two_assignments_are_listed_and_one_is_taken(course_root):
    assert load_course(course_root).chosen(None).name == "one"
    (course_root / "course.toml").write_text(TWO.format(""))
    with pytest.raises(UsageError, match=r"--assignment NAME .`one`, `two`.*`default = NAME` into"):
        load_course(course_root).chosen(None)


def test_a_default_that_is_no_assignment_is_refused(course_root):
    (course_root / "course.toml").write_text(TWO.format('default = "tow"\n'))
    with pytest.raises(CourseError, match="`default` names no assignment; did you mean `two`"):
        load_course(course_root)
