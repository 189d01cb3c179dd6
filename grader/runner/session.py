"""Runs an assignment's hidden tests on submissions and yields what came of each.

One pytest session serves up to 64 submissions: its fixed cost is shared, and the next
submission's worker is forked ahead. The session is in the calling process, which must be trusted,
must have imported no student code, and keeps no reports. Files of tests and oracles are loaded
anew for every session.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import sys
import types
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from grader.catalog import Exercise
from grader.compare import Recording
from grader.errors import ExerciseError
from grader.messages import say
from grader.model import ExerciseResult, Submission, Verdict
from grader.runner.arity import handed_out_signatures, signatures
from grader.runner.authors import broken_file
from grader.runner.contexts import Progress, TestFile
from grader.runner.execution import Execution
from grader.runner.plugin import GradingPlugin
from grader.runner.results import exercise_result
from grader.sandbox import Sandbox
from grader.scoring import Outcome, TestPlan

__all__ = ["MAX_HELD_BYTES", "SESSION_SIZE", "Graded", "collect", "run", "run_each", "run_public"]

SESSION_SIZE = 64
MAX_HELD_BYTES = 256 << 20  # of answers; a session ends early when it holds more
_OFF = (
    "cacheprovider", "terminal", "logging", "capture", "doctest", "unittest", "faulthandler",
    "warnings", "junitxml", "pastebin", "stepwise", "tmpdir", "monkeypatch", "recwarn",
    "threadexception", "unraisableexception", "setuponly", "setupplan", "debugging", "legacypath",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One submission's results, with what was asked and answered, by exercise.

    `executions`: its notebooks as they ran, where they were run. `held_bytes`: what its answers
    take in memory for as long as this is kept.
    """

    submission: Submission
    exercises: tuple[ExerciseResult, ...]
    recordings: Mapping[str, Recording]
    cpu_seconds: float
    executions: tuple[Execution, ...] = ()
    held_bytes: int = 0


def run(
    exercises: Sequence[Exercise], submissions: Sequence[Submission], sandbox: Sandbox, *, seed: int
) -> Iterator[Graded]:
    """Grade every submission by the hidden tests of `exercises`.

    Args:
        exercises: of one profile; their solutions must be at hand.
        submissions: any number; yielded in this order, at the latest every 64, earlier if what
            their code returned takes much memory.
        sandbox: where their code runs.
        seed: of the assignment; everything random derives from it.

    Raises:
        ExerciseError: a hidden test or oracle is broken.
        MachineError: boxes cannot be made.
    """
    files = [_hidden_tests(exercise) for exercise in exercises]
    yield from _run(files, submissions, sandbox, seed)


def run_each(
    exercises: Sequence[Exercise],
    submissions: Sequence[Submission],
    sandbox: Sandbox,
    *,
    seed: int,
    deliver: Callable[[Graded], None],
) -> None:
    """The same as `run`, with each result handed over as soon as it is there.

    Whoever has to be run again, since the warm parent died, comes last.
    """
    files = [_hidden_tests(exercise) for exercise in exercises]
    again: list[Submission] = []

    def finished(progress: Progress, plans: Mapping[str, TestPlan]) -> None:
        if progress.parent_died:
            again.append(progress.submission)
        else:
            deliver(_graded(files, plans, progress, seed))

    for start in range(0, len(submissions), SESSION_SIZE):
        _session(files, submissions[start : start + SESSION_SIZE], sandbox, seed, finished)
    for submission in again:
        deliver(_rerun(files, submission, sandbox, seed))


def run_public(
    exercise: Exercise, submissions: Sequence[Submission], sandbox: Sandbox
) -> Iterator[Graded]:
    """The same for an exercise's public tests, which score 0 and need no solutions.

    Notebooks are never executed for them: a check is to answer at once, and without IPython.
    """
    if not exercise.public_tests.is_file():
        raise ExerciseError(f"{exercise.public_tests}: missing; every exercise has public tests")
    exercise = replace(exercise, notebook="definitions")
    stub = handed_out_signatures(exercise.folder)
    files = [TestFile(path=exercise.public_tests, exercise=exercise, oracle=None, signatures=stub)]
    yield from _run(files, submissions, sandbox, seed=0)


def collect(exercise: Exercise) -> tuple[TestPlan, ...]:
    """What the hidden tests of an exercise are worth and say, without running them."""
    plugin = GradingPlugin(
        [_hidden_tests(exercise)],
        [],
        _NO_SANDBOX,
        seed=0,
        on_finished=lambda progress: None,
    )
    _pytest(plugin, [exercise.hidden_tests], ["--collect-only"])
    return tuple(plugin.plans.values())


_NO_SANDBOX: Sandbox = None  # type: ignore[assignment]  # collecting starts no worker


def _run(
    files: Sequence[TestFile], submissions: Sequence[Submission], sandbox: Sandbox, seed: int
) -> Iterator[Graded]:
    left = submissions
    while left:
        finished = _finished(files, left[:SESSION_SIZE], sandbox, seed)
        left = left[len(finished) :]
        for progress, plans in finished:
            if progress.parent_died:
                yield _rerun(files, progress.submission, sandbox, seed)
            else:
                yield _graded(files, plans, progress, seed)


