"""The attacks that need the command line: hostile working directories, names and paths.

One run of `grader grade` stands in a directory full of planted files and grades all odd
paths between the two neighbours. If it goes wrong, each path is tried alone to find the cause.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path

from grader.model import Isolation
from grader.redteam.attack import Attack
from grader.redteam.ground import Ground

__all__ = ["run_commands"]

_SECONDS = 240
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_WORKFLOW = re.compile(r"^\s*::|##\[", re.MULTILINE)
_KNOWN_CODES = {0, 1, 2, 4}


def run_commands(
    ground: Ground,
    planted: Sequence[Attack],
    paths: Mapping[str, Path],
    required: Isolation,
    ben: Fraction,
) -> dict[str, list[str]]:
    """What went wrong, by attack.

    Args:
        ground: where it takes place.
        planted: files for the working directory.
        paths: what to hand in, by attack.
        required: passed on as --tier.
        ben: the points that the second neighbour must get.
    """
    found: dict[str, list[str]] = {}
    if not planted and not paths:
        return found
    work = _plant(ground, planted)
    line = _CommandLine(ground, work, required, ben)
    problems = line.grade(list(paths.values()))
    for attack in planted:
        ran = (work / f"ran-{attack.name}").exists()
        found[attack.id] = ["its code ran in the trusted process"] if ran else []
    if not problems:
        return found
    if not paths:
        return {attack.id: found[attack.id] + problems for attack in planted}
    _blame(line, list(paths), paths, problems, found)
    return found


def _blame(
    line: _CommandLine,
    names: Sequence[str],
    paths: Mapping[str, Path],
    problems: list[str],
    found: dict[str, list[str]],
) -> None:
    """Halve the attacks that went wrong together until each cause stands alone."""
    if len(names) == 1:
        found.setdefault(names[0], []).extend(problems)
        return
    half = len(names) // 2
    is_found = False
    for part in (names[:half], names[half:]):
        again = line.grade([paths[name] for name in part])
        if again:
            is_found = True
            _blame(line, part, paths, again, found)
    if not is_found:
        told = [f"together with {len(names) - 1} others: {problem}" for problem in problems]
        found.setdefault(names[0], []).extend(told)


def _plant(ground: Ground, planted: Sequence[Attack]) -> Path:
    """The working directory; code in it leaves a file named after the attack."""
    work = ground.folder / "work"
    work.mkdir()
    for attack in planted:
        path = work / (attack.plant or attack.path.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(attack.text or attack.path.read_text(encoding="utf-8"), encoding="utf-8")
    return work


def _program() -> list[str | Path]:
    """The command as installed. `python -m grader` finds a folder `grader` of the working directory
    before any code of ours runs; `-P` keeps Python from looking there."""
    script = Path(sys.executable).with_name("grader")
    return [script] if script.exists() else [sys.executable, "-P", "-m", "grader"]


class _CommandLine:
    """Runs of `grader grade` on the ground."""

    def __init__(self, ground: Ground, work: Path, required: Isolation, ben: Fraction) -> None:
        self._ground = ground
        self._work = work
        self._required = required
        self._ben = ben
        self._runs = 0

    def grade(self, paths: Sequence[Path]) -> list[str]:
        """Grade the paths between the neighbours; what went wrong."""
        self._runs += 1
        out = self._ground.folder / f"out-{self._runs}"
        before = self._files()
        ada, ben = (self._ground.inbox / f"{name}.py" for name in ("ada", "ben"))
        command: list[str | Path] = [*_program(), "grade", ada, *paths, ben]
        command += ["--course", self._ground.course.root, "--out", out, "--exit-zero"]
        command += ["--tier", self._required.value]
        cache = {"XDG_CACHE_HOME": str(self._ground.folder / "cache"), "COLUMNS": "200"}
        try:
            done = subprocess.run(
                command,
                cwd=self._work,
                env={**os.environ, **cache},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return ["the command line hangs"]
        said = (done.stdout + done.stderr).decode("utf-8", "surrogateescape")
        return [
            *self._said(said, done.returncode),
            *self._scores(out),
            *(f"it wrote {path}" for path in sorted(self._files() - before)),
        ]

    def _said(self, text: str, code: int) -> Iterator[str]:
        if code not in _KNOWN_CODES:
            yield f"the command line ends with {code}: {text[-300:]!r}"
        if _CONTROL.search(text):
            yield "control characters reach the terminal"
        if _WORKFLOW.search(text):
            yield "a workflow command stands at the start of a line"
        if "Traceback" in text or "internal error" in text:
            yield f"the command line breaks: {text[-300:]!r}"

    def _scores(self, out: Path) -> Iterator[str]:
        """Whoever has a neighbour's bytes is that neighbour: attackers may take their names."""
        points: dict[str, Fraction] = {}
        for path in out.glob("*/results.json"):
            result = json.loads(path.read_bytes())
            tests = [
                test
                for exercise in result["exercises"]
                for function in exercise["functions"]
                for test in function["tests"]
            ]
            digest = result["submission"]["sha256"]
            points[digest] = sum((Fraction(test["points"]) for test in tests), Fraction(0))
        for name, wanted in (("ada", Fraction(12)), ("ben", self._ben)):
            got = points.get(self._ground.neighbour(name).sha256)
            if got is None:
                yield f"there are no results for {name}"
            elif got != wanted:
                yield f"the score of {name} changed"

    def _files(self) -> set[str]:
        """Everything on the ground but where the command is to write, and its planted files."""
        outside = {"inbox", "cache", "work", f"out-{self._runs}"}
        return {
            str(path.relative_to(self._ground.folder))
            for path in self._ground.folder.rglob("*")
            if path.relative_to(self._ground.folder).parts[0] not in outside
            and not str(path).startswith(str(self._ground.course.root / "gradebook"))
        }
