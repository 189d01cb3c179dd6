"""From a run to points: the model's structure, the band of accuracy, the budgets.

    MnistCNN    structural tests; see checks.py
    accuracy    the band of the gate in equal rungs: credit rises with accuracy
    budget      parameters and time; they count only once accuracy reaches the band

Each rung is a test that passes or not, so that points stay exact and only a pass earns any.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from grader.catalog import Exercise, Function
from grader.config import GateSettings, TrainingSettings
from grader.messages import TEXTS, say
from grader.model import FunctionResult, FunctionState, TestResult, Tier, Verdict
from grader.scoring import Outcome, TestPlan, function_verdict, score_tests
from grader.training.checks import Kind, fit
from grader.training.replies import Found
from grader.training.run import FAIL_FACTOR, Run, Seen

__all__ = ["Judged", "judge"]

_MODEL, _ACCURACY, _BUDGET = "MnistCNN", "accuracy", "budget"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One test of a run."""

    plan: TestPlan
    outcome: Outcome
    hint: str = ""


def judge(
    exercise: Exercise,
    settings: TrainingSettings,
    gate: GateSettings,
    run: Run,
    accuracy: float | None,
) -> Iterator[FunctionResult]:
    """One result for each function that training decides, in the order of exercise.toml."""
    makers = {
        _MODEL: lambda: _structure(exercise.slug, run),
        _ACCURACY: lambda: _rungs(exercise.slug, settings, gate, run, accuracy),
        _BUDGET: lambda: _budget(exercise.slug, settings, gate, run, accuracy),
    }
    for function in exercise.trained:
        yield _result(exercise, function, run, list(makers[function.name]()))


def _result(
    exercise: Exercise, function: Function, run: Run, judged: Sequence[Judged]
) -> FunctionResult:
    found = _state(run.found)
    outcomes = {one.plan.id: one.outcome for one in judged}
    plans = [one.plan for one in judged]
    tests = score_tests(function.points, exercise.shares, plans, outcomes)
    hints = {one.plan.id: one.hint for one in judged}
    tests = tuple(_hinted(test, hints[test.id]) for test in tests)
    is_model = function.name == _MODEL
    state = found.state if is_model else FunctionState.WRITTEN  # nobody writes `accuracy`
    return FunctionResult(
        name=function.name,
        state=state,
        verdict=function_verdict(state, tests),
        points=sum((test.points for test in tests), Fraction(0)),
        max_points=function.points,
        tests=tests,
        path=found.path if is_model else "",
        line=found.line if is_model else None,
        cell=found.cell if is_model else None,
        sentence=found.sentence if is_model else "",
        requires=() if is_model else (_MODEL,),
        hint=next((test.hint for test in tests if test.hint), ""),
    )


def _hinted(test: TestResult, hint: str) -> TestResult:
    return replace(test, hint=hint) if hint and test.verdict is not Verdict.PASSED else test


def _state(found: Mapping[str, Found]) -> Found:
    """The model's class, or what builds the model."""
    missing = Found(state=FunctionState.MISSING, sentence=say("unread.files"))
    model, maker = found.get(_MODEL, missing), found.get("build_model", missing)
    is_made = model.state is FunctionState.MISSING and maker.state is FunctionState.WRITTEN
    return maker if is_made else model


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    """One check of a run; what it is called and advises stands in the texts by its name."""

    function: str
    name: str
    tier: Tier = Tier.BASIC
    weight: int = 1
    states: str = ""

    def judged(
        self, slug: str, outcome: Outcome, hint: str | None = None, **values: object
    ) -> Judged:
        """`hint` is the check's own one if it is None; `values` are of the title."""
        name = self.name.rstrip("0123456789")
        plan = TestPlan(
            id=f"{slug}::{self.function}::{self.name}",
            function=self.function,
            title=say(f"check.{name}", **values),
            tier=self.tier,
            weight=Fraction(self.weight),
            states=self.states,
        )
        own = TEXTS.get(f"check.{name}.hint", "")
        return Judged(plan=plan, outcome=outcome, hint=own if hint is None else hint)

    def not_reached(self, slug: str, run: Run, **values: object) -> Judged:
        """The same where the check could not be made: there is nothing to advise on."""
        return self.judged(slug, _not_reached(run), hint="", **values)


_SHAPE = _Test(function=_MODEL, name="shape")
_FIT = _Test(function=_MODEL, name="outputs_fit_the_loss", weight=2)
_APART = _Test(function=_MODEL, name="rows_apart", tier=Tier.PARAMETERS)
_REPEATABLE = _Test(function=_MODEL, name="repeatable", tier=Tier.PARAMETERS)
_FREE = _Test(
    function=_MODEL,
    name="scores_are_free",
    tier=Tier.EDGE,
    states="no activation follows the last layer",  # words of the stub's docstring
)
_LEARNS = _Test(
    function=_MODEL,
    name="every_parameter_learns",
    tier=Tier.EDGE,
    states="every parameter is used",  # likewise
)
_PARAMETERS = _Test(function=_BUDGET, name="parameters")
_TIME = _Test(function=_BUDGET, name="time")


