"""Makes classes for benchmarks: the course's own accepted and wrong answers, no two alike."""

from __future__ import annotations

import ast
import itertools
import os
import random
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Workload:
    """What is asked of each submission: all hidden tests of these exercises, or that many."""

    exercises: tuple[str, ...]
    tests: int | None = None


WEEK = Workload(("output_size", "padding", "relu"))
SHORT = Workload(("normalization", "output_size", "padding"), tests=20)
WORKLOADS = {"week": WEEK, "short": SHORT}


def copy_course(folder: Path, workload: Workload = WEEK) -> Path:
    """The course, with a gradebook and reports of its own, and one assignment: the workload."""
    for name in ("exercises", "solutions"):
        shutil.copytree(ROOT / name, folder / name)
    listed = ", ".join(f'"{slug}"' for slug in workload.exercises)
    (folder / "course.toml").write_text(
        'title = "Benchmark"\ntime_zone = "UTC"\ndefault = "week1"\n\n'
        f'[assignment.week1]\ntitle = "Week 1"\nexercises = [{listed}]\nseed = 20260301\n',
        encoding="utf-8",
    )
    if workload.tests is not None:
        files = [folder / "solutions" / slug / "test_hidden.py" for slug in workload.exercises]
        keep_tests(files, workload.tests)
    return folder


def keep_tests(files: Sequence[Path], count: int) -> None:
    """Leave so many tests in these files, one of each function in turn, from the first on."""
    tests: dict[tuple[Path, str], list[str]] = defaultdict(list)
    for path in files:
        for test in hidden_tests(path):
            tests[path, function_of(test)].append(test.name)
    turns = itertools.zip_longest(*([(k, name) for name in v] for k, v in tests.items()))
    in_turn = [one for turn in turns for one in turn if one is not None]
    kept = {(path, name) for (path, _), name in in_turn[:count]}
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for test in reversed(list(hidden_tests(path))):
            if (path, test.name) not in kept:
                del lines[test.decorator_list[0].lineno - 1 : test.end_lineno]
        path.write_text("".join(lines), encoding="utf-8")


def hidden_tests(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            yield node


def function_of(test: ast.FunctionDef) -> str:
    """Which function of the exercise a test says that it is about, in `@tier(..., of=...)`."""
    for decorator in test.decorator_list:
        for keyword in getattr(decorator, "keywords", ()):
            if keyword.arg == "of":
                return str(ast.literal_eval(keyword.value))
    return ""


def lend_course(folder: Path, workload: Workload = WEEK) -> Path:
    """The same for peers, whose tests take cases, course and exercises by these names."""
    folder.mkdir()
    course = copy_course(folder, workload)
    shutil.copy(ROOT / "grader/runner/cases.py", course / "grader_cases.py")
    os.environ["COURSE"] = str(course)
    os.environ["EXERCISES"] = " ".join(workload.exercises)
    return course


def make_class(folder: Path, size: int, *, workload: Workload = WEEK, seed: int = 1) -> Path:
    """`size` folders with one module for each exercise; three in four modules are right."""
    draw = random.Random(seed)
    for number in range(size):
        student = folder / f"s{number:05}"
        student.mkdir(parents=True)
        for slug in workload.exercises:
            text = module(slug, draw) + f"\n# {number}\n"
            (student / f"{slug}.py").write_text(text, encoding="utf-8")
    return folder


def module(slug: str, draw: random.Random) -> str:
    """One module: an accepted solution, in one of four cases with a mistake behind it."""
    solutions = ROOT / "solutions" / slug
    text = draw.choice(sorted((solutions / "accepted").glob("*.py"))).read_text(encoding="utf-8")
    if draw.random() < 0.25:
        wrong = draw.choice(sorted((solutions / "wrong_answer").glob("*/*.py")))
        text += "\n\n" + wrong.read_text(encoding="utf-8")
    return text


def modules(folder: Path) -> list[Path]:
    """The modules of a class, by student and name."""
    return sorted(itertools.chain.from_iterable(f.glob("*.py") for f in folder.iterdir()))
