"""The proof of one exercise, finding by finding; nothing is printed here.

proved for every exercise                               evidence
the texts state what is tested                          docstrings of reference.py
reference and accepted solutions pass at full points    run over several seeds
the stub scores 0                                       run
each wrong answer fails and gets its own hint           run and diagnosed
run_time_error, time_limit_exceeded, forbidden          their verdicts
each hidden test rejects a wrong answer                 the runs above
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path, PurePosixPath

from grader.catalog import Exercise, WrongAnswer
from grader.compare import CheckKind, Recording
from grader.errors import ExerciseError
from grader.model import ExerciseResult, FunctionResult, Submission, Verdict
from grader.pipeline import Diagnosis, hint_of, wrong_answer_submission
from grader.runner import collect, run
from grader.sandbox import Sandbox
from grader.scoring import TestPlan, spread
from grader.verify.texts import hint_problems, unstated

__all__ = ["Finding", "Proof", "prove"]

SAMPLES: Mapping[str, frozenset[Verdict]] = {
    "run_time_error": frozenset({Verdict.ERROR}),
    "time_limit_exceeded": frozenset({Verdict.TIMEOUT}),
    "forbidden": frozenset({Verdict.FORBIDDEN}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that is not as it must be: where, what, and what to do."""

    path: Path
    problem: str
    remedy: str


@dataclass(slots=True, kw_only=True)
class Proof:
    """What was proved of an exercise, and what was not."""

    slug: str
    plans: tuple[TestPlan, ...] = ()
    points: Mapping[str, Fraction] = field(default_factory=dict)
    accepted: int = 0
    wrong_answers: int = 0
    hinted: int = 0
    samples: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.findings


def prove(exercise: Exercise, sandbox: Sandbox, *, seed: int = 0, seeds: int = 3) -> Proof:
    """Run everything that an exercise ships.

    Args:
        seed: of the runs of wrong answers and samples.
        seeds: over how many seeds the accepted solutions must pass.

    Raises:
        ExerciseError: a file is missing or cannot be loaded at all.
    """
    plans = collect(exercise)
    proof = Proof(slug=exercise.slug, plans=plans, points=_points(exercise, plans))
    _check_texts(exercise, proof)
    rejected: set[str] = set()
    for number in range(seeds):
        _check_accepted(exercise, sandbox, seed + number, proof)
    _check_stub(exercise, sandbox, seed, proof)
    _check_wrong_answers(exercise, sandbox, seed, proof, rejected)
    _check_samples(exercise, sandbox, seed, proof)
    for plan in plans:
        if plan.id not in rejected:
            proof.findings.append(
                Finding(
                    path=exercise.hidden_tests,
                    problem=f"`{plan.id}` rejects no wrong answer",
                    remedy="add a wrong answer that only this test catches, or drop the test",
                )
            )
    return proof


def _points(exercise: Exercise, plans: Sequence[TestPlan]) -> dict[str, Fraction]:
    points: dict[str, Fraction] = {}
    for function in exercise.functions:
        own = [plan for plan in plans if plan.function == function.name]
        if not own:
            raise ExerciseError(f"{exercise.hidden_tests}: no test is of=`{function.name}`")
        points |= spread(function.points, exercise.shares, own)
    return points


def _check_texts(exercise: Exercise, proof: Proof) -> None:
    for plan, sentence in unstated(exercise, proof.plans):
        proof.findings.append(
            Finding(
                path=exercise.reference,
                problem=f"`{plan.id}` tests what the docstring does not say: {sentence!r}",
                remedy=f"write this sentence into the docstring of `{plan.function}`",
            )
        )
    for wrong in exercise.wrong_answers:
        forbidden = exercise.function(wrong.function).forbidden
        for problem in hint_problems(hint_of(wrong), forbidden):
            proof.findings.append(
                Finding(path=wrong.path, problem=f"the hint {problem}", remedy="rewrite the hint")
            )


def _module(exercise: Exercise, path: Path) -> Submission:
    name = PurePosixPath(f"{exercise.slug}.py")
    return Submission(name=f"{path.parent.name}/{path.name}", files={name: path.read_bytes()})


def _check_accepted(exercise: Exercise, sandbox: Sandbox, seed: int, proof: Proof) -> None:
    paths = [exercise.reference, *exercise.samples("accepted")]
    proof.accepted = len(paths)
    if len(paths) < 3:
        proof.findings.append(
            Finding(
                path=exercise.reference.with_name("accepted"),
                problem=f"{len(paths) - 1} accepted solutions beside the reference",
                remedy="write at least two, by different routes",
            )
        )
    results = run([exercise], [_module(exercise, p) for p in paths], sandbox, seed=seed)
    known = {finding.path for finding in proof.findings}
    for path, graded in zip(paths, results, strict=True):
        if path in known:
            continue  # what fails with one seed is told once
        for test in _tests_not_passed(graded.exercises[0]):
            proof.findings.append(
                Finding(
                    path=path,
                    problem=f"fails {test} (seed {seed})",
                    remedy="mend the solution, or the test if the solution is right",
                )
            )


