"""The proof of one exercise, finding by finding; nothing is printed here.

proved for every exercise                               evidence
the texts state what is tested                          docstrings of reference.py
reference and accepted solutions pass at full points    run over several seeds
the stub scores 0                                       run
each wrong answer fails and gets its own hint           run and diagnosed
run_time_error, time_limit_exceeded, forbidden          their verdicts
each hidden test rejects a wrong answer                 the runs above

What runs with the first seed runs in one session, and the answers of wrong answers that come of
it are their tables too: nothing runs twice.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path, PurePosixPath

from grader.catalog import Exercise, WrongAnswer
from grader.compare import CheckKind, Recording
from grader.errors import ExerciseError
from grader.misconceptions import Table, matching
from grader.model import ExerciseResult, FunctionResult, FunctionState, Submission, Verdict
from grader.pipeline import Diagnosis, hint_of, wrong_answer_submission
from grader.runner import Graded, collect, run
from grader.sandbox import Sandbox
from grader.scoring import TestPlan, spread
from grader.verify.findings import Proof, line_of
from grader.verify.reading import check_texts
from grader.verify.stubs import import_problems

__all__ = ["Advance", "impatient", "prove", "runs_of"]

Advance = Callable[[int], None]
"""Told how many runs have ended since it was told last."""

TIME_LIMIT = "time_limit_exceeded"
SAMPLES: Mapping[str, Verdict] = {
    "run_time_error": Verdict.ERROR,
    TIME_LIMIT: Verdict.TIMEOUT,
    "forbidden": Verdict.FORBIDDEN,
}
IMPATIENT_SECONDS = 1.0  # a loop costs two of these; what ends at all ends in milliseconds


def prove(
    exercise: Exercise,
    sandbox: Sandbox,
    *,
    seed: int = 0,
    seeds: int = 3,
    advance: Advance = lambda count: None,
) -> Proof:
    """Run everything that an exercise ships.

    Args:
        seed: of the runs of wrong answers and samples.
        seeds: over how many seeds the accepted solutions must pass.
        advance: for showing progress.

    Raises:
        ExerciseError: a file is missing or cannot be loaded at all.
    """
    started = time.monotonic()
    plans = collect(exercise)
    proof = Proof(slug=exercise.slug, plans=plans, points=_points(exercise, plans))
    check_texts(exercise, proof, ["accepted", *SAMPLES])
    prover = _Prover(exercise, sandbox, proof, advance)
    if prover.check_first_seed(seed):
        for further in range(seed + 1, seed + seeds):
            prover.check_accepted(prover.run(prover.accepted, further), further)
        prover.check_time_limit(seed)
    proof.seconds = time.monotonic() - started
    return proof


def runs_of(exercise: Exercise, seeds: int) -> int:
    """How many runs a proof takes: the whole that `advance` counts up to."""
    samples = sum(len(exercise.samples(kind)) for kind in SAMPLES)
    return seeds * (1 + len(exercise.samples("accepted"))) + len(exercise.wrong_answers) + samples


def impatient(exercise: Exercise) -> Exercise:
    """The exercise with a short time limit, for code that is expected to loop."""
    wall_seconds = min(exercise.limits.wall_seconds, IMPATIENT_SECONDS)
    return replace(exercise, limits=replace(exercise.limits, wall_seconds=wall_seconds))


def _points(exercise: Exercise, plans: Sequence[TestPlan]) -> dict[str, Fraction]:
    points: dict[str, Fraction] = {}
    for function in exercise.functions:
        own = [plan for plan in plans if plan.function == function.name]
        if own:
            points |= spread(function.points, exercise.shares, own)
        elif function.name in exercise.names:
            raise ExerciseError(
                f"{exercise.hidden_tests}: no test is of=`{function.name}`; "
                "write one, or take the function out of exercise.toml"
            )
    return points


class _Prover:
    """Runs what an exercise ships, and looks at what comes of it."""

    def __init__(
        self, exercise: Exercise, sandbox: Sandbox, proof: Proof, advance: Advance
    ) -> None:
        self.exercise = exercise
        self.accepted = [exercise.reference, *exercise.samples("accepted")]
        self._sandbox = sandbox
        self._proof = proof
        self._advance = advance
        self._is_known: set[Path] = set()  # what fails with one seed is told once

    def run(
        self, paths: Sequence[Path], seed: int, exercise: Exercise | None = None
    ) -> list[Graded]:
        submissions = [_module(self.exercise, path) for path in paths]
        return list(self._graded(exercise or self.exercise, submissions, seed))

    def _graded(
        self, exercise: Exercise, submissions: Sequence[Submission], seed: int
    ) -> Iterator[Graded]:
        for one in run([exercise], submissions, self._sandbox, seed=seed):
            self._advance(1)
            yield one

    def check_first_seed(self, seed: int) -> bool:
        """Everything but loops, in one session, so that the oracle answers once.

        False: a test is broken. What it says of a submission proves nothing, so it is told alone.
        """
        exercise, wrong = self.exercise, self.exercise.wrong_answers
        stub = exercise.folder / f"{exercise.slug}.py"
        others = [p for kind in SAMPLES if kind != TIME_LIMIT for p in exercise.samples(kind)]
        modules = [*self.accepted, *([stub] if stub.is_file() else []), *others]
        submissions = [_module(exercise, path) for path in modules]
        submissions += [wrong_answer_submission(exercise, one) for one in wrong]
        graded = list(self._graded(exercise, submissions, seed))
        if self._find_broken_tests(graded):
            return False
        by_path = dict(zip(modules, graded, strict=False))
        self.check_accepted([by_path[path] for path in self.accepted], seed)
        self._check_stub(stub, by_path.get(stub))
        for path in others:
            self._check_sample(path, by_path[path])
        self._check_wrong_answers(graded[len(modules) :], seed)
        return True

    def _find_broken_tests(self, graded: Sequence[Graded]) -> bool:
        functions = itertools.chain.from_iterable(one.exercises[0].functions for one in graded)
        tests = itertools.chain.from_iterable(function.tests for function in functions)
        told = {test.id: test.sentence for test in tests if test.verdict is Verdict.INTERNAL}
        for test_id, sentence in told.items():
            self._proof.find(
                self.exercise.hidden_tests,
                f"`{test_id}`: {sentence}",
                "mend the test; nothing else was proved",
                self._line_of_test(test_id),
            )
        return bool(told)

    def _line_of_test(self, test_id: str) -> int | None:
        return line_of(self.exercise.hidden_tests, f"test_{test_id.rpartition('::')[2]}")

    def check_accepted(self, graded: Sequence[Graded], seed: int) -> None:
        self._proof.accepted = len(self.accepted)
        folder = self.exercise.reference.with_name("accepted")
        if len(self.accepted) < 3 and folder not in self._is_known:
            self._is_known.add(folder)
            self._proof.find(
                folder,
                f"{len(self.accepted) - 1} accepted solutions beside the reference",
                "write at least two, by different routes",
            )
        for path, one in zip(self.accepted, graded, strict=True):
            if path in self._is_known:
                continue
            for function, problem in _not_passed(one.exercises[0]):
                self._is_known.add(path)
                self._proof.find(
                    path,
                    f"fails {problem} (seed {seed})",
                    "mend the solution, or the test if the solution is right",
                    line_of(path, function),
                )

    def _check_stub(self, stub: Path, graded: Graded | None) -> None:
        if graded is None:
            self._proof.find(stub, "missing", "run `grader release --stubs`")
            return
        for note in import_problems(self.exercise, stub, self._sandbox):
            self._proof.find(
                stub,
                f"cannot be imported as it is handed out: {note.text}",
                "mend reference.py outside of its solution, then run `grader release --stubs`",
                note.line,
            )
        for function in graded.exercises[0].functions:
            if function.points or function.state.value != "STUB":
                self._proof.find(
                    stub,
                    f"`{function.name}` of the stub is {function.state.value} and scores "
                    f"{function.points}",
                    "run `grader release --stubs`; a stub scores 0",
                    line_of(stub, function.name),
                )

    def check_time_limit(self, seed: int) -> None:
        paths = self.exercise.samples(TIME_LIMIT)
        for path, one in zip(paths, self.run(paths, seed, impatient(self.exercise)), strict=True):
            self._check_sample(path, one)

    def _check_sample(self, path: Path, graded: Graded) -> None:
        self._proof.samples += 1
        wanted = SAMPLES[path.parent.name]
        functions = graded.exercises[0].functions
        got = {f.verdict for f in functions} | {t.verdict for f in functions for t in f.tests}
        if wanted not in got:
            self._proof.find(
                path,
                f"gets {', '.join(sorted(v.value for v in got))}, not {wanted.value}",
                "mend the sample, or move it to the folder of what it gets",
            )

    def _check_wrong_answers(self, graded: Sequence[Graded], seed: int) -> None:
        exercise, slug = self.exercise, self.exercise.slug
        pairs = list(zip(exercise.wrong_answers, graded, strict=True))
        diagnosis = Diagnosis(self._sandbox, seed)
        diagnosis.know(
            exercise, {w: g.recordings.get(slug, Recording()).answers() for w, g in pairs}
        )
        self._proof.wrong_answers = len(pairs)
        rejected: set[str] = set()
        for wrong, one in pairs:
            recording = one.recordings.get(slug, Recording())
            self._check_borrowed_hint(wrong, recording, diagnosis)
            result = diagnosis.explain(exercise, one.exercises[0], recording)
            function = next(f for f in result.functions if f.name == wrong.function)
            rejected |= _failed(function)
            self._check_wrong_answer(wrong, function, recording, diagnosis)
        for plan in self._proof.plans:
            if plan.id not in rejected:
                self._proof.find(
                    exercise.hidden_tests,
                    f"`{plan.id}` rejects no wrong answer",
                    "add a wrong answer that only this test catches, or drop the test",
                    self._line_of_test(plan.id),
                )

    def _check_borrowed_hint(
        self, wrong: WrongAnswer, recording: Recording, diagnosis: Diagnosis
    ) -> None:
        """One hint may serve several mistakes only where their answers are the same."""
        tables = diagnosis.tables(self.exercise, wrong.function)
        lenders = {t.name for t in tables if t.hint == hint_of(wrong)} - {wrong.name}
        if not lenders:
            return
        for name in sorted(lenders - _alike(wrong, recording, tables)):
            self._proof.find(
                wrong.path,
                f"has the hint of `{name}`, but other answers",
                "write a hint for this mistake",
                1,
            )

    def _check_wrong_answer(
        self,
        wrong: WrongAnswer,
        function: FunctionResult,
        recording: Recording,
        diagnosis: Diagnosis,
    ) -> None:
        line = line_of(wrong.path, wrong.function)
        if function.state is not FunctionState.WRITTEN:
            self._proof.find(
                wrong.path,
                f"has no written `{wrong.function}`, so that it proves nothing",
                f"write the mistake as `{wrong.function}`, like its folder",
            )
            return
        if function.verdict is Verdict.PASSED:
            self._proof.find(
                wrong.path,
                "passes every test",
                "add a case that shows the mistake, or remove it if it is none",
                line,
            )
            return
        hint = hint_of(wrong)
        hints = {test.hint for test in function.tests if test.hint}
        self._proof.hinted += hint in hints
        for other in sorted(hints - {hint}):
            self._proof.find(
                wrong.path,
                f"gets the hint of another mistake: {other!r}",
                "add cases that tell the two apart",
                1,
            )
        batches = list(recording.of(wrong.function))
        # tests that look at answers themselves leave nothing to lay beside a table
        compared = {b.test_id for b in batches if b.asked.check.kind is not CheckKind.DIRECT}
        if hint in hints or not _failed(function) & compared:
            return
        tables = diagnosis.tables(self.exercise, wrong.function)
        like = _alike(wrong, recording, tables)
        alike = ", ".join(f"`{name}`" for name in sorted(like))
        self._proof.find(
            wrong.path,
            "fails, but its own hint is not given"
            + (f": its answers are those of {alike} too" if alike else ""),
            "add cases that tell them apart, or give them one and the same hint"
            if alike
            else "add cases (three finite ones) that show this mistake and no other one",
            line,
        )


def _alike(wrong: WrongAnswer, recording: Recording, tables: Sequence[Table]) -> set[str]:
    """The other wrong answers that give the same in some group of cases."""
    found = matching(list(recording.of(wrong.function)), tables)
    return {table.name for tables in found.values() for table in tables} - {wrong.name}


def _module(exercise: Exercise, path: Path) -> Submission:
    name = PurePosixPath(f"{exercise.slug}.py")
    return Submission(name=f"{path.parent.name}/{path.name}", files={name: path.read_bytes()})


def _failed(function: FunctionResult) -> set[str]:
    return {test.id for test in function.tests if test.verdict is not Verdict.PASSED}


def _not_passed(result: ExerciseResult) -> Iterator[tuple[str, str]]:
    """(function, what it failed and how)."""
    for function in result.functions:
        if function.verdict is Verdict.PASSED and function.points == function.max_points:
            continue
        if function.sentence:
            yield function.name, f"`{function.name}`: {function.sentence}"
        for test in function.tests:
            if test.verdict is not Verdict.PASSED:
                said = test.mismatch.sentence if test.mismatch else test.sentence
                call = f" in {test.mismatch.call}" if test.mismatch else ""
                yield function.name, f"`{test.id}`: {test.verdict.value}, {said}{call}"
