"""A release: what students need, nothing secret, all or nothing."""

import zipfile

import pytest

from grader.errors import ExerciseError, OutputError, UsageError
from grader.release import release, write_stubs

REFERENCE = '''\
# %%
from torch import Tensor


# %%
def relu(x: Tensor) -> Tensor:
    """Clip the values of x at zero."""
    # BEGIN SOLUTION
    return x.clamp(min=0)
    # END SOLUTION
'''

FILES = {
    "course.toml": 'title = "A small course"\n[assignment.one]\nexercises = ["relu"]\n',
    "exercises/relu/exercise.toml": 'title = "The ReLU"\n[functions.relu]\npoints = 4\n',
    "exercises/relu/README.md": "# The ReLU\n\nNegative values become zero.\n",
    "exercises/relu/curve.svg": "<svg/>",
    "exercises/relu/test_public.py": "def test_it(submission):\n    submission.relu.returns(0, -1)",
    "exercises/relu/my-notes.txt": "not for students",
    "solutions/relu/reference.py": REFERENCE,
    "solutions/relu/test_hidden.py": "SECRET = 'the hidden tests are secret'\n",
}

RELEASED = {
    ".pre-commit-config.yaml",
    "README.md",
    "requirements.txt",
    "exercises/relu/README.md",
    "exercises/relu/curve.svg",
    "exercises/relu/exercise.toml",
    "exercises/relu/relu.ipynb",
    "exercises/relu/relu.py",
    "exercises/relu/test_public.py",
}


@pytest.fixture
def course(tmp_path):
    root = tmp_path / "course"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    write_stubs(root / "exercises/relu", root / "solutions/relu")
    return root


def test_a_release_holds_what_students_need_and_nothing_else(course, tmp_path):
    out = tmp_path / "handout"
    files = release(course, out)
    found = {str(p.relative_to(out)) for p in out.rglob("*") if p.is_file()}
    assert found == RELEASED == {str(name) for name in files}


def test_the_readme_names_topics_functions_and_points(course, tmp_path):
    release(course, tmp_path / "handout")
    text = (tmp_path / "handout/README.md").read_text()
    assert "# A small course" in text
    assert "| [The ReLU](exercises/relu/README.md) | `relu` | 4 |" in text
    assert "grader check relu --watch" in text


def test_requirements_name_no_version(course, tmp_path):
    release(course, tmp_path / "handout")
    requirements = (tmp_path / "handout/requirements.txt").read_text()
    assert "cnn-grader" in requirements
    assert not set("=<>~") & set(requirements)


def test_a_zip_holds_the_same_files_and_does_not_depend_on_the_day(course, tmp_path):
    release(course, tmp_path / "one.zip")
    release(course, tmp_path / "two.zip")
    assert set(zipfile.ZipFile(tmp_path / "one.zip").namelist()) == RELEASED
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_secret_stops_the_release_and_nothing_is_written(course, tmp_path):
    (course / "exercises/relu/README.md").write_text("Hint: `return x.clamp(min=0)`\n")
    with pytest.raises(ExerciseError, match=r"README\.md: holds text of solutions/relu/reference"):
        release(course, tmp_path / "handout")
    assert [path.name for path in tmp_path.iterdir()] == ["course"]


def test_a_stub_that_was_edited_stops_the_release(course, tmp_path):
    (course / "exercises/relu/relu.py").write_text("x = 1\n")
    with pytest.raises(ExerciseError, match=r"relu\.py: not what reference\.py gives"):
        release(course, tmp_path / "handout")


def test_a_missing_statement_stops_the_release(course, tmp_path):
    (course / "exercises/relu/README.md").unlink()
    with pytest.raises(ExerciseError, match=r"README\.md: missing"):
        release(course, tmp_path / "handout")


def test_what_exists_is_never_overwritten(course, tmp_path):
    (tmp_path / "handout").mkdir()
    with pytest.raises(UsageError, match="exists already"):
        release(course, tmp_path / "handout")


def test_a_release_into_the_exercises_themselves_is_refused(course):
    with pytest.raises(UsageError, match="name a place outside"):
        release(course, course / "exercises/handout")


def test_a_place_that_cannot_be_written_is_named(course, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="could not be written"):
        release(course, tmp_path / "file/handout")


def test_one_assignment_is_released_alone_and_guarded_by_all_solutions(course, tmp_path):
    other = REFERENCE.replace("relu", "other").replace("clamp(min=0)", "sign()")
    for name, text in FILES.items():
        if "/relu/" in name:
            path = course / name.replace("relu", "other")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(
                other if name.endswith("reference.py") else text.replace("relu", "other")
            )
    write_stubs(course / "exercises/other", course / "solutions/other")
    release(course, tmp_path / "all")
    release(course, tmp_path / "one", assignment="one")
    assert (tmp_path / "all/exercises/other/other.py").exists()
    assert not (tmp_path / "one/exercises/other").exists()
    assert "exercises/other" not in (tmp_path / "one/README.md").read_text()
    (course / "exercises/relu/README.md").write_text("Hint: `return x.sign()`\n")
    with pytest.raises(ExerciseError, match=r"holds text of solutions/other/reference\.py"):
        release(course, tmp_path / "two", assignment="one")
    with pytest.raises(UsageError, match="there is no assignment `week9`"):
        release(course, tmp_path / "three", assignment="week9")


def test_assigned_exercises_come_first_in_their_order(course, tmp_path):
    assert (course / "course.toml").read_text().count("[assignment") == 1
    for slug in ("avg", "zoo"):
        for folder in ("exercises", "solutions"):
            (course / folder / slug).mkdir()
        for name, text in FILES.items():
            if "/relu/" in name:
                (course / name.replace("relu", slug)).write_text(text.replace("relu", slug))
        write_stubs(course / "exercises" / slug, course / "solutions" / slug)
    (course / "course.toml").write_text(
        'title = "A small course"\n[assignment.one]\nexercises = ["zoo", "relu"]\n'
    )
    release(course, tmp_path / "handout")
    text = (tmp_path / "handout/README.md").read_text()
    assert text.index("exercises/zoo") < text.index("exercises/relu") < text.index("exercises/avg")
    assert "grader check zoo" in text
