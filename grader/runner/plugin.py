"""The pytest plugin: collects the tiers, hands out the fixtures, turns every end into an Outcome.

One instance serves one session. pytest groups the tests by the session-scoped `submission`, so a
submission's worker lives exactly as long as its tests. No test ever "fails" in pytest's sense:
outcomes are kept here, and building reports with tracebacks would cost more than the tests.
"""

from __future__ import annotations

import contextlib
import time
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from grader.catalog import Exercise
from grader.compare import Asked, Recording
from grader.errors import (
    ExerciseError,
    GraderError,
    InternalError,
    MachineError,
    WarmParentDied,
)
from grader.model import FunctionState, Measured, Note, Submission, Tier, Verdict
from grader.observe import from_wire, observe
from grader.protocol import Handle, Observation, Unsendable, Value
from grader.runner.cases import DrawnOnce, derive_seed
from grader.runner.marks import mark_of
from grader.runner.proxy import Call, MismatchError, StudentError, SubmissionProxy
from grader.runner.student import CallFailed, StudentWorker
from grader.sandbox import Sandbox
from grader.scoring import Outcome, TestPlan

__all__ = ["GradingPlugin", "Progress", "TestFile"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestFile:
    """One file of tests to run. `oracle` is None for public tests, which have none."""

    __test__ = False

    path: Path
    exercise: Exercise
    oracle: types.ModuleType | None


@dataclass(slots=True)
class Progress:
    """What has come of one submission so far."""

    submission: Submission
    worker: StudentWorker
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)  # test id -> first function it called
    parent_died: bool = False


