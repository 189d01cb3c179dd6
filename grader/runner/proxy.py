"""What the fixtures `submission` and `oracle` are: the student's functions, asked from outside.

    submission.relu.agrees_with(oracle.relu, cases)     one batch of calls, compared facet by facet
    submission.relu(x)                                   one call; returns plain data or a handle

A verb that finds a difference raises MismatchError, which carries the smallest failing case. The
hidden tests never see the student's objects, only values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import torch

from grader.compare import (
    Asked,
    Check,
    CheckKind,
    Difference,
    call_text,
    describe,
    difference,
    snippet,
)
from grader.model import Facet, Mismatch, Verdict
from grader.observe import from_wire, observe, to_wire
from grader.protocol import Handle, Observation, Raised, Unsendable, Value
from grader.runner.cases import Case, case
from grader.runner.student import CallFailed

__all__ = ["Call", "Context", "FunctionProxy", "MismatchError", "StudentError", "SubmissionProxy"]

Call = tuple[list[Value], dict[str, Value]]
MAX_DESCRIBED = 6  # arguments shown of one call


class MismatchError(Exception):
    """A hidden test found a difference; the plugin turns it into a TestResult."""

    def __init__(self, mismatch: Mismatch, verdict: Verdict = Verdict.FAILED) -> None:
        super().__init__(mismatch.sentence)
        self.mismatch = mismatch
        self.verdict = verdict


class StudentError(Exception):
    """Raised by a direct call `submission.f(...)` in which the student's code raised."""

    def __init__(self, raised: Raised) -> None:
        super().__init__(f"{raised.type_name}: {raised.text}")
        self.raised = raised


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

    def __init__(self, context: Context, name: str) -> None:
        self._context = context
        self._name = name

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
            lambda *_args, **_options: expected,
        )

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """One call. Plain data comes back as it is, objects as handles that can be called.

        Raises:
            StudentError: the student's code raised.
            MismatchError: no answer came.
        """
        self._context.answers_shape_the_test()
        asked = _asked(self._name, Check(), [case(*arguments, **options)], None, None, 0)
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
            lambda: _asked(self._name, check, cases, oracle, magnitude, context.seed)
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
        self._judge(asked, got, failure, repeated=repeated)

    def _collect(self, asked: Asked, got: list[Observation]) -> None:
        """Append the answers to `got` as they come, so that finished ones outlast a failure."""
        for observation in self._context.stream(asked):
            got.append(observation)

    def _answers(self, asked: Asked) -> list[Observation]:
        got: list[Observation] = []
        try:
            self._collect(asked, got)
        except CallFailed as failure:
            raise _no_answer(asked, len(got), failure) from None
        return got

    def _judge(
        self,
        asked: Asked,
        got: Sequence[Observation],
        failure: CallFailed | None,
        *,
        repeated: bool,
    ) -> None:
        notes: list[str] = []
        wrong = [
            (index, found)
            for index, observation in enumerate(got)
            if (found := _difference(asked, index, observation, notes)) is not None
        ]
        total = len(asked.calls) - repeated
        if wrong:
            index, found = wrong[0]
            if repeated and index == total:
                found = Difference(
                    facet=Facet.REPEATABLE,
                    sentence="Asked a second time, the same call gave another result.",
                    at=found.at,
                )
            failing = sum(index < total for index, _ in wrong) + max(0, total - len(got))
            mismatch = _mismatch(asked, index, got[index], found, max(1, failing), total)
            raise MismatchError(mismatch, _verdict(found, got[index]))
        if failure is not None or len(got) != len(asked.calls):
            raise _no_answer(
                asked, len(got), failure or CallFailed(Verdict.ERROR, "No answer came.")
            )
        for text in dict.fromkeys(notes):
            self._context.note(text)


class HandleProxy:
    """An object that lives in the worker; calling it asks the worker."""

    def __init__(self, context: Context, function: str, handle: Handle) -> None:
        self._context = context
        self._function = function
        self._handle = handle

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        call = _wire_call(case(*arguments, **options))
        observation = self._context.call_handle(self._function, self._handle, call)
        return _live(self._context, self._function, observation)


def _live(context: Context, function: str, observation: Observation) -> Any:
    if observation.raised is not None:
        raise StudentError(observation.raised)
    return from_wire(observation.result, lambda handle: HandleProxy(context, function, handle))