def _rerun(
    files: Sequence[TestFile], submission: Submission, sandbox: Sandbox, seed: int
) -> Graded:
    """Alone, after the warm parent died: if it dies again, this submission is the cause."""
    ((progress, plans),) = _finished(files, [submission], sandbox, seed)
    if progress.parent_died:
        for test_id, outcome in progress.outcomes.items():
            if outcome.verdict is Verdict.INTERNAL:
                progress.outcomes[test_id] = Outcome(
                    verdict=Verdict.ERROR,
                    sentence=say("failed.parent"),
                )
    return _graded(files, plans, progress, seed)


def _finished(
    files: Sequence[TestFile], submissions: Sequence[Submission], sandbox: Sandbox, seed: int
) -> list[tuple[Progress, Mapping[str, TestPlan]]]:
    """One session; what came of each submission, in order, of one at least.

    64 times the most that one may return would fill the memory of most machines.
    """
    finished: list[tuple[Progress, Mapping[str, TestPlan]]] = []
    held = 0

    def hold(progress: Progress, plans: Mapping[str, TestPlan]) -> None:
        nonlocal held
        finished.append((progress, plans))
        held += progress.worker.held_bytes

    def with_room() -> Iterator[Submission]:
        return itertools.takewhile(lambda _: held <= MAX_HELD_BYTES, submissions)

    _session(files, with_room(), sandbox, seed, hold)
    return finished


def _session(
    files: Sequence[TestFile],
    submissions: Iterable[Submission],
    sandbox: Sandbox,
    seed: int,
    on_finished: Callable[[Progress, Mapping[str, TestPlan]], None],
) -> None:
    """One pytest session; `on_finished` is called within it, after each submission's last test.

    Whatever it raises ends the session and is raised here.
    """
    count = 0

    def hand_over(progress: Progress) -> None:
        nonlocal count
        count += 1
        on_finished(progress, plugin.plans)

    plugin = GradingPlugin(files, submissions, sandbox, seed=seed, on_finished=hand_over)
    _pytest(plugin, [file.path for file in files], [])
    if not count:
        names = ", ".join(str(file.path) for file in files)
        raise ExerciseError(f"{names}: no test uses the fixture `submission`")


def _pytest(plugin: GradingPlugin, paths: Sequence[Path], options: Sequence[str]) -> None:
    arguments = [
        f"-c{Path(__file__).with_name('pytest.ini')}",
        f"--rootdir={paths[0].parent.parent.parent}",
        # else it lists every folder above, up to the disk's root, in search of files to collect
        f"--confcutdir={os.path.commonpath([path.parent for path in paths])}",
        "--noconftest",
        "--import-mode=importlib",
        "--assert=plain",
        *(part for name in _OFF for part in ("-p", f"no:{name}")),
        *options,
        *(str(path) for path in paths),
    ]
    with _quiet(), _forgetting(paths):
        code = pytest.main(arguments, plugins=[plugin])
    if plugin.failure is not None:
        raise plugin.failure
    if plugin.collection_errors:
        raise ExerciseError("\n".join(plugin.collection_errors))
    if code == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        names = ", ".join(str(path) for path in paths)
        raise ExerciseError(f"{names}: the tests could not be run (pytest's exit code {code})")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """No plugin of other packages, no option from the environment, no warning of test files."""
    removed = {k: v for k, v in os.environ.items() if k.startswith(("PYTEST_", "PYTHON"))}
    for name in removed:
        del os.environ[name]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        del os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"]
        os.environ.update(removed)


@contextlib.contextmanager
def _forgetting(paths: Sequence[Path]) -> Iterator[None]:
    """Import the test files from their text, not from a cache, and forget them afterwards."""
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before
        names = {str(path) for path in paths}
        for name, module in list(sys.modules.items()):
            if getattr(module, "__file__", None) in names:
                del sys.modules[name]


def _hidden_tests(exercise: Exercise) -> TestFile:
    return TestFile(
        path=exercise.hidden_tests,
        exercise=exercise,
        oracle=_oracle(exercise),
        signatures=signatures(exercise.reference),
    )


def _oracle(exercise: Exercise) -> types.ModuleType:
    """The oracle as a module of its own that nothing else can import."""
    module = types.ModuleType(f"oracle_of_{exercise.slug}")
    module.__file__ = str(exercise.oracle)
    try:
        code = compile(exercise.oracle.read_text(encoding="utf-8"), module.__file__, "exec")
        exec(code, module.__dict__)
    except Exception as error:
        raise ExerciseError(broken_file(exercise.oracle, error)) from error
    for name in exercise.names:
        if not callable(getattr(module, name, None)):
            raise ExerciseError(
                f"{exercise.oracle}: there is no function `{name}` in it, and exercise.toml has "
                "one; write it, or take it out there"
            )
    return module


def _graded(
    files: Sequence[TestFile], plans: Mapping[str, TestPlan], progress: Progress, seed: int
) -> Graded:
    return Graded(
        submission=progress.submission,
        exercises=tuple(exercise_result(file, plans, progress, seed) for file in files),
        recordings=progress.recordings,
        cpu_seconds=progress.worker.cpu_seconds,
        executions=tuple(progress.worker.executions.values()),
        held_bytes=progress.worker.held_bytes,
    )
