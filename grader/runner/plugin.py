"""The pytest plugin: plans the tests, runs them on each submission, makes every end an Outcome.

One instance serves one session. pytest collects the tests once; the loop here runs all of them on
one submission after the other, whose worker lives exactly as long. No test ever "fails" in
pytest's sense: outcomes are kept here, and building reports would cost more than the tests.
"""

from __future__ import annotations

import itertools
import time
import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import pytest

from grader.compare import clean
from grader.errors import ExerciseError, InternalError, MachineError, WarmParentDied
from grader.messages import say
from grader.model import Measured, Submission, Verdict
from grader.observe import recipe
from grader.protocol import Recipe
from grader.runner.afterwards import TestRun, find_ignored_options, follow_through
from grader.runner.authors import broken_file, broken_test
from grader.runner.cases import DrawnOnce
from grader.runner.contexts import (
    Following,
    OracleContext,
    Progress,
    SharedTest,
    StudentContext,
    TestFile,
    Unavailable,
)
from grader.runner.judging import MismatchError, StudentError
from grader.runner.planning import PlannedTest, plan_test
from grader.runner.proxy import SubmissionProxy
from grader.runner.student import StudentWorker
from grader.runner.tracing import trace_functions
from grader.sandbox import Sandbox
from grader.scoring import Outcome, TestPlan

__all__ = ["GradingPlugin"]

# pytest.raises, pytest.fail and pytest.skip end a test by exceptions that are no Exception
_RAISED_BY_TESTS = (Exception, pytest.fail.Exception, pytest.skip.Exception)


