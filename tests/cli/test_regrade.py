"""Regrading from the command line: what it says, and that a dry run stores nothing."""

import pytest

pytestmark = pytest.mark.sandbox


def edit(classroom, place, old, new):
    path = classroom / "course" / place
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def test_a_changed_test_moves_scores_and_what_is_lower_is_kept_back(run, classroom):
    run("gradebook", "override", "ben", "1", "--reason", "tried hard")
    edit(classroom, "exercises/halves/exercise.toml", "points = 4", "points = 3")
    before = run("gradebook", "show").out
    dry = run("regrade", "--dry-run", "--jobs", "1")
    assert dry.code == 0, dry.err
    assert "ada, attempt 1: 4 → 3  kept back: lower, see --allow-lower" in dry.out
    assert "0 scores would be changed, 2 kept back" in dry.out
    assert run("gradebook", "show").out == before
    done = run("regrade", "--jobs", "1", "--allow-lower")
    assert "2 scores changed, 0 kept back; 3 run again" in done.out
    assert "For staff: gradebook/only/index.html" in done.out
    assert "3/7" in run("gradebook", "show").out


def test_a_comment_makes_one_page_anew_and_the_rest_stays(run, classroom):
    run("gradebook", "comment", "ada", "Neat.")
    dry = run("regrade", "--dry-run", "--jobs", "1")
    assert "1 only would be shown anew, 2 left as they are" in dry.out
    assert "1 only shown anew, 2 left as they are" in run("regrade", "--jobs", "1").out
    assert "Neat." in (classroom / "course/reports/only/ada/index.html").read_text()


def test_marks_that_another_due_date_moves_are_told(run, classroom):
    toml = classroom / "course/course.toml"
    late = '\n[assignment.only.late]\nrule = "cut-off"\n'
    toml.write_text(toml.read_text() + "due = 2099-01-01T00:00:00\n" + late)
    hand_in = str(classroom / "hand-in")
    assert run("batch", hand_in, "--times", "files", "--jobs", "1").code == 0
    told = "the mark is another by the due date or late rule"
    assert told not in run("regrade", "--dry-run", "--jobs", "1").out
    edit(classroom, "course.toml", "2099", "2001")
    assert f"ada: {told}: 4 → 0" in run("regrade", "--dry-run", "--jobs", "1").out
    assert f"ada: {told}: 4 → 0" in run("regrade", "--jobs", "1").out
    assert told not in run("regrade", "--jobs", "1").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--assignment", "two"), "`two`"),
        (("--gradebook", "other.db"), "there is no gradebook yet"),
        (("--jobs", "0"), "0 is not in the range"),
    ],
)
def test_bad_input_is_one_sentence(run, arguments, said):
    done = run("regrade", *arguments)
    assert done.code == 2
    assert said in done.err


def test_an_assignment_without_a_graded_submission_says_so(run, classroom):
    toml = classroom / "course/course.toml"
    toml.write_text(toml.read_text() + '\n[assignment.next]\nexercises = ["halves"]\n')
    done = run("regrade", "--assignment", "next")
    assert done.code == 2
    assert "next: nothing is graded yet; see `grader batch`" in done.err
