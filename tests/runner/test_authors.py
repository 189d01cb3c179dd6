"""What an author reads when a file of theirs is broken: file, line, what it is, what to do."""

import re

import pytest

from grader.catalog import load_course
from grader.errors import CourseError, ExerciseError
from grader.release import make_stubs
from grader.runner import collect
from grader.scaffold import new_course


@pytest.fixture
def broken(tmp_path):
    """Edit one file of a new exercise, collect its tests, and give the message."""
    course, _ = new_course(tmp_path / "course", "scaling", function="scale")

    def edit(name, old, new):
        path = course.root / name
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))
        with pytest.raises((ExerciseError, CourseError)) as caught:
            collect(load_course(course.root).exercise("scaling"))
        return str(caught.value).replace(str(course.root) + "/", "")

    return edit


HIDDEN = "solutions/scaling/test_hidden.py"
ORACLE = "solutions/scaling/oracle.py"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (ORACLE, "2.0):", "2.0)", r"oracle.py:4: SyntaxError: expected ':'; mend the line"),
        (ORACLE, "def scale", "import nope\ndef scale", r"oracle.py:4: ModuleNotFound.*import"),
        (ORACLE, "def scale", "def scala", r"no function `scale` in it.*write it, or take it out"),
        (HIDDEN, "tensor([1.0])", "tensr([1.0])", r"hidden.py:\d+: AttributeError.*spelling"),
        (HIDDEN, "import math", "import nope", r"hidden.py:3: ModuleNotFoundError.*import what is"),
        (HIDDEN, "def any_tensor(draw)", "def any(:", r"hidden.py:\d+: SyntaxError: .*mend"),
        (HIDDEN, '"edge"', '"egde"', r'hidden.py:\d+: @tier.*got "egde"; did you mean "edge"'),
        (HIDDEN, 'of="scale"', 'of="scal"', r'hidden.py:\d+: .*got "scal"; did you mean "scale"'),
        (HIDDEN, '"basic", of="scale"', '"basic", of="scale", show="reveal"',
         r'hidden.py:\d+: .*show is one of .*got "reveal"'),
        (HIDDEN, '@tier("basic", of="scale")', "", r'hidden.py:\d+: .*no @tier; write @tier'),
        ("exercises/scaling/exercise.toml", "points", "pionts", r"exercise.toml: .*did you mean"),
    ],
)  # fmt: skip
def test_the_message_names_file_line_and_remedy(broken, name, old, new, message):
    said = broken(name, old, new)
    assert re.search(message, said), said
    assert "Traceback" not in said
    assert len(said.splitlines()) == 1


def test_marks_that_do_not_pair_name_their_line():
    with pytest.raises(ExerciseError, match="line 2: `# BEGIN SOLUTION` without `# END SOLUTION`"):
        make_stubs("def f():\n    # BEGIN SOLUTION\n    return 1\n", "f")
