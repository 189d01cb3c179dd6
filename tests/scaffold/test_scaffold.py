"""What `grader new` writes is complete, proved, and refuses to overwrite or to hide a module."""

import pytest

from grader.catalog import load_course
from grader.errors import UsageError
from grader.release import compare_stubs
from grader.scaffold import new_course, new_exercise
from grader.scaffold.exercise import check_slug
from grader.verify import prove


@pytest.fixture
def course(tmp_path):
    course, _ = new_course(tmp_path / "my-course")
    return course


def test_a_new_course_has_settings_that_can_be_read_and_nothing_else(course):
    assert course.settings.title == "My course"
    assert not course.exercises
    assert not course.assignments
    assert (course.root / ".gitignore").is_file()


@pytest.mark.parametrize("title", ['with "quotes"', "back\\slash", "Grüße $slug"])
def test_a_title_stands_as_it_was_typed(tmp_path, title):
    course, _ = new_course(tmp_path / "c", title=title)
    assert course.settings.title == title


@pytest.mark.parametrize("title", ['with "quotes"', "back\\slash", "Grüße $slug", "two\nlines"])
def test_a_title_of_an_exercise_breaks_no_file(course, title):
    new_exercise(course, "scaling", title=title)
    exercise = load_course(course.root).exercise("scaling")
    assert exercise.title == title.replace("\n", " ")
    assert f"# {exercise.title}\n" in (exercise.folder / "README.md").read_text()
    assert compare_stubs(exercise.folder, exercise.solutions) == []


@pytest.mark.sandbox
def test_a_new_exercise_is_proved_as_it_stands(tmp_path, sandbox):
    course, _ = new_course(tmp_path / "c", "scaling", function="scale")
    exercise = course.exercise("scaling")
    assert course.assignment("week1").exercises == (exercise,)
    proof = prove(exercise, sandbox, seeds=2)
    assert proof.findings == []
    assert proof.hinted == proof.wrong_answers == 4
    assert proof.samples == 3


def test_the_stubs_are_what_the_reference_gives(course):
    new_exercise(course, "scaling")
    exercise = load_course(course.root).exercise("scaling")
    assert compare_stubs(exercise.folder, exercise.solutions) == []


def test_nothing_of_one_course_in_particular_is_in_a_scaffold(tmp_path):
    _, written = new_course(tmp_path / "c", "scaling")
    texts = [path.read_text().lower() for path in written]
    assert not any(word in text for text in texts for word in ("mnist", "conv_out", "relu"))


@pytest.mark.parametrize("slug", ["Scaling", "1st", "a-b", "torch", "math", "class", "../x", ""])
def test_a_slug_that_cannot_be_a_module_is_refused(course, slug):
    with pytest.raises(UsageError, match="cannot name an exercise"):
        new_exercise(course, slug)
    assert not (course.root / "exercises").exists()


@pytest.mark.parametrize(
    ("slug", "offered"),
    [("a-b", "a_b"), ("2nd Layer", "nd_layer"), ("123", "leaky_relu"), ("class", "class_exercise")],
)
def test_a_slug_that_fits_is_offered(course, slug, offered):
    with pytest.raises(UsageError, match=f"as in `{offered}`"):
        new_exercise(course, slug)
    check_slug(offered)


def test_names_are_unique_and_nothing_is_overwritten(course):
    new_exercise(course, "scaling", function="scale")
    again = load_course(course.root)
    for function in ("", "other", "scale"):
        with pytest.raises(UsageError, match="exists already"):
            new_exercise(again, "scaling", function=function)
    with pytest.raises(UsageError, match="already a function of scaling"):
        new_exercise(again, "second", function="scale")
    with pytest.raises(UsageError, match="a course already"):
        new_course(course.root)
