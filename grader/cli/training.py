"""The options by which a command says how submissions are trained."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import click

from grader.cli.options import Command, with_options

if TYPE_CHECKING:
    from grader.catalog import Exercise
    from grader.training import TrainingOptions

__all__ = ["TrainingChoice", "tell_of_subset", "training_options"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingChoice:
    """What was asked for on the command line; free of torch."""

    chosen: dict[str, Any] = field(default_factory=dict)

    def options(
        self, told: Callable[[str], None], exercises: Iterable[Exercise] = ()
    ) -> TrainingOptions:
        """For the pipeline; `told` hears how far a training has come.

        Of the `exercises` it is said here which are trained on few images.
        """
        from grader.training import TrainingOptions

        tell_of_subset(exercises, self.chosen.get("data", "auto"))
        return TrainingOptions(told=told, **self.chosen)


def tell_of_subset(exercises: Iterable[Exercise], data: str = "auto") -> None:
    """Say on stderr which exercises are trained on few images because the others are not here.

    Whoever asked for the subset knows it.
    """
    trained: dict[str, list[str]] = {}
    for exercise in exercises:
        if exercise.training is not None and data == "auto":
            trained.setdefault(exercise.training.dataset, []).append(f"`{exercise.slug}`")
    if not trained:
        return
    from grader.data import KNOWN, find_cached, known

    for name in sorted(trained.keys() & KNOWN):
        if find_cached(known(name)) is None:
            listed = ", ".join(trained[name])
            sentence = (
                f"{known(name).title} is not on this machine: networks of {listed} are trained on "
                f"the committed images, with a band for them. `grader data {name}` fetches all; "
                "`--data subset` says that this is meant"
            )
            click.echo(f"grader: {sentence}", err=True)


def training_options(function: Command) -> Command:
    """--data, --device, --repeat, --integrity, as one argument `training`."""

    @functools.wraps(function)
    def command(
        *args: Any, data: str, device: str, repeat: int, integrity: str, **kwargs: Any
    ) -> Any:
        chosen = {
            "data": data,
            "device": device,
            "repeat": repeat,
            "thorough": integrity == "thorough",
        }
        return function(*args, training=TrainingChoice(chosen=chosen), **kwargs)

    decorated: Command = with_options(command, _OPTIONS)
    return decorated


_OPTIONS = (
    click.option(
        "--data",
        type=click.Choice(["auto", "full", "subset"]),
        default="auto",
        envvar="GRADER_TRAINING_DATA",
        help="Train on the fetched data set or on the committed subset; auto: what is there.",
    ),
    click.option(
        "--device",
        type=click.Choice(["auto", "cpu", "cuda", "mps"]),
        default="auto",
        envvar="GRADER_DEVICE",
        help="Where to train.",
    ),
    click.option(
        "--repeat",
        type=click.IntRange(1, 100),
        default=1,
        metavar="N",
        help="Train with N seeds and show the spread; the first seed counts.",
    ),
    click.option(
        "--integrity",
        type=click.Choice(["cheap", "thorough"]),
        default="cheap",
        help="thorough: train twice more to look for models that did not learn.",
    ),
)