@dataclass(slots=True)
class _SharedTest:
    """What a test asks, the same for every submission of the session."""

    cases: DrawnOnce
    asked: list[Asked] = field(default_factory=list)


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
        self._exercises = [file.exercise for file in files]
        self._submissions = submissions
        self._sandbox = sandbox
        self._seed = seed
        self._on_finished = on_finished
        self._shared: dict[str, _SharedTest] = {}
        self._current: _Context | None = None
        self.plans: dict[str, TestPlan] = {}
        self.collection_errors: list[str] = []
        self.machine_error: MachineError | None = None

    # -- collection

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        if "submission" in metafunc.fixturenames:
            numbers = range(len(self._submissions))
            metafunc.parametrize("submission", numbers, indirect=True, scope="session")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.collection_errors.append(str(report.longrepr))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            assert isinstance(item, pytest.Function)
            plan = self._plan(item)
            known = self.plans.setdefault(plan.id, plan)
            if known != plan:
                raise ExerciseError(f"{item.path}: two tests are called {item.originalname}")

    def _plan(self, item: pytest.Function) -> TestPlan:
        file = self._files[item.path.resolve()]
        mark = mark_of(item.obj)
        title = " ".join((item.obj.__doc__ or item.originalname).split("\n\n")[0].split())
        if file.oracle is None:
            return TestPlan(id=self._test_id(item), function="", title=title, tier=Tier.BASIC)
        if mark is None:
            raise ExerciseError(f"{item.path}: {item.originalname} has no @tier")
        if mark.of not in file.exercise.names:
            raise ExerciseError(
                f"{item.path}: {item.originalname} is of=`{mark.of}`, which exercise.toml does "
                f"not have; its functions are {', '.join(file.exercise.names)}"
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
        exercise = self._files[item.path.resolve()].exercise
        mark = mark_of(item.obj)
        name = item.originalname.removeprefix("test_")
        return f"{exercise.slug}::{mark.of if mark else 'public'}::{name}"

    # -- fixtures

    @pytest.fixture(scope="session")
    def submission(self, request: pytest.FixtureRequest) -> Iterator[SubmissionProxy]:
        one = self._submissions[request.param]
        worker = StudentWorker(self._sandbox, one, self._exercises)
        progress = Progress(submission=one, worker=worker)
        self._current = _Context(self._seed, progress)
        names = [name for exercise in self._exercises for name in exercise.names]
        try:
            yield SubmissionProxy(self._current, names)
        finally:
            worker.close()
            self._on_finished(progress)

    @pytest.fixture
    def oracle(self, request: pytest.FixtureRequest) -> types.ModuleType | None:
        return self._files[request.path.resolve()].oracle

    @pytest.fixture
    def cases(self, request: pytest.FixtureRequest) -> DrawnOnce:
        assert isinstance(request.node, pytest.Function)
        return self._share(self._test_id(request.node)).cases

    def _share(self, test_id: str) -> _SharedTest:
        if test_id not in self._shared:
            self._shared[test_id] = _SharedTest(DrawnOnce(self._seed, test_id))
        return self._shared[test_id]

    # -- running

    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        context = self._current
        assert context is not None
        test_id = self._test_id(pyfuncitem)
        file = self._files[pyfuncitem.path.resolve()]
        context.begin(test_id, self.plans[test_id], file, self._share(test_id))
        started, cpu = time.perf_counter(), time.process_time()
        arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
        outcome = self._outcome(context, pyfuncitem, arguments)
        measured = Measured(
            wall_seconds=time.perf_counter() - started, cpu_seconds=time.process_time() - cpu
        )
        context.finish(outcome, measured)
        return True

    def _outcome(
        self, context: _Context, item: pytest.Function, arguments: dict[str, Any]
    ) -> Outcome:
        try:
            blocked = context.blocked()
            if blocked is not None:
                return blocked
            item.obj(**arguments)
        except MismatchError as error:
            return Outcome(verdict=error.verdict, mismatch=error.mismatch)
        except _Unavailable as error:
            return Outcome(verdict=Verdict.SKIPPED, sentence=str(error))
        except StudentError as error:
            return Outcome(verdict=Verdict.FAILED, sentence=f"It raised {error}.")
        except WarmParentDied:
            context.progress.parent_died = True
            return Outcome(verdict=Verdict.INTERNAL, sentence="The process to fork from died.")
        except InternalError as error:
            return Outcome(verdict=Verdict.INTERNAL, sentence=str(error))
        except MachineError as error:
            self.machine_error = error
            pytest.exit(str(error))
        except Exception as error:  # whatever the test's own code raises: see _whose_fault
            return self._whose_fault(context, item, arguments, error)
        return Outcome(verdict=Verdict.PASSED)

    def _whose_fault(
        self,
        context: _Context,
        item: pytest.Function,
        arguments: dict[str, Any],
        error: Exception,
    ) -> Outcome:
        """The submission's if the test's own code runs through on the oracle, otherwise ours."""
        told = f"{type(error).__name__}: {error}"
        file = self._files[item.path.resolve()]
        if file.oracle is None:
            return Outcome(verdict=Verdict.INTERNAL, sentence=told)
        test_id = self._test_id(item)
        shared = self._share(test_id)
        trial = _OracleContext(self._seed, file.oracle, shared)
        trial.begin(test_id)
        try:
            names = file.exercise.names
            item.obj(**{**arguments, "submission": SubmissionProxy(trial, names)})
        except MismatchError:
            pass  # the comparison ran; whether the oracle passes its own check is verify's business
        except Exception as own:  # the test itself is broken
            return Outcome(
                verdict=Verdict.INTERNAL, sentence=f"the test itself raised {own!r} ({told})"
            )
        context.note(f"For the author: this test raised {told}.")
        return Outcome(
            verdict=Verdict.FAILED,
            sentence="It answered with a value of an unexpected kind.",
        )


@contextlib.contextmanager
def _ours() -> Iterator[None]:
    """Whatever breaks in here is our own fault and voids the attempt.

    A student's test that breaks on an odd value is another matter: see `_whose_fault`.
    """
    try:
        yield
    except (CallFailed, GraderError):
        raise
    except Exception as error:
        raise InternalError(f"{type(error).__name__}: {error}") from error


class _Unavailable(Exception):
    """A test needs a function that is missing."""


class _Base:
    """What both kinds of context do alike: reuse what a test asks."""

    def __init__(self, seed: int) -> None:
        self._assignment_seed = seed
        self._shared: _SharedTest | None = None
        self._next = 0
        self._depends = False
        self.test_id = ""
        self.seed = 0

    def _begin(self, test_id: str, shared: _SharedTest) -> None:
        self.test_id = test_id
        self.seed = derive_seed(self._assignment_seed, test_id, "call") & 0x7FFFFFFF
        self._shared = shared
        self._next = 0
        self._depends = False
        shared.cases.rewind()

    def ask(self, make: Callable[[], Asked]) -> Asked:
        assert self._shared is not None
        if self._depends:
            return make()
        if self._next == len(self._shared.asked):
            self._shared.asked.append(make())
        self._next += 1
        return self._shared.asked[self._next - 1]

    def answers_shape_the_test(self) -> None:
        self._depends = True


class _Context(_Base):
    """The running test on the present submission."""

    def __init__(self, seed: int, progress: Progress) -> None:
        super().__init__(seed)
        self.progress = progress
        self._plan: TestPlan | None = None
        self._file: TestFile | None = None
        self._notes: list[Note] = []
        self._needs_basic = False
        self._fresh = True

    def begin(self, test_id: str, plan: TestPlan, file: TestFile, shared: _SharedTest) -> None:
        self._begin(test_id, shared)
        self._plan, self._file = plan, file
        self._notes, self._needs_basic, self._fresh = [], False, True

    def finish(self, outcome: Outcome, measured: Measured) -> None:
        self.progress.outcomes[self.test_id] = Outcome(
            verdict=outcome.verdict,
            sentence=outcome.sentence,
            mismatch=outcome.mismatch,
            notes=tuple(self._notes),
            needs_basic=self._needs_basic,
            measured=measured,
        )

    def blocked(self) -> Outcome | None:
        """Why this test cannot run on this submission, if it cannot."""
        assert self._plan is not None
        assert self._file is not None
        if self.progress.parent_died:
            return Outcome(verdict=Verdict.INTERNAL, sentence="The process to fork from died.")
        with _ours():
            found = self.progress.worker.found(self._file.exercise)
        if not self._plan.function:
            return None
        function = found.functions[self._plan.function]
        if function.state is not FunctionState.WRITTEN:
            return Outcome(verdict=Verdict.SKIPPED)
        if function.verdict is not None:
            return Outcome(verdict=function.verdict, sentence=function.sentence)
        return None

    def stream(self, asked: Asked) -> Iterator[Observation]:
        assert self._file is not None
        self.progress.asked.setdefault(self.test_id, asked.function)
        found = self.progress.worker.found(self._file.exercise).functions.get(asked.function)
        if found is None or found.state is not FunctionState.WRITTEN:
            raise _Unavailable(f"This needs `{asked.function}`, which is not there yet.")
        if found.verdict is not None:
            raise CallFailed(found.verdict, found.sentence)
        reset, self._fresh = self._fresh, False
        with _ours():
            yield from self.progress.worker.call(
                asked.function,
                asked.calls,
                seed=self.seed,
                gradient=asked.check.kind == "gradients",
                reset=reset,
            )

    def call_handle(self, function: str, handle: Handle, call: Call) -> Observation:
        with _ours():
            (observation,) = self.progress.worker.call_handle(function, handle, [call])
        return observation

    def record(self, asked: Asked, got: Sequence[Observation]) -> None:
        assert self._file is not None
        recordings = self.progress.recordings
        recording = recordings.setdefault(self._file.exercise.slug, Recording())
        recording.add(self.test_id, asked, got)

    def note(self, text: str, line: int | None = None) -> None:
        self._notes.append(Note(text=text, line=line))

    def needs_basic(self) -> None:
        self._needs_basic = True


class _OracleContext(_Base):
    """Lets a test run on the oracle in the submission's place."""

    def __init__(self, seed: int, oracle: types.ModuleType, shared: _SharedTest) -> None:
        super().__init__(seed)
        self._oracle = oracle
        self._kept: list[Any] = []
        self._own = shared

    def begin(self, test_id: str) -> None:
        self._begin(test_id, self._own)

    def stream(self, asked: Asked) -> Iterator[Observation]:
        function = getattr(self._oracle, asked.function)
        for arguments, options in asked.calls:
            yield self._observe(function, arguments, options, asked.check.kind == "gradients")

    def call_handle(self, function: str, handle: Handle, call: Call) -> Observation:
        return self._observe(self._kept[handle.number], call[0], call[1], False)

    def _observe(
        self, function: Any, arguments: list[Value], options: dict[str, Value], gradient: bool
    ) -> Observation:
        return observe(
            function,
            [from_wire(value) for value in arguments],
            {name: from_wire(value) for name, value in options.items()},
            gradient=gradient,
            seed=self.seed,
            keep=self._keep,
        )

    def _keep(self, value: object) -> Handle | Unsendable:
        if not callable(value):
            return Unsendable(type_name=type(value).__name__)
        self._kept.append(value)
        return Handle(number=len(self._kept) - 1, type_name=type(value).__name__)

    def record(self, asked: Asked, got: Sequence[Observation]) -> None: ...

    def note(self, text: str, line: int | None = None) -> None: ...

    def needs_basic(self) -> None: ...
