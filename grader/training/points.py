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
from grader.model import FunctionResult, FunctionState, TestResult, Tier, Verdict
from grader.scoring import Outcome, TestPlan, function_verdict, score_tests
from grader.training.checks import Kind, fit
from grader.training.run import FAIL_FACTOR, Run
from grader.training.session import Found

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
    missing = Found(state=FunctionState.MISSING, sentence="The files could not be read.")
    model, maker = found.get(_MODEL, missing), found.get("build_model", missing)
    is_made = model.state is FunctionState.MISSING and maker.state is FunctionState.WRITTEN
    return maker if is_made else model


@dataclass(frozen=True, slots=True, kw_only=True)
class _Test:
    """What one check of a run is called and says."""

    function: str
    name: str
    title: str
    tier: Tier = Tier.BASIC
    weight: int = 1
    hint: str = ""
    states: str = ""

    def judged(self, slug: str, outcome: Outcome, hint: str = "") -> Judged:
        plan = TestPlan(
            id=f"{slug}::{self.function}::{self.name}",
            function=self.function,
            title=self.title,
            tier=self.tier,
            weight=Fraction(self.weight),
            states=self.states,
        )
        return Judged(plan=plan, outcome=outcome, hint=hint or self.hint)


_SHAPE = _Test(
    function=_MODEL,
    name="shape",
    title="For images [N, 1, 28, 28] it returns finite numbers [N, 10].",
)
_FIT = _Test(
    function=_MODEL,
    name="outputs_fit_the_loss",
    title="The outputs are log-probabilities over the classes, or what the given loss wants.",
    weight=2,
)
_APART = _Test(
    function=_MODEL,
    name="rows_apart",
    title="An image gets the same answer alone and in a batch.",
    tier=Tier.PARAMETERS,
    hint="Compute means and softmax over the classes or pixels of one image, not over axis 0.",
)
_REPEATABLE = _Test(
    function=_MODEL,
    name="repeatable",
    title="In eval mode it gives the same answer twice.",
    tier=Tier.PARAMETERS,
    hint="Use nn.Dropout, or F.dropout(x, training=self.training): F.dropout(x) drops always.",
)
_FREE = _Test(
    function=_MODEL,
    name="scores_are_free",
    title="Scores may be negative: nothing clips the last layer.",
    tier=Tier.EDGE,
    hint="Remove the activation behind the last layer: a class clipped to 0 gets no gradient.",
    states="no activation follows the last layer",
)
_LEARNS = _Test(
    function=_MODEL,
    name="every_parameter_learns",
    title="Training changes every parameter.",
    tier=Tier.EDGE,
    hint="Use every layer in `forward`, and give `model.parameters()` to the optimiser.",
    states="every parameter is used",
)


def _outcome(passed: bool, sentence: str = "") -> Outcome:
    verdict = Verdict.PASSED if passed else Verdict.FAILED
    return Outcome(verdict=verdict, sentence="" if passed else sentence)


def _not_reached(run: Run) -> Outcome:
    """Why a check could not be made."""
    if run.failure is not None:
        return Outcome(verdict=run.failure.verdict, sentence=run.failure.sentence)
    if run.shape_problem:
        return Outcome(verdict=Verdict.FAILED, sentence=run.shape_problem)
    return Outcome(verdict=Verdict.SKIPPED, sentence="There is no model to train.")


def _structure(slug: str, run: Run) -> Iterator[Judged]:
    seen = run.seen
    if seen is None:
        for test in (_SHAPE, _FIT, _APART, _REPEATABLE, _FREE, _LEARNS):
            yield test.judged(slug, _not_reached(run))
        return
    fitting = fit(seen.kind, seen.loss)
    numbers = seen.kind is not Kind.NO_NUMBERS
    apart = seen.kind is not Kind.ACROSS_BATCH and seen.outputs.rows_apart
    yield _SHAPE.judged(slug, _outcome(numbers, fitting.sentence), fitting.hint)
    yield _FIT.judged(slug, _outcome(fitting.is_good, fitting.sentence), fitting.hint)
    together = "Three images together gave other outputs than the same images one by one."
    yield _APART.judged(slug, _outcome(numbers and apart, together))
    twice = "Asked twice in eval mode, it gave two different answers."
    yield _REPEATABLE.judged(slug, _outcome(numbers and seen.outputs.repeatable, twice))
    clipped = (
        "For most images several classes have exactly the same, lowest score, as if a ReLU stood "
        "behind the last layer."
    )
    yield _FREE.judged(slug, _outcome(numbers and not seen.has_ties, clipped))
    yield _LEARNS.judged(slug, _learns(run))


def _learns(run: Run) -> Outcome:
    if run.outputs is None:
        return _not_reached(run)
    names = ", ".join(f"`{name}`" for name in run.untouched[:4])
    return _outcome(not run.untouched, f"After training {names} had not changed.")


def _rungs(
    slug: str, settings: TrainingSettings, gate: GateSettings, run: Run, accuracy: float | None
) -> Iterator[Judged]:
    low, high, count = gate.none_below, gate.full_from, settings.rungs
    for number in range(count):
        wanted = high if count == 1 else low + (high - low) * number / (count - 1)
        test = _Test(
            function=_ACCURACY,
            name=f"rung_{number + 1}",
            title=f"It recognises {wanted:.2%} of unseen images.",
        )
        if accuracy is None:
            yield test.judged(slug, _not_reached(run))
        else:
            got = f"It recognises {accuracy:.2%}, wanted {wanted:.2%}."
            yield test.judged(slug, _outcome(accuracy >= wanted, got))


def _budget(
    slug: str, settings: TrainingSettings, gate: GateSettings, run: Run, accuracy: float | None
) -> Iterator[Judged]:
    learned = accuracy is not None and accuracy >= gate.none_below
    waits = Outcome(
        verdict=Verdict.SKIPPED,
        sentence=f"This counts once {gate.none_below:.1%} of unseen images are recognised.",
    )
    size = run.plan.size if run.plan is not None else 0
    most, limit = settings.max_parameters, FAIL_FACTOR * settings.budget
    is_slow = run.is_stopped or run.used > limit
    small = _outcome(size <= most, f"It has {size:,} parameters, {size - most:,} more than that.")
    quick = _outcome(
        not is_slow and run.used > 0,
        f"It took {run.used:.2f} reference epochs{' and more' if run.is_stopped else ''}; the "
        f"budget is {settings.budget:g}, and {limit:g} were still tolerated.",
    )
    parameters = _Test(
        function=_BUDGET,
        name="parameters",
        title=f"It has at most {most:,} parameters.",
        hint="A linear layer behind a large feature map has most of them: pool once more first.",
    )
    time = _Test(
        function=_BUDGET,
        name="time",
        title=f"Training takes at most {settings.budget:g} reference epochs (one is an epoch of "
        "LeNet on the same images and the same machine).",
        hint="Fewer epochs, fewer channels or a larger stride take less time.",
    )
    yield parameters.judged(slug, small if learned or size > most else waits)
    yield time.judged(slug, quick if learned or is_slow else waits)