def _tests_not_passed(result: ExerciseResult) -> Iterator[str]:
    for function in result.functions:
        if function.verdict is Verdict.PASSED and function.points == function.max_points:
            continue
        if function.sentence:
            yield f"`{function.name}`: {function.sentence}"
        for test in function.tests:
            if test.verdict is not Verdict.PASSED:
                said = test.mismatch.sentence if test.mismatch else test.sentence
                call = f" in {test.mismatch.call}" if test.mismatch else ""
                yield f"`{test.id}`: {test.verdict.value}, {said}{call}"


def _check_stub(exercise: Exercise, sandbox: Sandbox, seed: int, proof: Proof) -> None:
    stub = exercise.folder / f"{exercise.slug}.py"
    if not stub.is_file():
        proof.findings.append(
            Finding(path=stub, problem="missing", remedy="run `grader release --stubs`")
        )
        return
    (graded,) = run([exercise], [_module(exercise, stub)], sandbox, seed=seed)
    for function in graded.exercises[0].functions:
        if function.points or function.state.value != "STUB":
            proof.findings.append(
                Finding(
                    path=stub,
                    problem=f"`{function.name}` of the stub is {function.state.value} and scores "
                    f"{function.points}",
                    remedy="run `grader release --stubs`; a stub scores 0",
                )
            )


def _check_wrong_answers(
    exercise: Exercise, sandbox: Sandbox, seed: int, proof: Proof, rejected: set[str]
) -> None:
    diagnosis = Diagnosis(sandbox, seed)
    submissions = [wrong_answer_submission(exercise, wrong) for wrong in exercise.wrong_answers]
    proof.wrong_answers = len(submissions)
    graded = run([exercise], submissions, sandbox, seed=seed)
    for wrong, one in zip(exercise.wrong_answers, graded, strict=True):
        recording = one.recordings.get(exercise.slug, Recording())
        result = diagnosis.explain(exercise, one.exercises[0], recording)
        function = next(f for f in result.functions if f.name == wrong.function)
        failed = {t.id for t in function.tests if t.verdict is not Verdict.PASSED}
        rejected |= failed
        compared = {
            batch.test_id
            for batch in recording.of(wrong.function)
            if batch.asked.check.kind is not CheckKind.DIRECT
        }
        # tests that look at answers themselves leave nothing to lay beside a table
        _check_wrong_answer(wrong, function, proof, needs_hint=bool(failed & compared))


def _check_wrong_answer(
    wrong: WrongAnswer, function: FunctionResult, proof: Proof, *, needs_hint: bool
) -> None:
    if function.verdict is Verdict.PASSED:
        proof.findings.append(
            Finding(
                path=wrong.path,
                problem="passes every test",
                remedy="add a case that shows the mistake, or remove it if it is none",
            )
        )
        return
    hint = hint_of(wrong)
    hints = {test.hint for test in function.tests if test.hint}
    if hint in hints:
        proof.hinted += 1
    for other in sorted(hints - {hint}):
        proof.findings.append(
            Finding(
                path=wrong.path,
                problem=f"gets the hint of another mistake: {other!r}",
                remedy="add cases that tell the two apart",
            )
        )
    if hint not in hints and needs_hint:
        proof.findings.append(
            Finding(
                path=wrong.path,
                problem="fails, but its own hint is not given",
                remedy="add cases (three finite ones) that show this mistake and no other one",
            )
        )


def _check_samples(exercise: Exercise, sandbox: Sandbox, seed: int, proof: Proof) -> None:
    for kind, wanted in SAMPLES.items():
        paths = exercise.samples(kind)
        results = run([exercise], [_module(exercise, p) for p in paths], sandbox, seed=seed)
        for path, graded in zip(paths, results, strict=True):
            proof.samples += 1
            functions = graded.exercises[0].functions
            got = {f.verdict for f in functions} | {t.verdict for f in functions for t in f.tests}
            if not got & wanted:
                proof.findings.append(
                    Finding(
                        path=path,
                        problem=f"gets {', '.join(sorted(v.value for v in got))}, "
                        f"not {' or '.join(v.value for v in wanted)}",
                        remedy="mend the sample, or the folder it is in",
                    )
                )
