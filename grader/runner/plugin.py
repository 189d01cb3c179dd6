"""The pytest plugin: collects the tiers, hands out the fixtures, turns every end into an Outcome.

One instance serves one session. pytest groups the tests by the session-scoped `submission`, so a
submission's worker lives exactly as long as its tests. No test ever "fails" in pytest's sense:
outcomes are kept here, and building reports with tracebacks would cost more than the tests.
"""

from __future__ import annotations

import time
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from grader.compare import clean
from grader.errors import ExerciseError, InternalError, MachineError, WarmParentDied
from grader.model import Measured, Show, Submission, Tier, Verdict
from grader.runner.afterwards import TestRun, find_ignored_options, follow_through
from grader.runner.authors import broken_file, one_of
from grader.runner.cases import DrawnOnce
from grader.runner.contexts import (
    OracleContext,
    Progress,
    SharedTest,
    StudentContext,
    TestFile,
    Unavailable,
)
from grader.runner.judging import MismatchError, StudentError
from grader.runner.marks import mark_of
from grader.runner.proxy import SubmissionProxy
from grader.runner.student import StudentWorker
from grader.sandbox import Sandbox
from grader.scoring import Outcome, TestPlan

__all__ = ["GradingPlugin"]

_FROM_LEAST = (Show.HIDDEN, Show.VERDICT, Show.HINT, Show.EXPLAIN)


