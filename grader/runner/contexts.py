"""What proxies know of the running test: whom they ask, and what was asked before."""

from __future__ import annotations

import contextlib
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from grader.catalog import Exercise
from grader.compare import Asked, CheckKind, Recording
from grader.errors import GraderError, InternalError
from grader.messages import say
from grader.model import FunctionState, Measured, Note, Submission, Verdict
from grader.observe import observe
from grader.protocol import Handle, Observation, Unsendable
from grader.runner.asking import Call, live_call
from grader.runner.cases import DrawnOnce, call_seed
from grader.runner.judging import Spelling
from grader.runner.loaded import FoundFunction, Parameter
from grader.runner.student import CallFailed, StudentWorker
from grader.scoring import Outcome, TestPlan
from grader.steps import inside

__all__ = [
    "Following",
    "OracleContext",
    "Progress",
    "SharedTest",
    "StudentContext",
    "TestFile",
    "Unavailable",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestFile:
    """One file of tests to run. `oracle` is None for public tests, which have none.

    `signatures`: of our own functions, by name, for which the tests' calls are made.
    """

    __test__ = False

    path: Path
    exercise: Exercise
    oracle: types.ModuleType | None
    signatures: Mapping[str, tuple[Parameter, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Progress:
    """What has come of one submission so far."""

    submission: Submission
    worker: StudentWorker
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)  # test id -> first function it called
    ignored: dict[str, tuple[str, ...]] = field(default_factory=dict)  # function -> its options
    notes: dict[str, list[Note]] = field(default_factory=dict)  # by slug, for the author
    parent_died: bool = False

    def has_passed(self, test_id: str) -> bool:
        """Whether a test passed, or has not run."""
        return test_id not in self.outcomes or self.outcomes[test_id].verdict is Verdict.PASSED


@dataclass(slots=True)
class SharedTest:
    """What a test asks, the same for every submission of the session.

    `is_whole`: `asked` is all that it asks, since a submission passed without a direct call.
    """

    cases: DrawnOnce
    asked: list[Asked] = field(default_factory=list)
    is_whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """The test that comes next, whatever becomes of the present one."""

    test_id: str
    exercise: Exercise
    function: str
    shared: SharedTest


@contextlib.contextmanager
def ours() -> Iterator[None]:
    """Whatever breaks in here is our own fault and voids the attempt.

    A student's test that breaks on an odd value is another matter: see `_whose_fault`.
    """
    try:
        yield
    except (CallFailed, GraderError):
        raise
    except Exception as error:
        raise InternalError(f"{type(error).__name__}: {error}") from error


class Unavailable(Exception):
    """A test needs a function that is missing."""


class _Base:
    """What both kinds of context do alike: reuse what a test asks."""

    def __init__(self, seed: int) -> None:
        self._assignment_seed = seed
        self._shared: SharedTest | None = None
        self._next = 0
        self._depends = False
        self.test_id = ""
        self.seed = 0

    def _begin(self, test_id: str, shared: SharedTest) -> None:
        self.test_id = test_id
        self.seed = call_seed(self._assignment_seed, test_id)
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

    def passed(self) -> None:
        """The test ran through to its end."""
        assert self._shared is not None
        self._shared.is_whole = not self._depends


class StudentContext(_Base):
    """The running test on the present submission."""

    def __init__(self, seed: int, progress: Progress) -> None:
        super().__init__(seed)
        self.progress = progress
        self._plan: TestPlan | None = None
        self._file: TestFile | None = None
        self._notes: list[Note] = []
        self._needs_basic = False
        self._fresh = True
        self._following: Following | None = None
        self.is_recording = True

    def begin(
        self,
        test_id: str,
        plan: TestPlan,
        file: TestFile,
        shared: SharedTest,
        following: Following | None = None,
    ) -> None:
        self._begin(test_id, shared)
        self._plan, self._file, self._following = plan, file, following
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
        with ours():
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
            raise Unavailable(say("found.needed", name=asked.function))
        if found.verdict is not None:
            raise CallFailed(found.verdict, found.sentence)
        reset, self._fresh = self._fresh, False
        with ours():
            yield from self.progress.worker.call(asked, seed=self.seed, reset=reset)
            self._ask_ahead()

    def _ask_ahead(self) -> None:
        """If these were the test's last answers: let the worker begin on the next test.

        Only what is certain is asked ahead, so that student code meets the same calls in the same
        order whether or not a submission before has shown what the tests ask.
        """
        following, shared = self._following, self._shared
        if following is None or shared is None:
            return
        if not shared.is_whole or self._next < len(shared.asked):
            return
        worker, exercise = self.progress.worker, following.exercise
        if not worker.has_met(exercise):
            worker.load_ahead(exercise)
        elif following.shared.asked:
            first = following.shared.asked[0]
            needed = {first.function, following.function} - {""}
            found = worker.found(exercise).functions
            if all(_can_be_called(found.get(name)) for name in needed):
                seed = call_seed(self._assignment_seed, following.test_id)
                worker.ask_ahead(first, seed=seed)

    def call_handle(self, function: str, handle: Handle, call: Call) -> Observation:
        with ours():
            (observation,) = self.progress.worker.call_handle(function, handle, [call])
        return observation

    def record(self, asked: Asked, got: Sequence[Observation]) -> None:
        assert self._file is not None
        if not self.is_recording:
            return
        recordings = self.progress.recordings
        recording = recordings.setdefault(self._file.exercise.slug, Recording())
        recording.add(self.test_id, asked, got)

    def note(self, text: str, line: int | None = None) -> None:
        self._notes.append(Note(text=text, line=line))

    def note_for_staff(self, text: str) -> None:
        self._notes.append(Note(text=text, is_for_staff=True))

    def spelling_of(self, function: str) -> Spelling:
        assert self._file is not None
        found = self.progress.worker.found(self._file.exercise).functions.get(function)
        path = PurePosixPath(found.path if found is not None else "")
        parts = path.with_suffix("").parts
        importable = path.suffix == ".py" and all(part.isidentifier() for part in parts)
        return Spelling(
            module=".".join(parts) if importable else "",
            parameters=tuple(p.name for p in self._file.signatures.get(function, ())),
        )

    def needs_basic(self) -> None:
        self._needs_basic = True


def _can_be_called(found: FoundFunction | None) -> bool:
    return found is not None and found.state is FunctionState.WRITTEN and found.verdict is None


class OracleContext(_Base):
    """Lets a test run on the oracle in the submission's place."""

    def __init__(self, seed: int, oracle: types.ModuleType, shared: SharedTest) -> None:
        super().__init__(seed)
        self._oracle = oracle
        self._kept: list[Any] = []
        self._own = shared

    def begin(self, test_id: str) -> None:
        self._begin(test_id, self._own)

    def stream(self, asked: Asked) -> Iterator[Observation]:
        function = getattr(self._oracle, asked.function)
        if asked.harness:
            function = inside(asked.harness, function)
        for call in asked.calls:
            yield self._observe(function, call, asked.check.kind)

    def call_handle(self, function: str, handle: Handle, call: Call) -> Observation:
        return self._observe(self._kept[handle.number], call, CheckKind.DIRECT)

    def _observe(self, function: Any, call: Call, kind: CheckKind) -> Observation:
        arguments, options = live_call(call)
        return observe(
            function,
            arguments,
            options,
            gradient=kind is CheckKind.GRADIENTS,
            watch=kind is CheckKind.ARGUMENTS,
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

    def spelling_of(self, function: str) -> Spelling:
        return Spelling()

    def needs_basic(self) -> None: ...