class GradingPlugin:
    """Runs hidden or public tests on up to 64 submissions."""

    def __init__(
        self,
        files: Sequence[TestFile],
        submissions: Iterable[Submission],
        sandbox: Sandbox,
        *,
        seed: int,
        on_finished: Callable[[Progress], None],
    ) -> None:
        self._files: Mapping[Path, TestFile] = {file.path.resolve(): file for file in files}
        self._by_slug = {file.exercise.slug: file for file in files}
        self._exercises = [file.exercise for file in files]
        self._submissions = submissions
        self._sandbox = sandbox
        self._seed = seed
        self._on_finished = on_finished
        self._tests: dict[pytest.Item, PlannedTest] = {}
        self._shared: dict[str, SharedTest] = {}
        self._current: StudentContext | None = None
        self._proxy: SubmissionProxy | None = None
        self._runs: list[TestRun] = []
        self.plans: dict[str, TestPlan] = {}
        self.collection_errors: list[str] = []
        self.failure: BaseException | None = None

    # -- collection

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
                test = plan_test(item, self._files[item.path.resolve()])
                if test.id in self.plans:
                    raise ExerciseError(f"{item.path}: two tests are called {item.originalname}")
                self.plans[test.id] = test.plan
                self._tests[item] = test
                self._shared[test.id] = SharedTest(DrawnOnce(self._seed, test.id))
            items.sort(key=lambda item: self._tests[item].turn)
        except ExerciseError as error:
            self.collection_errors.append(str(error))
            pytest.exit(str(error))

    # -- running

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """All tests on each submission in turn."""
        if session.testsfailed or session.config.option.collectonly:
            return None  # pytest's own loop says what is wrong, or does nothing
        tests = [self._tests[item] for item in session.items]
        waiting = iter(self._submissions if tests else ())
        worker = self._next_worker(waiting)
        try:
            while worker is not None:
                progress = self._grade(worker, tests)
                worker = self._next_worker(waiting)  # it begins meanwhile
                self._finish(progress)
        finally:
            if worker is not None:
                worker.close()
        return True

    def _next_worker(self, waiting: Iterator[Submission]) -> StudentWorker | None:
        submission = next(waiting, None)
        if submission is None:
            return None
        worker = StudentWorker(self._sandbox, submission, self._exercises)
        worker.begin_ahead()
        return worker

    def _grade(self, worker: StudentWorker, tests: Sequence[PlannedTest]) -> Progress:
        progress = Progress(submission=worker.submission, worker=worker)
        names = [name for exercise in self._exercises for name in exercise.names]
        self._current = context = StudentContext(self._seed, progress)
        self._proxy = SubmissionProxy(context, names)
        self._runs = []
        try:
            for test, following in itertools.zip_longest(tests, tests[1:]):
                if test.is_plain:
                    self._run(test, test.arguments(self._given(test)), following)
                else:  # with fixtures or marks of its own: pytest sets it up and tears it down
                    test.item.ihook.pytest_runtest_protocol(item=test.item, nextitem=None)
            self._afterwards(context)
        finally:
            worker.end()
        return progress

    def _finish(self, progress: Progress) -> None:
        try:
            self._on_finished(progress)
        except BaseException as error:  # pytest would report it as a fault of its own
            self._give_up(error)

    def _give_up(self, error: BaseException) -> NoReturn:
        """End the session; whoever started it raises the error."""
        self.failure = error
        pytest.exit(str(error))

    def _given(self, test: PlannedTest) -> dict[str, Any]:
        cases = self._shared[test.id].cases
        return {
            "submission": self._proxy,
            "oracle": test.file.oracle,
            "cases": cases,
            "recipe": recipe,
        }

    @pytest.fixture
    def submission(self) -> SubmissionProxy | None:
        return self._proxy

    @pytest.fixture
    def oracle(self, request: pytest.FixtureRequest) -> types.ModuleType | None:
        return self._tests[request.node].file.oracle

    @pytest.fixture
    def cases(self, request: pytest.FixtureRequest) -> DrawnOnce:
        return self._shared[self._tests[request.node].id].cases

    @pytest.fixture
    def recipe(self) -> Callable[..., Recipe]:
        return recipe

    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        """A test that pytest has set up."""
        test = self._tests[pyfuncitem]
        self._run(test, test.arguments(pyfuncitem.funcargs))
        return True

    def _run(
        self,
        test: PlannedTest,
        arguments: Mapping[str, Any],
        following: PlannedTest | None = None,
    ) -> None:
        context = self._current
        assert context is not None
        comes_next = self._following(following)
        context.begin(test.id, test.plan, test.file, self._shared[test.id], comes_next)
        started, cpu = time.perf_counter(), time.thread_time()
        run = TestRun(test_id=test.id, file=test.file, call=test.call, arguments=arguments)
        self._runs.append(run)
        outcome = self._outcome(context, run)
        measured = Measured(
            wall_seconds=time.perf_counter() - started, cpu_seconds=time.thread_time() - cpu
        )
        context.finish(outcome, measured)

    def _following(self, following: PlannedTest | None) -> Following | None:
        if following is None or not following.is_plain:
            return None
        return Following(
            test_id=following.id,
            exercise=following.file.exercise,
            function=following.plan.function,
            shared=self._shared[following.id],
        )

    def _rerun(self, context: StudentContext, run: TestRun) -> Outcome:
        """The same test once more, after something in the worker was changed."""
        context.begin(run.test_id, self.plans[run.test_id], run.file, self._shared[run.test_id])
        context.is_recording = False
        return self._outcome(context, run)

    def _afterwards(self, context: StudentContext) -> None:
        """What is asked once all tests of a submission have run, while its worker still lives."""
        if context.progress.parent_died:
            return
        try:
            find_ignored_options(context.progress, self._runs)
            trace_functions(context.progress, self._by_slug, self.plans)
            follow_through(context, self._runs, self.plans, self._rerun)
        except WarmParentDied:
            context.progress.parent_died = True
        except MachineError as error:
            self._give_up(error)

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
            return Outcome(
                verdict=error.verdict, sentence=say("failed.raised", error=clean(str(error)))
            )
        except WarmParentDied:
            context.progress.parent_died = True
            return Outcome(verdict=Verdict.INTERNAL, sentence="The process to fork from died.")
        except InternalError as error:
            return Outcome(verdict=Verdict.INTERNAL, sentence=str(error))
        except MachineError as error:
            self._give_up(error)
        except _RAISED_BY_TESTS as error:  # whatever the test's own code raises: see _whose_fault
            return self._whose_fault(context, run, error)
        context.passed()
        return Outcome(verdict=Verdict.PASSED)

    def _whose_fault(self, context: StudentContext, run: TestRun, error: BaseException) -> Outcome:
        """The submission's if the test's own code runs through on the oracle, otherwise ours."""
        told = f"{type(error).__name__}: {error}"
        if run.file.oracle is None:
            return Outcome(verdict=Verdict.INTERNAL, sentence=told)
        trial = OracleContext(self._seed, run.file.oracle, self._shared[run.test_id])
        trial.begin(run.test_id)
        try:
            names = run.file.exercise.names
            run.call(**{**run.arguments, "submission": SubmissionProxy(trial, names)})
        except MismatchError:
            pass  # the comparison ran; whether the oracle passes its own check is verify's business
        except _RAISED_BY_TESTS as own:  # the test itself is broken
            return Outcome(verdict=Verdict.INTERNAL, sentence=broken_test(run.file.path, own))
        context.note_for_staff(say("author.test raised", error=clean(told)))
        is_claim = isinstance(error, AssertionError)
        sentence = say("differs.claim" if is_claim else "differs.kind")
        return Outcome(verdict=Verdict.FAILED, sentence=sentence)
