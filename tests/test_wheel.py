"""The wheel, as people install it: nothing is missing, and its commands run in another folder."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
SOURCES = ("grader", "docs/messages.md", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """Built from a copy, since building leaves files beside the sources."""
    source = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        if (root / name).is_dir():
            shutil.copytree(root / name, source / name, ignore=lambda *_: ["__pycache__"])
        else:
            shutil.copy(root / name, source / name)
    made = tmp_path_factory.mktemp("wheel")
    pip("wheel", "--quiet", "--no-deps", "--wheel-dir", str(made), str(source))
    (found,) = made.glob("cnn_grader-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel in a folder of its own, in front of what this Python has anyway."""
    target = tmp_path_factory.mktemp("site")
    pip("install", "--quiet", "--no-deps", "--target", str(target), str(wheel))
    return target


@pytest.fixture
def grader(installed, tmp_path):
    def run(*arguments, cwd=tmp_path):
        return subprocess.run(
            [sys.executable, str(installed / "bin/grader"), *map(str, arguments)],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(installed), "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run


def pip(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "pip", *arguments],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_every_file_of_the_package_is_in_the_wheel_and_none_of_a_course(root, wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {
        str(path.relative_to(root))
        for path in (root / "grader").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert package - names == set()
    rest = {name for name in names - package if ".dist-info/" not in name}
    assert {Path(name).name for name in rest} == {"messages.md"}


def test_commands_run_in_another_folder(grader, installed):
    assert "Check exercises" in grader("--help").stdout
    assert "attack" in grader("redteam", "--help").stdout
    assert "Exit code 2" in grader("explain", "usage").stdout
    place = grader("--version").stdout
    assert place.startswith("grader, version ")
    where = subprocess.run(
        [sys.executable, "-c", "import grader; print(grader.__file__)"],
        env={**os.environ, "PYTHONPATH": str(installed)}, cwd=installed.parent,
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert where.stdout.strip() == str(installed / "grader/__init__.py")


def test_a_student_checks_with_it_and_gets_a_page(grader, root, tmp_path):
    shutil.copytree(root / "exercises/relu", tmp_path / "relu")
    (tmp_path / "relu/relu.py").write_text("def relu(x):\n    return x.clamp(min=0)\n")
    done = grader("check", "--html", "page.html", cwd=tmp_path / "relu")
    assert (done.returncode, done.stderr) == (0, "")
    assert "3 of 3" in (tmp_path / "relu/page.html").read_text()


@pytest.mark.sandbox
def test_an_author_makes_and_proves_an_exercise_and_keeps_a_gradebook(grader, tmp_path):
    assert grader("new", "--course", "mine").returncode == 0
    course = tmp_path / "mine"
    assert grader("new", "leaky", cwd=course).returncode == 0
    proof = grader("verify", "leaky", cwd=course)
    assert (proof.returncode, proof.stderr) == (0, "")
    settings = (course / "course.toml").read_text()
    (course / "course.toml").write_text(settings + '\n[assignment.w1]\nexercises = ["leaky"]\n')
    (course / "in/ada").mkdir(parents=True)
    shutil.copy(course / "solutions/leaky/reference.py", course / "in/ada/leaky.py")
    graded = grader("batch", "in", "--assignment", "w1", "--jobs", "1", cwd=course)
    assert graded.returncode == 0, graded.stderr
    assert (course / "reports/w1/ada/index.html").is_file()
    assert "ada" in grader("gradebook", "show", cwd=course).stdout


@pytest.mark.sandbox
def test_the_machine_is_looked_at_and_attacked(grader):
    doctor = grader("doctor")
    assert doctor.returncode == 0, doctor.stdout
    attacked = grader("redteam", "--only", "forge_results")
    assert attacked.returncode == 0, attacked.stdout + attacked.stderr
    assert " 0 succeeded" in attacked.stdout
