"""What the fixtures `submission` and `oracle` are: the student's functions, asked from outside.

    submission.relu.agrees_with(oracle.relu, cases)     one batch of calls, compared facet by facet
    submission.relu(x)                                   one call; returns plain data or a handle

A verb that finds a difference raises MismatchError, which carries the smallest failing case. The
hidden tests never see the student's objects, only values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NoReturn, Protocol

import torch

from grader.compare import Asked, Check, CheckKind
from grader.observe import from_wire
from grader.protocol import Handle, Observation
from grader.runner.asking import Call, Literal, ask_oracle, wire_call
from grader.runner.authors import one_of
from grader.runner.cases import Case, case
from grader.runner.judging import Spelling, StudentError, judge, no_answer, without_case
from grader.runner.student import CallFailed
from grader.steps import REPORTS

__all__ = ["Context", "FunctionProxy", "SubmissionProxy"]


class Context(Protocol):
    """What a proxy needs to know of the test that is running."""

    test_id: str
    seed: int

    def ask(self, make: Callable[[], Asked]) -> Asked:
        """The trusted half of the next batch: made once a session, then reused."""

    def answers_shape_the_test(self) -> None:
        """From here on, what the test asks may depend on the submission: nothing is reused."""

    def stream(self, asked: Asked) -> Iterator[Observation]:
        """The submission's answers.

        Raises:
            CallFailed.
        """

    def call_handle(self, function: str, handle: Handle, call: Call) -> Observation: ...

    def record(self, asked: Asked, got: Sequence[Observation]) -> None: ...

    def note(self, text: str, line: int | None = None) -> None: ...

    def spelling_of(self, function: str) -> Spelling:
        """How a student writes it."""

    def needs_basic(self) -> None:
        """A pass of this test counts only with the function's basic tests."""


class SubmissionProxy:
    """The fixture `submission`: one attribute per function of the exercise."""

    def __init__(self, context: Context, names: Sequence[str]) -> None:
        self._context = context
        self._names = frozenset(names)

    def __getattr__(self, name: str) -> FunctionProxy:
        if name.startswith("_") or name not in self._names:
            raise AttributeError(f"no exercise has a function `{name}`; see exercise.toml")
        return FunctionProxy(self._context, name)


