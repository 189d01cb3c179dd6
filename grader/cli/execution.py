"""The options by which a command says how notebooks are run."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import click

from grader.catalog import Exercise
from grader.cli.options import Command, with_options
from grader.errors import UsageError

__all__ = ["ExecutionChoice", "execution_options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionChoice:
    """What was asked for on the command line. `engine`: None for what exercise.toml says."""

    is_asked: bool = False
    engine: str | None = None

    def of(self, exercises: Sequence[Exercise]) -> tuple[Exercise, ...]:
        """The exercises, graded as asked.

        Raises:
            UsageError: an engine was named, and no notebook is run.
        """
        chosen = tuple(exercises)
        if self.is_asked:
            chosen = tuple(replace(exercise, notebook="execute") for exercise in chosen)
        if self.engine is None:
            return chosen
        if not any(exercise.is_executed for exercise in chosen):
            raise UsageError(
                "--engine says by what notebooks are run, and none of these exercises runs them; "
                "add --execute"
            )
        told = {"engine": self.engine}
        return tuple(
            replace(exercise, execution=exercise.execution.model_copy(update=told))
            for exercise in chosen
        )


def execution_options(function: Command) -> Command:
    """--execute and --engine, as one argument `execution`."""

    @functools.wraps(function)
    def command(*args: Any, execute: bool, engine: str | None, **kwargs: Any) -> Any:
        choice = ExecutionChoice(is_asked=execute, engine=engine)
        return function(*args, execution=choice, **kwargs)

    decorated: Command = with_options(command, _OPTIONS)
    return decorated


_OPTIONS = (
    click.option(
        "--execute",
        is_flag=True,
        help="Run notebooks from top to bottom first, whatever exercise.toml says.",
    ),
    click.option(
        "--engine",
        type=click.Choice(["ipython", "nbclient"]),
        help="By what notebooks are run; default: what exercise.toml says, else ipython.",
    ),
)
