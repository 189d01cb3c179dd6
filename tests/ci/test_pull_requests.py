"""Hostile pull requests: a change may bring code of an exercise, and nothing of it runs outside."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from grader.catalog import load_course
from grader.ci import changed_exercises, submission_of
from grader.errors import SubmissionError, UsageError

GRADER = str(Path(sys.executable).with_name("grader"))
GOOD = """
def half(x):
    return x / 2
"""


def git(folder, *arguments):
    identity = ["-c", "user.name=n", "-c", "user.email=e@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def course(root):
    return load_course(root / "tests/samples/tiny")


@pytest.fixture
def checkout(course, tmp_path):
    """A repository with what was handed out, on a branch on which nothing is changed yet."""
    folder = tmp_path / "checkout"
    stubs = folder / "exercises/halves"
    stubs.mkdir(parents=True)
    for name in ("halves.py", "halves.ipynb", "test_public.py", "exercise.toml"):
        (stubs / name).write_bytes((course.root / "exercises/halves" / name).read_bytes())
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "handed out")
    git(folder, "checkout", "-q", "-b", "work")
    return folder


def commit(folder, files):
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    git(folder, "add", "-A", "-f")
    git(folder, "commit", "-q", "-m", "work")


def slugs(course, folder, base="main"):
    submission = submission_of(course, folder, "s")
    return [e.slug for e in changed_exercises(course, folder, submission, base)]


def test_an_exercise_is_graded_if_its_code_changed(course, checkout):
    assert slugs(course, checkout) == []
    commit(checkout, {"README.md": "hello", "exercises/halves/notes.txt": "x"})
    assert slugs(course, checkout) == []
    commit(checkout, {"exercises/halves/halves.py": GOOD})
    assert slugs(course, checkout) == ["halves"]


def test_an_exercise_whose_code_is_gone_is_graded_too(course, checkout):
    git(checkout, "rm", "-q", "exercises/halves/halves.py")
    git(checkout, "commit", "-q", "-m", "work")
    assert slugs(course, checkout) == ["halves"]


def test_without_a_base_it_is_compared_with_the_stub(course, checkout):
    assert slugs(course, checkout, base=None) == []
    (checkout / "exercises/halves/halves.py").write_text(GOOD)
    assert slugs(course, checkout, base=None) == ["halves"]


@pytest.mark.parametrize("base", ["no-such-branch", "--output=/tmp/x", "-x"])
def test_a_base_that_is_none_is_refused(course, checkout, base):
    with pytest.raises(UsageError, match="--base"):
        slugs(course, checkout, base=base)


def test_only_code_of_exercises_is_taken(course, checkout):
    commit(
        checkout,
        {
            "torch.py": "raise SystemExit",
            "exercises/halves/halves.py": GOOD,
            "exercises/halves/helper.py": "x = 1",
            "exercises/halves/conftest.py": "raise SystemExit",
            "exercises/halves/test_public.py": "def test_x(): pass",
            "exercises/other/other.py": "x = 1",
        },
    )
    files = {str(path) for path in submission_of(course, checkout, "s").files}
    assert files == {
        "exercises/halves/halves.py",
        "exercises/halves/halves.ipynb",
        "exercises/halves/helper.py",
    }


@pytest.mark.parametrize("place", ["file", "folder", "exercise", "exercises"])
def test_a_link_is_refused_wherever_it_stands(course, checkout, tmp_path, place):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text("x = 1")
    there = checkout / "exercises/halves"
    if place == "file":
        (there / "secret.py").symlink_to(outside / "secret.py")
    elif place == "folder":
        (there / "more").symlink_to(outside)
    elif place == "exercise":
        there.rename(tmp_path / "moved")
        there.symlink_to(tmp_path / "moved")
    else:
        (checkout / "exercises").rename(tmp_path / "moved")
        (checkout / "exercises").symlink_to(tmp_path / "moved")
    with pytest.raises(SubmissionError, match="a link"):
        submission_of(course, checkout, "s")


def test_a_huge_file_and_a_pipe_are_refused(course, checkout):
    huge = checkout / "exercises/halves/huge.py"
    with huge.open("wb") as file:
        file.truncate(65 << 20)
    with pytest.raises(SubmissionError, match="larger than 64 MiB"):
        submission_of(course, checkout, "s")
    huge.unlink()
    os.mkfifo(checkout / "exercises/halves/pipe.py")
    with pytest.raises(SubmissionError, match="not an ordinary file"):
        submission_of(course, checkout, "s")


@pytest.mark.parametrize(
    "name", ["solutions/halves/test_hidden.py", "course.toml", "exercises/halves/exercise.toml"]
)
def test_a_change_must_not_edit_the_course_that_grades_it(checkout, name):
    (checkout / "course.toml").write_text('title = "T"\n')
    git(checkout, "add", "-A")
    git(checkout, "commit", "-q", "--amend", "-m", "handed out")
    git(checkout, "branch", "-f", "main")
    original = (checkout / name).read_text() if (checkout / name).exists() else ""
    commit(checkout, {name: original + "\n# edited\n", "exercises/halves/halves.py": GOOD})
    with pytest.raises(UsageError, match="edits the course that grades it"):
        slugs(load_course(checkout), checkout)


def test_a_change_must_not_delete_from_the_course_that_grades_it(checkout):
    (checkout / "course.toml").write_text('title = "T"\n')
    git(checkout, "add", "-A")
    git(checkout, "commit", "-q", "--amend", "-m", "handed out")
    git(checkout, "branch", "-f", "main")
    git(checkout, "rm", "-q", "exercises/halves/test_public.py")
    commit(checkout, {"exercises/halves/halves.py": GOOD})
    with pytest.raises(UsageError, match=r"edits the course that grades it \(.*test_public.py"):
        slugs(load_course(checkout), checkout)


HOSTILE = {
    ".github/workflows/grade.yml": "on: push\njobs: {}\n",
    "torch.py": "open('{mark}', 'a').write('torch ')\n",
    "pytest.py": "open('{mark}', 'a').write('pytest ')\n",
    "grader.py": "open('{mark}', 'a').write('grader ')\n",
    "conftest.py": "open('{mark}', 'a').write('conftest ')\n",
    "exercises/conftest.py": "open('{mark}', 'a').write('conftest2 ')\n",
    "exercises/halves/conftest.py": "open('{mark}', 'a').write('conftest3 ')\n",
    "sitecustomize.py": "open('{mark}', 'a').write('sitecustomize ')\n",
    "usercustomize.py": "open('{mark}', 'a').write('usercustomize ')\n",
    "evil.pth": "import os; open('{mark}', 'a').write('pth ')\n",
    "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-p evil'\n",
    "pytest.ini": "[pytest]\naddopts = -p evil\n",
    "tox.ini": "[pytest]\naddopts = -p evil\n",
    "setup.cfg": "[tool:pytest]\naddopts = -p evil\n",
    "evil.py": "open('{mark}', 'a').write('evil ')\n",
    ".gitattributes": "* diff=evil\n",
    "course.toml": 'title = "mine"\n',
    "solutions/halves/oracle.py": "open('{mark}', 'a').write('oracle ')\n",
    "exercises/halves/halves.py": (
        "import sys\nprint('::error::pwned')\nprint('##[error]pwned')\n"
        "open('{mark}', 'a').write('student ')\n"
    ),
}


@pytest.mark.sandbox
def test_nothing_of_a_hostile_change_runs_outside_and_its_score_is_its_own(
    course, checkout, tmp_path, runner, outputs_of
):
    mark = tmp_path / "mark"
    hostile = {name: text.replace("{mark}", str(mark)) for name, text in HOSTILE.items()}
    commit(checkout, hostile)
    git(checkout, "config", "core.fsmonitor", f"touch {mark}")
    git(checkout, "config", "diff.evil.textconv", f"touch {mark}; cat")
    done = subprocess.run(
        [GRADER, "ci", "--base", "main", "--course", str(course.root), "--out", "out"],
        cwd=checkout,
        env={
            **os.environ,
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not mark.exists(), mark.read_text()
    values = outputs_of(tmp_path / "output")
    assert values["points"] == "0"
    assert values["exercises"] == "halves"
    runner.read(done.stdout)
    assert {name for name, _, _ in runner.commands} <= {"error", "warning"}
    assert not any("pwned" in text for _, _, text in runner.commands)
    # for people's eyes: place, level, what, as compilers say it
    assert re.search(
        r"^exercises/halves/halves\.(py|ipynb)(:\d+)?: (error|warning): ", done.stdout, re.M
    )
    assert (checkout / "out/index.html").is_file()
    assert "pwned" not in (tmp_path / "summary").read_text()
