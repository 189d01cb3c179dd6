"""What there is to grade: courses, assignments and exercises, from their folders on disk.

    ROOT/course.toml
    ROOT/exercises/<slug>/exercise.toml, README.md, <slug>.py, <slug>.ipynb, test_public.py
    ROOT/solutions/<slug>/reference.py, oracle.py, test_hidden.py, accepted/*.py,
                          wrong_answer/<function>/<misconception>.py,
                          run_time_error/*.py, time_limit_exceeded/*.py, forbidden/*.py

Files are named and hashed here, never run.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from grader.config import (
    AssignmentFile,
    CourseFile,
    ExecutionSettings,
    ExerciseFile,
    TierShares,
    TrainingSettings,
    read_settings,
)
from grader.errors import CourseError, ExerciseError, UsageError
from grader.model import Limits

__all__ = [
    "Assignment",
    "Course",
    "Exercise",
    "Function",
    "WrongAnswer",
    "find_course_root",
    "load_course",
    "load_exercise",
]


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """One function to write."""

    name: str
    points: Fraction
    requires: tuple[str, ...]
    forbidden: tuple[str, ...]
    by: str = "tests"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongAnswer:
    """A known mistake: one function, its name, and the hint in its docstring's place."""

    function: str
    name: str
    path: Path


_DEFAULT_EXECUTION = ExecutionSettings()


