"""Proofs and mutants of many exercises at once, in shards; the longest ones first."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias, TypeVar

import torch

from grader.catalog import Exercise
from grader.errors import ExerciseError
from grader.model import Isolation
from grader.sandbox import Sandbox
from grader.verify.findings import Finding, Proof
from grader.verify.proof import prove, runs_of
from grader.verify.shards import Advance, in_shards
from grader.verify.survival import MAX_SHARE, Survival, mutants_of, survive

__all__ = ["Progress", "prove_all", "survive_all"]

Progress: TypeAlias = Callable[[int, int], None]
"""Told (how many runs have ended since it was told last, how many there are in all)."""

Result = TypeVar("Result", Proof, Survival)


def prove_all(
    exercises: Sequence[Exercise],
    *,
    jobs: int,
    required: Isolation,
    seeds: int = 3,
    advance: Progress = lambda done, total: None,
) -> list[Proof]:
    """A proof of each, in the order given; what cannot be run at all is a finding of it.

    Raises:
        MachineError: boxes cannot be made.
    """

    def one(exercise: Exercise, sandbox: Sandbox, advance: Advance) -> Proof:
        try:
            return prove(exercise, sandbox, seeds=seeds, advance=advance)
        except ExerciseError as error:
            return Proof(slug=exercise.slug, findings=[_unusable(exercise, error)])

    return _each(exercises, lambda e: runs_of(e, seeds), one, jobs, required, advance)


def survive_all(
    exercises: Sequence[Exercise],
    *,
    jobs: int,
    required: Isolation,
    advance: Progress = lambda done, total: None,
) -> list[Survival]:
    """The mutants of each, in the order given.

    Raises:
        MachineError: boxes cannot be made.
    """

    def one(exercise: Exercise, sandbox: Sandbox, advance: Advance) -> Survival:
        try:
            return survive(exercise, sandbox, advance=advance)
        except ExerciseError as error:
            return Survival(slug=exercise.slug, findings=[_unusable(exercise, error)])

    found = _each(exercises, lambda e: len(mutants_of(e)), one, jobs, required, advance)
    alive, total = sum(len(s.survivors) for s in found), sum(s.mutants for s in found)
    if len(found) > 1 and alive > MAX_SHARE * total:
        finding = Finding(
            path=exercises[0].folder.parent,
            problem=f"{alive} of {total} mutants survive; {MAX_SHARE:.0%} at most",
            remedy="add cases that reject some of them",
        )
        found[-1].findings.append(finding)
    return found


_PLACE = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?: (?P<problem>.+)", re.DOTALL)


def _unusable(exercise: Exercise, error: ExerciseError) -> Finding:
    """At the file that the error names, if it begins with one of the exercise's."""
    path, line, problem = exercise.solutions or exercise.folder, None, str(error)
    named = _PLACE.fullmatch(problem)
    if named and Path(named["path"]).parent in (exercise.solutions, exercise.folder):
        path, line, problem = Path(named["path"]), named["line"], named["problem"]
    return Finding(
        path=path,
        problem=problem,
        remedy="nothing else of it was proved",
        line=int(line) if line else None,
    )


def _each(
    exercises: Sequence[Exercise],
    runs: Callable[[Exercise], int],
    one: Callable[[Exercise, Sandbox, Advance], Result],
    jobs: int,
    required: Isolation,
    advance: Progress,
) -> list[Result]:
    torch.set_num_threads(
        1
    )  # before the fork: two threads on small arrays cost more than they give
    counts = {exercise.slug: _count(exercise, runs) for exercise in exercises}
    tasks = sorted(exercises, key=lambda exercise: -counts[exercise.slug])
    total = sum(counts.values())

    @contextlib.contextmanager
    def open_shard() -> Iterator[Callable[[Exercise, Advance], Result]]:
        with Sandbox(required=required) as sandbox:
            yield lambda exercise, advance: one(exercise, sandbox, advance)

    results = in_shards(tasks, jobs, open_shard, lambda done: advance(done, total))
    found = {tasks[place].slug: result for place, result in results}
    return [found[exercise.slug] for exercise in exercises]


def _count(exercise: Exercise, runs: Callable[[Exercise], int]) -> int:
    try:
        return runs(exercise)
    except (ExerciseError, SyntaxError):
        return 0  # its proof says what is wrong with it
