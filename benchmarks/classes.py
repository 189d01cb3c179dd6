"""Makes classes for benchmarks: the course's own accepted and wrong answers, no two alike."""

from __future__ import annotations

import itertools
import os
import random
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXERCISES = ("output_size", "padding", "relu")


def copy_course(folder: Path) -> Path:
    """The course, with a gradebook and reports of its own."""
    for name in ("exercises", "solutions"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "course.toml", folder)
    return folder


def lend_course(folder: Path) -> Path:
    """The same for peers, whose tests take cases and course by these names."""
    folder.mkdir()
    course = copy_course(folder)
    shutil.copy(ROOT / "grader/runner/cases.py", course / "grader_cases.py")
    os.environ["COURSE"] = str(course)
    return course


def make_class(folder: Path, size: int, *, seed: int = 1) -> Path:
    """`size` folders with one module for each exercise; three in four functions are right."""
    draw = random.Random(seed)
    for number in range(size):
        student = folder / f"s{number:05}"
        student.mkdir(parents=True)
        for slug in EXERCISES:
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