class FunctionProxy:
    """One function of the submission. Every verb takes the calls from small to large."""

    def __init__(self, context: Context, name: str, harness: str = "") -> None:
        self._context = context
        self._name = name
        self._harness = harness

    def __getattr__(self, name: str) -> NoReturn:
        verbs = [verb for verb in dir(FunctionProxy) if not verb.startswith("_")]
        raise AttributeError(one_of(f"a verb of `submission.{self._name}`", name, verbs))

    def inside(self, harness: str) -> FunctionProxy:
        """The function put into one of `grader.steps.HARNESSES`; the oracle is put into it too."""
        return FunctionProxy(self._context, self._name, harness)

    def agrees_with(
        self,
        oracle: Callable[..., Any],
        cases: Sequence[Case],
        *,
        rtol: float = 1e-5,
        atol: float = 1e-6,
        exact: bool = False,
        magnitude: Callable[..., torch.Tensor] | None = None,
    ) -> None:
        """Every call returns what the oracle returns: type in the large, shape and values.

        Args:
            oracle: our own implementation.
            cases: the calls, small ones first; the first is asked again at the end.
            rtol, atol: tolerances; ignored if `exact`.
            exact: no tolerance: the function selects or moves values.
            magnitude: of the arguments, the largest finite input each element of the result
                depends on, broadcastable to the result; atol becomes at least 4 eps of it.

        Raises:
            MismatchError: with the first failing case.
        """
        if self._harness in REPORTS:  # a function that does nothing leaves everything alone
            self._context.needs_basic()
        check = Check(kind=CheckKind.VALUES, rtol=rtol, atol=atol, exact=exact)
        self._run(check, [*cases, *cases[:1]], oracle, magnitude, repeated=len(cases) > 0)

    def type_agrees_with(self, oracle: Callable[..., Any], cases: Sequence[Case]) -> None:
        """Every result has the oracle's type and dtype; values are not looked at.

        Scores only with the function's basic tests, since any constant has some type.
        """
        self._context.needs_basic()
        self._run(Check(kind=CheckKind.TYPES), cases, oracle)

    def gradient_agrees_with(
        self,
        oracle: Callable[..., Any],
        cases: Sequence[Case],
        *,
        rtol: float = 1e-3,
        atol: float = 1e-5,
    ) -> None:
        """The gradient of a weighted sum of the result reaches every floating-point input and is
        the oracle's, wherever that is finite."""
        self._run(Check(kind=CheckKind.GRADIENTS, rtol=rtol, atol=atol), cases, oracle)

    def leaves_arguments_alone(self, cases: Sequence[Case]) -> None:
        """No call writes into its arguments. Scores only with the function's basic tests."""
        self._context.needs_basic()
        self._run(Check(kind=CheckKind.ARGUMENTS), cases)

    def rejects(
        self,
        cases: Sequence[Case],
        documented: type[Exception] | tuple[type[Exception], ...] = ValueError,
    ) -> None:
        """Every call raises one of the errors by which Python and torch refuse bad input.

        Another class than the documented one is noted and costs nothing. Scores only with the
        function's basic tests.
        """
        self._context.needs_basic()
        classes = documented if isinstance(documented, tuple) else (documented,)
        self._run(Check(kind=CheckKind.REFUSALS, documented=classes[0].__name__), cases)

    def returns(self, expected: Any, *arguments: Any, **options: Any) -> None:
        """One call with a literal expected value, for public tests."""
        self._run(
            Check(kind=CheckKind.VALUES),
            [case(*arguments, **options)],
            Literal(expected),
        )

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """One call. Plain data comes back as it is, objects as handles that can be called.

        Raises:
            StudentError: the student's code raised.
            MismatchError: no answer came.
        """
        self._context.answers_shape_the_test()
        check = Check(kind=CheckKind.DIRECT)
        asked = ask_oracle(
            self._name, check, [case(*arguments, **options)], None, None, 0, self._harness
        )
        got = self._answers(asked)
        self._context.record(asked, got)
        return _live(self._context, self._name, got[0])

    def _run(
        self,
        check: Check,
        cases: Sequence[Case],
        oracle: Callable[..., Any] | None = None,
        magnitude: Callable[..., torch.Tensor] | None = None,
        *,
        repeated: bool = False,
    ) -> None:
        context = self._context
        asked = context.ask(
            lambda: ask_oracle(
                self._name, check, cases, oracle, magnitude, context.seed, self._harness
            )
        )
        if not asked.calls:
            raise ValueError(f"{context.test_id} asks `{self._name}` no case at all")
        got: list[Observation] = []
        failure: CallFailed | None = None
        try:
            self._collect(asked, got)
        except CallFailed as error:
            failure = error
        context.record(asked, got)
        notes = judge(asked, got, failure, repeated=repeated, spelling_of=context.spelling_of)
        for text in notes:
            context.note(text)

    def _collect(self, asked: Asked, got: list[Observation]) -> None:
        """Append the answers to `got` as they come, so that finished ones outlast a failure."""
        for observation in self._context.stream(asked):
            got.append(observation)

    def _answers(self, asked: Asked) -> list[Observation]:
        got: list[Observation] = []
        try:
            self._collect(asked, got)
        except CallFailed as failure:
            raise no_answer(asked, len(got), failure) from None
        return got


class HandleProxy:
    """An object that lives in the worker; calling it asks the worker."""

    def __init__(self, context: Context, function: str, handle: Handle) -> None:
        self._context = context
        self._function = function
        self._handle = handle

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(
            f"`{name}`: what `{self._function}` returned lives in the sandbox and can only be "
            "called; call it, and give what it answers to `agree`"
        )

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        call = wire_call(case(*arguments, **options))
        try:
            observation = self._context.call_handle(self._function, self._handle, call)
        except CallFailed as failure:
            raise without_case(failure) from None
        return _live(self._context, self._function, observation)


def _live(context: Context, function: str, observation: Observation) -> Any:
    if observation.raised is not None:
        raise StudentError(observation.raised)
    return from_wire(observation.result, lambda handle: HandleProxy(context, function, handle))
