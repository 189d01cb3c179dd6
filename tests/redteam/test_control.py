"""Every attack that reads or forges succeeds against a naive grader: so the suite can fail.

These run outside any sandbox. They are ours, and they read, print and forge in a temporary folder.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.redteam import attacks
from grader.redteam.attack import ROOT
from grader.redteam.ground import laid
from grader.redteam.secrets import TOKEN

SECONDS = 240
WRONG = "def open_vault(n):\n    return 0\n\n\ndef double(x):\n    return x * 3\n"


def is_run(attack):
    return attack.row.startswith(("read_", "forge_")) and attack.control in ("", "ptrace")


HANDED_IN = [a for a in attacks() if is_run(a) and a.kind == "submission" and not a.needs]
PLANTED = [a for a in attacks() if is_run(a) and a.kind == "planted"]


def may_read_parents():
    scope = Path("/proc/sys/kernel/yama/ptrace_scope")
    return os.geteuid() == 0 or not scope.exists() or scope.read_text().strip() == "0"


@pytest.fixture(scope="module")
def naive(tmp_path_factory):
    """What the naive grader makes of every attack: points, and what could be read of its output."""
    with laid() as ground:
        base = ground.folder / "naive"
        folders = {}  # what one leaves behind, a second one finds
        for attack in HANDED_IN:
            for turn in ("first", "second") if attack.name.startswith("dropped") else ("first",):
                folder = folders[attack.id, turn] = base / f"{attack.row}.{attack.name}.{turn}"
                prepare(ground, folder, attack.path.read_text(), attack.files)
        prepare(ground, base / "wrong", WRONG, {})
        command = [sys.executable, str(ROOT / "naive.py"), *map(str, folders.values())]
        environment = {
            **os.environ,
            "PYTHONWARNINGS": "ignore",
            "HOME": str(ground.folder / "home"),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        done = subprocess.run(
            [*command, str(base / "wrong")],
            env=environment,
            close_fds=False,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=True,
        )
        points = dict(line.rsplit(" ", 1) for line in done.stdout.splitlines())
        found = {
            key: (int(points[str(folder)]), tokens_in(folder)) for key, folder in folders.items()
        }
        found["wrong", ""] = (int(points[str(base / "wrong")]), tokens_in(base / "wrong"))
        yield found
        for place in ("/tmp", "/var/tmp", "/dev/shm", "/run"):
            for left in Path(place).glob(f"{ground.mark}-drop"):
                left.unlink()


def prepare(ground, folder, source, files):
    folder.mkdir(parents=True)
    (folder / "attack.py").write_text(source)
    shared = {str(name): data.decode() for name, data in ground.shared_files.items()}
    for name, text in {**shared, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    tests = (ROOT / "naive_tests.py").read_text()
    (folder / "test_naive.py").write_text(ground.tokens.in_place(tests))
    if not (folder / "oracle.py").exists():
        shutil.copy(ground.course.exercise("vault").oracle, folder / "oracle.py")


def tokens_in(folder):
    path = folder / "output.txt"
    return set(TOKEN.findall(path.read_bytes())) if path.exists() else set()


@pytest.mark.parametrize("attack", HANDED_IN, ids=lambda attack: attack.id)
def test_it_succeeds_against_a_naive_grader(naive, attack):
    if attack.control == "ptrace" and not may_read_parents():
        pytest.skip("this system lets no process read its parent")
    outcomes = [found for (name, _), found in naive.items() if name == attack.id]
    assert any(points > 0 or tokens for points, tokens in outcomes)


def test_a_wrong_answer_without_an_attack_gets_nothing_from_it(naive):
    points, tokens = naive["wrong", ""]
    assert points == 0
    assert not {token for token in tokens if not token.startswith(b"input")}


@pytest.mark.parametrize("attack", PLANTED, ids=lambda attack: attack.id)
def test_its_code_runs_where_tests_are_started_as_usual(attack, tmp_path):
    for one in attacks("forge_working_directory"):
        if one.name in {attack.name, "pytest_plugin", "pytest_ini"}:
            text = one.text or one.path.read_text()
            (tmp_path / one.plant).write_text(text)
    (tmp_path / "test_anything.py").write_text("import torch\n\n\ndef test_it():\n    pass\n")
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "test_anything.py"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": "."},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (tmp_path / f"ran-{attack.name}").exists()


def test_every_other_reading_or_forging_attack_says_why_it_has_no_control():
    without = [
        attack
        for attack in attacks()
        if re.match("read_|forge_", attack.row) and attack not in (*HANDED_IN, *PLANTED)
    ]
    assert [attack.id for attack in without if not (attack.control or attack.needs)] == []