@dataclass(frozen=True, kw_only=True)
class Exercise:
    """One topic. `solutions` is None where only the students' half is at hand."""

    slug: str
    title: str
    concept: str
    functions: tuple[Function, ...]
    imports: tuple[str, ...]
    limits: Limits
    shares: TierShares
    profile: str
    notebook: str
    folder: Path
    solutions: Path | None
    training: TrainingSettings | None = None
    execution: ExecutionSettings = _DEFAULT_EXECUTION

    @property
    def is_executed(self) -> bool:
        """Whether notebooks are run from top to bottom before their functions are tested."""
        return self.notebook == "execute"

    def function(self, name: str) -> Function:
        return next(function for function in self.functions if function.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """The functions that hidden tests ask; a training run decides the others."""
        return tuple(function.name for function in self.functions if function.by == "tests")

    @property
    def trained(self) -> tuple[Function, ...]:
        """What a training run decides."""
        return tuple(function for function in self.functions if function.by == "training")

    @property
    def public_tests(self) -> Path:
        return self.folder / "test_public.py"

    @property
    def hidden_tests(self) -> Path:
        return self._solution_file("test_hidden.py")

    @property
    def oracle(self) -> Path:
        return self._solution_file("oracle.py")

    @property
    def reference(self) -> Path:
        return self._solution_file("reference.py")

    def samples(self, kind: str) -> tuple[Path, ...]:
        """The sample solutions in a folder: "accepted", "run_time_error", "forbidden" …"""
        return tuple(sorted((self._solution_folder() / kind).glob("*.py")))

    @cached_property
    def wrong_answers(self) -> tuple[WrongAnswer, ...]:
        found = sorted((self._solution_folder() / "wrong_answer").glob("*/*.py"))
        for path in found:
            if path.parent.name not in self.names:
                raise ExerciseError(
                    f"{path}: `{path.parent.name}` is not a function of {self.slug}; "
                    f"its functions are {_listed(self.names)}"
                )
        return tuple(WrongAnswer(function=p.parent.name, name=p.stem, path=p) for p in found)

    @cached_property
    def score_fingerprint(self) -> str:
        """Changes whenever a score could: oracle, hidden tests, settings."""
        files = [self.folder / "exercise.toml"]
        if self.solutions is not None:
            files += [self.oracle, self.hidden_tests]
        return _fingerprint(files, self._mode())

    @cached_property
    def feedback_fingerprint(self) -> str:
        """Changes whenever a hint could, though no score does."""
        return _fingerprint([w.path for w in self.wrong_answers] if self.solutions else [])

    def _solution_folder(self) -> Path:
        if self.solutions is None:
            raise ExerciseError(f"{self.slug}: there is no solutions/{self.slug} folder here")
        return self.solutions

    def _mode(self) -> str:
        """How functions come to be; not only in exercise.toml, since options may say otherwise."""
        if not self.is_executed:
            return ""
        engine = self.execution.engine
        return "execute" if engine == "ipython" else f"execute by {engine}"

    def _solution_file(self, name: str) -> Path:
        path = self._solution_folder() / name
        if not path.is_file():
            raise ExerciseError(f"{path}: missing; every exercise needs one")
        return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A set of exercises handed out together."""

    name: str
    exercises: tuple[Exercise, ...]
    settings: AssignmentFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Everything below one course.toml."""

    root: Path
    settings: CourseFile
    exercises: Mapping[str, Exercise]
    assignments: Mapping[str, Assignment]

    def exercise(self, slug: str) -> Exercise:
        return _named(self.exercises, slug, "exercise")

    def assignment(self, name: str) -> Assignment:
        return _named(self.assignments, name, "assignment")

    def chosen(self, name: str | None) -> Assignment:
        """The assignment of this name; without one the course's default, or the only one.

        Raises:
            UsageError: there is none of this name, or nothing says which one is meant.
        """
        if name or self.settings.default:
            return self.assignment(name or self.settings.default)
        if len(self.assignments) == 1:
            return next(iter(self.assignments.values()))
        raise UsageError(
            f"name the assignment with --assignment NAME ({_listed(self.assignments) or 'none'}), "
            f"or write `default = NAME` into {self.root / 'course.toml'}"
        )


def find_course_root(start: Path) -> Path:
    """The nearest folder at or above `start` with a course.toml.

    Raises:
        UsageError: there is none.
    """
    for folder in (start, *start.parents):
        if (folder / "course.toml").is_file():
            return folder
    raise UsageError(
        f"no course.toml in {start} or above it; go to the course's folder or name it with --course"
    )


def load_course(root: Path) -> Course:
    """Read course.toml and every exercise below `root`.

    Raises:
        CourseError, ExerciseError: with file, setting and remedy.
    """
    root = root.resolve()
    settings = read_settings(root / "course.toml", CourseFile)
    exercises = {
        path.parent.name: load_exercise(path.parent, root / "solutions" / path.parent.name)
        for path in sorted((root / "exercises").glob("*/exercise.toml"))
    }
    _check_unique(exercises.values())
    assignments = {
        name: Assignment(
            name=name,
            settings=assignment,
            exercises=tuple(_member(exercises, slug, root, name) for slug in assignment.exercises),
        )
        for name, assignment in settings.assignment.items()
    }
    if settings.default and settings.default not in assignments:
        raise CourseError(
            f"{root / 'course.toml'}: `default` names no assignment"
            + _suggestion(settings.default, assignments)
        )
    return Course(root=root, settings=settings, exercises=exercises, assignments=assignments)


def load_exercise(folder: Path, solutions: Path | None = None) -> Exercise:
    """Read one exercise; `solutions` that does not exist counts as not at hand.

    Raises:
        CourseError: exercise.toml is missing or wrong.
    """
    settings = read_settings(folder / "exercise.toml", ExerciseFile)
    return Exercise(
        slug=folder.name,
        title=settings.title,
        concept=settings.concept,
        functions=tuple(
            Function(
                name=name, points=f.points, requires=f.requires, forbidden=f.forbidden, by=f.by
            )
            for name, f in settings.functions.items()
        ),
        imports=settings.imports,
        limits=settings.limits.limits(),
        shares=settings.tiers,
        profile=settings.profile,
        notebook=settings.notebook,
        folder=folder,
        training=settings.training,
        execution=settings.execution,
        solutions=solutions if solutions is not None and solutions.is_dir() else None,
    )


def _check_unique(exercises: Iterable[Exercise]) -> None:
    owner: dict[str, Exercise] = {}
    for exercise in exercises:
        for name in exercise.names:
            if name in owner:
                raise CourseError(
                    f"{exercise.folder / 'exercise.toml'}: function `{name}` is already one of "
                    f"{owner[name].slug}; names are unique in a course, so rename one of them"
                )
            owner[name] = exercise
    for exercise in exercises:
        for function in exercise.functions:
            for name in function.requires:
                if name not in owner:
                    raise CourseError(
                        f"{exercise.folder / 'exercise.toml'}: `{function.name}` requires "
                        f"`{name}`, which no exercise has"
                    )


def _named(things: Mapping[str, _T], name: str, kind: str) -> _T:
    if name in things:
        return things[name]
    raise UsageError(f"there is no {kind} `{name}`{_suggestion(name, things)}")


def _member(exercises: Mapping[str, Exercise], slug: str, root: Path, name: str) -> Exercise:
    if slug in exercises:
        return exercises[slug]
    folder = root / "exercises" / slug
    if folder.is_dir():
        raise CourseError(f"{folder / 'exercise.toml'}: missing; write it, or take the folder out")
    told = f"{root / 'course.toml'}: assignment {name}: there is no exercise `{slug}`"
    raise CourseError(told + _suggestion(slug, exercises))


def _suggestion(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f"; did you mean `{near[0]}`?"
    return f"; there are {_listed(names)}" if names else "; there are none yet"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _fingerprint(files: Iterable[Path], mode: str = "") -> str:
    digest = hashlib.sha256(mode.encode())
    for path in files:
        data = path.read_bytes()
        digest.update(f"{path.parent.name}/{path.name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()[:16]