class GradingPlugin:
    """Runs hidden or public tests on up to 64 submissions."""

    def __init__(
        self,
        files: Sequence[TestFile],
        submissions: Sequence[Submission],
        sandbox: Sandbox,
        *,
        seed: int,
        on_finished: Callable[[Progress], None],
    ) -> None:
        self._files: Mapping[Path, TestFile] = {file.path.resolve(): file for file in files}
        self._resolved: dict[Path, TestFile] = {}
        self._exercises = [file.exercise for file in files]
        self._submissions = submissions
        self._sandbox = sandbox
        self._seed = seed
        self._on_finished = on_finished
        self._shared: dict[str, SharedTest] = {}
        self._current: StudentContext | None = None
        self._runs: list[TestRun] = []
        self.plans: dict[str, TestPlan] = {}
        self.collection_errors: list[str] = []
        self.machine_error: MachineError | None = None

    def _file(self, path: Path) -> TestFile:
        """Asked for many times a test, and a path is dear to resolve."""
        if path not in self._resolved:
            self._resolved[path] = self._files[path.resolve()]
        return self._resolved[path]

    # -- collection

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        if "submission" in metafunc.fixturenames:
            numbers = range(len(self._submissions))
            metafunc.parametrize("submission", numbers, indirect=True, scope="session")

    def pytest_exception_interact(
        self,
        node: pytest.Item | pytest.Collector,
        call: pytest.CallInfo[Any],
        report: pytest.CollectReport | pytest.TestReport,
    ) -> None:
        """A file that cannot be collected: pytest's own error was raised from the author's."""
        if isinstance(report, pytest.CollectReport) and call.excinfo is not None:
            error = call.excinfo.value
            self.collection_errors.append(broken_file(node.path, error.__cause__ or error))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        try:
            for item in items:
                assert isinstance(item, pytest.Function)
                plan = self._plan(item)
                known = self.plans.setdefault(plan.id, plan)
                if known != plan:
                    raise ExerciseError(f"{item.path}: two tests are called {item.originalname}")
            items.sort(key=self._turn)
        except ExerciseError as error:
            self.collection_errors.append(str(error))
            pytest.exit(str(error))

    def _turn(self, item: pytest.Item) -> tuple[int, int]:
        """One submission after the other; of its tests, those that show least come last: a worker
        keeps what it was asked, and would tell it in its answers to tests that show them."""
        assert isinstance(item, pytest.Function)
        number: Any = item.callspec.params["submission"] if hasattr(item, "callspec") else -1
        return number, -_FROM_LEAST.index(self._plan(item).show)

    def _plan(self, item: pytest.Function) -> TestPlan:
        file = self._file(item.path)
        mark = mark_of(item.obj)
        title = " ".join((item.obj.__doc__ or item.originalname).split("\n\n")[0].split())
        if file.oracle is None:
            return TestPlan(id=self._test_id(item), function="", title=title, tier=Tier.BASIC)
        if mark is None:
            raise ExerciseError(
                f"{_place(item)}: {item.originalname} has no @tier; write "
                f'@tier("basic", of="{file.exercise.names[0]}") above it'
            )
        if mark.of not in file.exercise.names:
            raise ExerciseError(
                f"{_place(item)}: {item.originalname} is of=`{mark.of}`, which exercise.toml "
                f"does not have; {one_of('of', mark.of, file.exercise.names)}"
            )
        return TestPlan(
            id=self._test_id(item),
            function=mark.of,
            title=title,
            tier=mark.tier,
            weight=mark.weight,
            states=mark.states,
            show=mark.show,
        )

    def _test_id(self, item: pytest.Function) -> str:
        exercise = self._file(item.path).exercise
        mark = mark_of(item.obj)
        name = item.originalname.removeprefix("test_")
        return f"{exercise.slug}::{mark.of if mark else 'public'}::{name}"

    # -- fixtures

    @pytest.fixture(scope="session")
    def submission(self, request: pytest.FixtureRequest) -> Iterator[SubmissionProxy]:
        one = self._submissions[request.param]
        worker = StudentWorker(self._sandbox, one, self._exercises)
        progress = Progress(submission=one, worker=worker)
        self._current = StudentContext(self._seed, progress)
        names = [name for exercise in self._exercises for name in exercise.names]
        self._runs = []
        try:
            yield SubmissionProxy(self._current, names)
            self._afterwards(self._current)
        finally:
            worker.close()
            self._on_finished(progress)

    @pytest.fixture
    def oracle(self, request: pytest.FixtureRequest) -> types.ModuleType | None:
        return self._file(request.path).oracle

    @pytest.fixture
    def cases(self, request: pytest.FixtureRequest) -> DrawnOnce:
        assert isinstance(request.node, pytest.Function)
        return self._share(self._test_id(request.node)).cases

    def _share(self, test_id: str) -> SharedTest:
        if test_id not in self._shared:
            self._shared[test_id] = SharedTest(DrawnOnce(self._seed, test_id))
        return self._shared[test_id]

    # -- running

    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        context = self._current
        assert context is not None
        test_id = self._test_id(pyfuncitem)
        file = self._file(pyfuncitem.path)
        context.begin(test_id, self.plans[test_id], file, self._share(test_id))
        started, cpu = time.perf_counter(), time.process_time()
        arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
        run = TestRun(test_id=test_id, file=file, call=pyfuncitem.obj, arguments=arguments)
        self._runs.append(run)
        outcome = self._outcome(context, run)
        measured = Measured(
            wall_seconds=time.perf_counter() - started, cpu_seconds=time.process_time() - cpu
        )
        context.finish(outcome, measured)
        return True

    def _rerun(self, context: StudentContext, run: TestRun) -> Outcome:
        """The same test once more, after something in the worker was changed."""
        context.begin(run.test_id, self.plans[run.test_id], run.file, self._share(run.test_id))
        context.is_recording = False
        return self._outcome(context, run)

    def _afterwards(self, context: StudentContext) -> None:
        """What is asked once all tests of a submission have run, while its worker still lives."""
        if context.progress.parent_died or self.machine_error is not None:
            return
        try:
            find_ignored_options(context.progress, self._runs)
            follow_through(context, self._runs, self.plans, self._rerun)
        except WarmParentDied:
            context.progress.parent_died = True
        except MachineError as error:
            self.machine_error = error

    def _outcome(self, context: StudentContext, run: TestRun) -> Outcome:
        try:
            blocked = context.blocked()
            if blocked is not None:
                return blocked
            run.call(**run.arguments)
        except MismatchError as error:
            return Outcome(verdict=error.verdict, mismatch=error.mismatch)
        except Unavailable as error:
            return Outcome(verdict=Verdict.SKIPPED, sentence=str(error))
        except StudentError as error:
            return Outcome(verdict=Verdict.FAILED, sentence=f"It raised {clean(str(error))}.")
        except WarmParentDied:
            context.progress.parent_died = True
            return Outcome(verdict=Verdict.INTERNAL, sentence="The process to fork from died.")
        except InternalError as error:
            return Outcome(verdict=Verdict.INTERNAL, sentence=str(error))
        except MachineError as error:
            self.machine_error = error
            pytest.exit(str(error))
        except Exception as error:  # whatever the test's own code raises: see _whose_fault
            return self._whose_fault(context, run, error)
        return Outcome(verdict=Verdict.PASSED)

    def _whose_fault(self, context: StudentContext, run: TestRun, error: Exception) -> Outcome:
        """The submission's if the test's own code runs through on the oracle, otherwise ours."""
        told = f"{type(error).__name__}: {error}"
        if run.file.oracle is None:
            return Outcome(verdict=Verdict.INTERNAL, sentence=told)
        trial = OracleContext(self._seed, run.file.oracle, self._share(run.test_id))
        trial.begin(run.test_id)
        try:
            names = run.file.exercise.names
            run.call(**{**run.arguments, "submission": SubmissionProxy(trial, names)})
        except MismatchError:
            pass  # the comparison ran; whether the oracle passes its own check is verify's business
        except Exception as own:  # the test itself is broken
            return Outcome(
                verdict=Verdict.INTERNAL, sentence=f"the test itself raised {own!r} ({told})"
            )
        context.note(f"For the author: this test raised {clean(told)}.")
        return Outcome(
            verdict=Verdict.FAILED,
            sentence="It answered with a value of an unexpected kind.",
        )


def _place(item: pytest.Function) -> str:
    """File and line of a test, counted from 1."""
    return f"{item.path}:{item.function.__code__.co_firstlineno}"
