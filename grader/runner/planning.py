"""The tests of a session as pytest collected them: what each is worth, and how it is to be run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from grader.errors import ExerciseError
from grader.model import Show, Tier
from grader.runner.authors import one_of
from grader.runner.contexts import TestFile
from grader.runner.marks import mark_of
from grader.scoring import TestPlan

__all__ = ["FIXTURES", "PlannedTest", "plan_test"]

FIXTURES = frozenset({"submission", "oracle", "cases", "recipe"})
_FROM_LEAST = (Show.HIDDEN, Show.VERDICT, Show.HINT, Show.EXPLAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTest:
    """One test, ready to run on any submission.

    `is_plain`: it asks for no fixtures but ours and bears no mark of pytest's, so that calling its
    function is all there is to running it.
    """

    item: pytest.Function
    file: TestFile
    plan: TestPlan
    is_plain: bool

    @property
    def id(self) -> str:
        return self.plan.id

    @property
    def call(self) -> Callable[..., None]:
        function: Callable[..., None] = self.item.obj
        return function

    @property
    def turn(self) -> int:
        """Tests that show least come last: a worker keeps what it was asked, and would tell it in
        its answers to tests that show them."""
        return -_FROM_LEAST.index(self.plan.show)

    def arguments(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Those of `given` that the test asks for."""
        return {name: given[name] for name in self.item._fixtureinfo.argnames}


def plan_test(item: pytest.Function, file: TestFile) -> PlannedTest:
    """What a collected test is worth and says of itself.

    Raises:
        ExerciseError: it is not marked as a hidden test has to be, or looks at no submission.
    """
    place = f"{item.path}:{item.function.__code__.co_firstlineno}"
    if hasattr(item, "callspec"):
        raise ExerciseError(
            f"{place}: {item.originalname} is parametrised; a test makes one claim and gives its "
            "values as cases, or is written as several tests"
        )
    if "submission" not in item.fixturenames:
        raise ExerciseError(
            f"{place}: {item.originalname} does not use the fixture `submission`, so it says "
            "nothing about what was handed in; add the argument, or take the test out"
        )
    return PlannedTest(
        item=item,
        file=file,
        plan=_plan(item, file, place),
        is_plain=_is_plain(item),
    )


def _is_plain(item: pytest.Function) -> bool:
    needed = {*item.fixturenames} - {"request"}  # which ours need
    is_asking = "request" in item._fixtureinfo.argnames
    return needed <= FIXTURES and not is_asking and not any(item.iter_markers())


def _plan(item: pytest.Function, file: TestFile, place: str) -> TestPlan:
    mark = mark_of(item.obj)
    title = " ".join((item.obj.__doc__ or item.originalname).split("\n\n")[0].split())
    slug, name = file.exercise.slug, item.originalname.removeprefix("test_")
    if file.oracle is None:
        own = f"{slug}::{mark.of if mark else 'public'}::{name}"
        return TestPlan(id=own, function="", title=title, tier=Tier.BASIC)
    if mark is None:
        raise ExerciseError(
            f"{place}: {item.originalname} has no @tier; write "
            f'@tier("basic", of="{file.exercise.names[0]}") above it'
        )
    if mark.of not in file.exercise.names:
        raise ExerciseError(
            f"{place}: {item.originalname} is of=`{mark.of}`, which exercise.toml "
            f"does not have; {one_of('of', mark.of, file.exercise.names)}"
        )
    return TestPlan(
        id=f"{slug}::{mark.of}::{name}",
        function=mark.of,
        title=title,
        tier=mark.tier,
        weight=mark.weight,
        states=mark.states,
        show=mark.show,
    )
