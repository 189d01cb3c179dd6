"""Which generic mutants of an exercise no hidden test rejects, and whether that is explained.

solutions/<slug>/survivors.toml holds a reason for each, by function and change:

    [conv_out]
    "`stride < 1` -> `stride <= 0`" = "equivalent: strides are whole numbers"
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from grader.catalog import Exercise
from grader.errors import ExerciseError
from grader.model import Submission, Verdict
from grader.runner import run
from grader.sandbox import Sandbox
from grader.verify.findings import Finding
from grader.verify.mutants import Mutant, mutants
from grader.verify.proof import impatient

__all__ = ["MAX_SHARE", "Survival", "as_submission", "mutants_of", "survive"]

MAX_SHARE = 0.05  # of all mutants of a course


@dataclass(slots=True, kw_only=True)
class Survival:
    """What came of the mutants of one exercise."""

    slug: str
    mutants: int = 0
    survivors: tuple[Mutant, ...] = ()
    explained: int = 0
    seconds: float = 0.0
    findings: list[Finding] = field(default_factory=list)


def survive(
    exercise: Exercise,
    sandbox: Sandbox,
    *,
    seed: int = 0,
    advance: Callable[[int], None] = lambda count: None,
) -> Survival:
    """Run all mutants of an exercise.

    Raises:
        ExerciseError: a file is missing or cannot be read.
    """
    started = time.monotonic()
    survival = Survival(slug=exercise.slug)
    reasons = _reasons(exercise)
    every = mutants_of(exercise)
    survivors = []
    submissions = [as_submission(exercise, mutant) for mutant in every]
    graded = run([impatient(exercise)], submissions, sandbox, seed=seed)
    for mutant, one in zip(every, graded, strict=True):
        function = next(f for f in one.exercises[0].functions if f.name == mutant.function)
        if function.verdict is Verdict.PASSED:
            survivors.append(mutant)
        advance(1)
    survival.mutants, survival.survivors = len(every), tuple(survivors)
    _compare(exercise, survival, reasons)
    survival.seconds = time.monotonic() - started
    return survival


def mutants_of(exercise: Exercise) -> tuple[Mutant, ...]:
    """The mutants of all functions that hidden tests ask."""
    source = exercise.reference.read_text(encoding="utf-8")
    names = exercise.names
    return tuple(mutant for name in names for mutant in mutants(source, name, names))


def as_submission(exercise: Exercise, mutant: Mutant) -> Submission:
    """The mutant as if it had been handed in."""
    path = PurePosixPath(f"{exercise.slug}.py")
    name = f"{mutant.function}: {mutant.change}"
    return Submission(name=name, files={path: mutant.source.encode()})


def _path(exercise: Exercise) -> Path:
    return exercise.reference.with_name("survivors.toml")


def _reasons(exercise: Exercise) -> Mapping[tuple[str, str], str]:
    path = _path(exercise)
    if not path.is_file():
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return {(name, change): str(why) for name, t in tables.items() for change, why in t.items()}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, AttributeError) as error:
        raise ExerciseError(
            f"{path}: {error}; it holds a table a function with a reason for each change"
        ) from None


def _compare(
    exercise: Exercise, survival: Survival, reasons: Mapping[tuple[str, str], str]
) -> None:
    """Findings: survivors without a reason, and reasons without a survivor."""
    alive = {(mutant.function, mutant.change) for mutant in survival.survivors}
    survival.explained = len(alive & reasons.keys())
    for mutant in survival.survivors:
        if not reasons.get((mutant.function, mutant.change), "").strip():
            survival.findings.append(
                Finding(
                    path=exercise.reference,
                    line=mutant.line,
                    problem=f"`{mutant.function}` passes every test with {mutant.change}",
                    remedy=f"add a case that shows it, or its reason to {_path(exercise)}",
                )
            )
    for function, change in sorted(reasons.keys() - alive):
        survival.findings.append(
            Finding(
                path=_path(exercise),
                problem=f"explains {change} of `{function}`, which no longer survives",
                remedy="take the line out",
            )
        )