def _outcome(passed: bool, sentence: str = "") -> Outcome:
    verdict = Verdict.PASSED if passed else Verdict.FAILED
    return Outcome(verdict=verdict, sentence="" if passed else sentence)


def _not_reached(run: Run) -> Outcome:
    """Why a check could not be made."""
    if run.failure is not None:
        return Outcome(verdict=run.failure.verdict, sentence=run.failure.sentence)
    return Outcome(verdict=Verdict.SKIPPED, sentence=say("check.no model"))


def _structure(slug: str, run: Run) -> Iterator[Judged]:
    seen = run.seen
    if seen is None:
        for test in (_SHAPE, _FIT, _APART, _REPEATABLE, _FREE, _LEARNS):
            yield test.not_reached(slug, run)
        return
    fitting = fit(seen.kind, seen.loss)
    numbers = seen.kind is not Kind.NO_NUMBERS
    apart = seen.kind is not Kind.ACROSS_BATCH and seen.outputs.rows_apart
    yield _SHAPE.judged(slug, _outcome(numbers, fitting.sentence), fitting.hint)
    yield _FIT.judged(slug, _outcome(fitting.is_good, fitting.sentence), fitting.hint)
    key, hint = _why_not_apart(seen)
    yield _APART.judged(slug, _outcome(numbers and apart, say(key)), hint)
    repeats = numbers and seen.outputs.repeatable
    key, hint = _with_hint(f"check.repeatable.{'preprocess' if _is_random(seen) else 'failed'}")
    yield _REPEATABLE.judged(slug, _outcome(repeats, say(key)), hint)
    is_free = numbers and not seen.has_ties
    yield _FREE.judged(slug, _outcome(is_free, say("check.scores_are_free.failed")))
    if run.outputs is None:
        yield _LEARNS.not_reached(slug, run)
        return
    names = ", ".join(f"`{name}`" for name in run.untouched[:4])
    unused = say("check.every_parameter_learns.failed", names=names)
    yield _LEARNS.judged(slug, _outcome(not run.untouched, unused))


def _is_random(seen: Seen) -> bool:
    return seen.trace.get("preprocess") == "random"


def _why_not_apart(seen: Seen) -> tuple[str, str | None]:
    """What to say where an image gets another answer alone: the nearest cause first."""
    if seen.outputs.alone is None:
        return _with_hint("check.rows_apart.none")
    if _is_random(seen):
        return _with_hint("check.repeatable.preprocess")
    if not seen.outputs.repeatable:
        return _with_hint("check.rows_apart.varies")
    is_of_batch = seen.trace.get("preprocess") == "batch"
    return _with_hint(f"check.rows_apart.{'preprocess' if is_of_batch else 'failed'}")


def _with_hint(key: str) -> tuple[str, str | None]:
    """The key of a sentence, and its own hint if it has one."""
    return key, TEXTS.get(f"{key}.hint")


def _rungs(
    slug: str, settings: TrainingSettings, gate: GateSettings, run: Run, accuracy: float | None
) -> Iterator[Judged]:
    low, high, count = gate.none_below, gate.full_from, settings.rungs
    for number in range(count):
        wanted = high if count == 1 else low + (high - low) * number / (count - 1)
        test = _Test(function=_ACCURACY, name=f"rung_{number + 1}")
        if accuracy is None:
            yield test.not_reached(slug, run, wanted=wanted)
        else:
            got = say("check.rung_.failed", accuracy=accuracy, wanted=wanted)
            yield test.judged(slug, _outcome(accuracy >= wanted, got), wanted=wanted)


def _budget(
    slug: str, settings: TrainingSettings, gate: GateSettings, run: Run, accuracy: float | None
) -> Iterator[Judged]:
    learned = accuracy is not None and accuracy >= gate.none_below
    waiting = say("check.waits", wanted=gate.none_below)
    waits = Outcome(verdict=Verdict.SKIPPED, sentence=waiting)
    size = run.plan.size if run.plan is not None else 0
    most, budget = settings.max_parameters, settings.budget
    is_slow = run.is_stopped or run.used > FAIL_FACTOR * budget
    small = _outcome(size <= most, say("check.parameters.failed", size=size, over=size - most))
    has_ended = run.is_stopped or run.failure is not None
    key = "check.time.stopped" if has_ended else "check.time.failed"
    slow = say(key, used=run.used, budget=budget, limit=FAIL_FACTOR * budget)
    quick = _outcome(not is_slow and run.used > 0, slow)
    yield _PARAMETERS.judged(slug, small if learned or size > most else waits, most=most)
    yield _TIME.judged(slug, quick if learned or is_slow else waits, budget=budget)