def _keep(value: object) -> Unsendable:
    return Unsendable(type_name=type(value).__name__)


def _wire_call(one: Case) -> Call:
    return (
        [to_wire(value, _keep) for value in one.arguments],
        {name: to_wire(value, _keep) for name, value in one.options.items()},
    )


def _asked(
    function: str,
    check: Check,
    cases: Sequence[Case],
    oracle: Callable[..., Any] | None,
    magnitude: Callable[..., torch.Tensor] | None,
    seed: int,
) -> Asked:
    calls = [_wire_call(one) for one in cases]
    expected = [_expected(oracle, call, check, seed) for call in calls]
    return Asked(
        function=function,
        check=check,
        calls=calls,
        expected=expected,
        magnitudes=[None if magnitude is None else _magnitude(magnitude, c) for c in calls],
    )


def _expected(
    oracle: Callable[..., Any] | None, call: Call, check: Check, seed: int
) -> Observation | None:
    if oracle is None:
        return None
    arguments, options = _fresh(call)
    observed = observe(
        oracle,
        arguments,
        options,
        gradient=check.kind is CheckKind.GRADIENTS,
        seed=seed,
        keep=_keep,
    )
    if observed.raised is not None:
        raise RuntimeError(
            f"the oracle raised {observed.raised.type_name}: {observed.raised.text}; "
            "calls that must raise belong in rejects()"
        )
    return observed


def _fresh(call: Call) -> tuple[list[Any], dict[str, Any]]:
    arguments, options = call
    return [from_wire(v) for v in arguments], {k: from_wire(v) for k, v in options.items()}


def _magnitude(magnitude: Callable[..., torch.Tensor], call: Call) -> torch.Tensor:
    arguments, options = _fresh(call)
    return torch.as_tensor(magnitude(*arguments, **options)).detach()


_NOTHING = Observation(result=None)


def _difference(asked: Asked, index: int, got: Observation, notes: list[str]) -> Difference | None:
    return difference(
        asked.expected[index] or _NOTHING,
        got,
        asked.check,
        magnitude=asked.magnitudes[index],
        notes=notes,
    )


def _verdict(found: Difference, got: Observation) -> Verdict:
    """FAILED for a wrong answer, ERROR or MEMORY for an exception in its place."""
    raised = got.raised
    if raised is None:
        return Verdict.FAILED
    if "MemoryError" in raised.classes or "can't allocate memory" in raised.text:
        return Verdict.MEMORY
    return Verdict.ERROR if found.facet is Facet.EXCEPTION else Verdict.FAILED


def _mismatch(
    asked: Asked, index: int, got: Observation, found: Difference, failing: int, total: int
) -> Mismatch:
    arguments, options = asked.calls[index]
    reference = asked.expected[index]
    gradients = asked.check.kind is CheckKind.GRADIENTS
    raised = got.raised
    expected: Value = reference.result if reference is not None else None
    answer: Value = got.result
    if gradients and reference is not None and raised is None:
        expected, answer = _first(reference), _first(got)
    shows_expected = reference is not None
    return Mismatch(
        facet=found.facet,
        sentence=found.sentence,
        call=call_text(asked.function, arguments, options),
        arguments=tuple(describe(v) for v in [*arguments, *options.values()][:MAX_DESCRIBED]),
        expected=describe(expected) if shows_expected else None,
        got=describe(answer),
        at=found.at,
        failing=failing,
        total=total,
        snippet=snippet(asked.function, arguments, options),
        line=raised.line if raised is not None else None,
    )


def _first(observation: Observation) -> Value:
    gradients = observation.gradients or ()
    return next((gradient for gradient in gradients if gradient is not None), None)


def _no_answer(asked: Asked, index: int, failure: CallFailed) -> MismatchError:
    """The case during which the worker was lost."""
    index = min(index, len(asked.calls) - 1)
    arguments, options = asked.calls[index]
    mismatch = Mismatch(
        facet=Facet.CRASH,
        sentence=failure.sentence,
        call=call_text(asked.function, arguments, options),
        arguments=tuple(describe(v) for v in [*arguments, *options.values()][:MAX_DESCRIBED]),
        failing=len(asked.calls) - index,
        total=len(asked.calls),
        snippet=snippet(asked.function, arguments, options),
    )
    return MismatchError(mismatch, failure.verdict)
