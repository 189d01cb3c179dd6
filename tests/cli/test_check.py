"""`grader check` as a student types it."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

GRADER = str(Path(sys.executable).with_name("grader"))
RIGHT = "import torch\n\n\ndef relu(x):\n    return x.clamp(min=0)\n"


@pytest.fixture
def folder(root, tmp_path):
    return Path(shutil.copytree(root / "exercises/relu", tmp_path / "exercises/relu"))


def run(*arguments, cwd):
    return subprocess.run(
        [GRADER, "check", *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )


def test_a_stub_is_told_to_be_one_and_exits_with_1(folder):
    done = run(cwd=folder)
    assert done.returncode == 1
    assert "to write relu: not written yet" in done.stdout
    assert "The mark is decided by hidden tests" in done.stdout


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            RIGHT.replace("(x):", "(x)").encode(),
            "`relu` cannot be read: expected ':' (relu.py, line 4)",
        ),
        (RIGHT.encode("utf-16"), "3 of 3"),
        (b"# caf\xe9\n" + RIGHT.encode(), "3 of 3"),
    ],
)
def test_whatever_a_file_holds_is_told_and_no_error_of_ours(folder, data, said):
    """What was handed out as the stub is the student's own file by now."""
    (folder / "relu.py").write_bytes(data)
    done = run("relu.py", cwd=folder)
    assert said in done.stdout
    assert done.stderr == ""


def test_a_function_of_another_exercise_can_be_imported(root, folder, tmp_path):
    other = Path(shutil.copytree(root / "exercises/padding", tmp_path / "exercises/padding"))
    (other / "padding.py").write_text("def least(x):\n    return x.clamp(min=0)\n")
    source = "from padding import least\n\n\ndef relu(x):\n    return least(x)\n"
    (folder / "relu.py").write_text(source)
    done = run("relu.py", cwd=folder)
    assert "3 of 3" in done.stdout
    assert "(relu.py)" in done.stdout


def test_several_files_as_pre_commit_names_them(folder, tmp_path):
    (folder / "relu.py").write_text(RIGHT)
    done = run(folder / "relu.py", folder / "relu.ipynb", "--exercise", "relu", cwd=tmp_path)
    assert "3 of 3" in done.stdout
    assert "(relu.ipynb)" in done.stdout
    assert done.returncode == 1


def test_a_hook_lets_stubs_be_committed_and_stops_what_is_wrong(folder, tmp_path):
    files = (folder / "relu.py", folder / "relu.ipynb")
    stubs = run("--begun", *files, cwd=tmp_path)
    assert (stubs.returncode, stubs.stdout) == (0, "Not begun yet: relu\n")
    (folder / "relu.py").write_text(RIGHT)
    right = run("--begun", *files, cwd=tmp_path)
    assert right.returncode == 0
    assert "3 of 3" in right.stdout
    (folder / "relu.py").write_text(RIGHT.replace("min", "max"))
    assert run("--begun", *files, cwd=tmp_path).returncode == 1


def test_a_file_that_is_not_there_is_one_sentence(folder):
    done = run("rellu.py", cwd=folder)
    assert done.returncode == 2
    assert done.stderr == "grader: rellu.py: there is no such file or folder [usage]\n"


def test_in_the_folder_that_was_handed_out_all_that_is_begun_is_checked(root, folder, tmp_path):
    shutil.copytree(root / "exercises/loss", tmp_path / "exercises/loss")
    nothing = run(cwd=tmp_path)
    assert (nothing.returncode, nothing.stdout) == (1, "Not begun yet: loss, relu\n")
    (folder / "relu.py").write_text(RIGHT)
    done = run(cwd=tmp_path)
    assert done.stdout.startswith("Not begun yet: loss\nThe ReLU activation (relu.py)\n")
    assert done.returncode == 0


def test_what_takes_one_exercise_says_so_before_anything_runs(root, folder, tmp_path):
    shutil.copytree(root / "exercises/loss", tmp_path / "exercises/loss")
    assert "--watch takes one exercise" in run("--watch", cwd=tmp_path).stderr
    missing = run("relu", "--html", "nowhere/page.html", cwd=tmp_path)
    assert missing.returncode == 2
    assert "there is no folder nowhere" in missing.stderr


@pytest.mark.parametrize("slug", ["relu", "mnist"])
def test_only_what_a_check_needs_is_imported(root, tmp_path, slug):
    folder = shutil.copytree(root / "exercises" / slug, tmp_path / slug)
    code = (
        "import atexit, sys; from grader.cli import main\n"
        "atexit.register(lambda: print(*sys.modules))\n"
        f"sys.argv = ['grader', 'check', '{slug}.py']\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder, capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    imported = set(done.stdout.splitlines()[-1].split())
    assert "torch" in imported
    unneeded = {"torchvision", "jinja2", "sqlalchemy", "alembic", "IPython", "nbformat", "PIL"}
    # torch imports dynamo, for seconds, when the first optimiser is made
    assert not imported & (unneeded | {"matplotlib", "markdown_it", "nh3", "torch._dynamo"})


def test_what_to_check_is_found_without_torch(folder):
    code = "import sys, grader.selfcheck; print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "False\n"


def test_watch_checks_again_soon_after_a_file_is_saved_and_stops_cleanly(folder):
    process = subprocess.Popen(
        [GRADER, "check", "relu.py", "--watch"],
        cwd=folder,
        env={**os.environ, "NO_COLOR": "1", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    too_late = threading.Timer(120, process.kill)
    too_late.start()
    try:
        wait_for(process, "Watching")
        time.sleep(3)  # the next process imports torch meanwhile
        (folder / "relu.py").write_text(RIGHT)
        wait_for(process, "3 of 3")
        process.send_signal(signal.SIGINT)
        rest, complaints = process.communicate(timeout=30)
        assert "Stopped." in rest
        assert complaints == ""
        assert process.returncode == 1  # of the first check
    finally:
        too_late.cancel()
        process.kill()
        process.wait()


def wait_for(process, words):
    while words not in (line := process.stdout.readline()):
        assert line, process.stderr.read()
