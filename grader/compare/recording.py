"""What was asked and what came back, kept to tell one mistake from another later on.

    Recording ── {function: [Batch, …]}
    Batch      ── one verb of one hidden test: the check, and for every case the oracle's and the
                  submission's observation
    Answers    ── the submission's half alone, {test id: [[observation of a case, …] of a batch]}

The same exercise, seed and hidden tests ask the same of every submission, so the answers of two
submissions can be laid beside each other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeAlias

import torch

from grader.compare.agreement import difference
from grader.compare.checks import Check, CheckKind, Difference
from grader.protocol import Likely, Observation, Value

__all__ = ["Answers", "Asked", "Batch", "Recording", "case_difference", "wrong_answers"]

Answers: TypeAlias = Mapping[str, Sequence[Sequence[Observation]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The trusted half of a batch: calls as they go over the wire, and the oracle's answers.

    `harness` names what the function is put into before it is called; see grader.steps. `seed` is
    that of the weights by which gradients are taken. `sent` is the calls made ready for sending,
    since every submission of a session is asked the same; `likely`, where it is not None, stands
    for an expected answer as it would come over the wire; `facts` is what others found out about
    the batch, by a key of their own, for the same reason.
    """

    function: str
    check: Check
    calls: Sequence[tuple[list[Value], dict[str, Value]]]
    expected: Sequence[Observation | None]
    magnitudes: Sequence[torch.Tensor | None]
    harness: str = ""
    seed: int = 0
    sent: Value = field(default=None, repr=False, compare=False)
    likely: Sequence[Likely | None] = field(default=(), repr=False, compare=False)
    facts: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def is_of_values(self) -> bool:
        """Whether it asks for what the function itself returns, put into nothing."""
        return self.check.kind is CheckKind.VALUES and not self.harness


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One batch: `got[i]` answers `asked.calls[i]`; a shorter `got` means that no more came.

    `number` counts the batches of one test from 0.
    """

    test_id: str
    number: int
    asked: Asked
    got: Sequence[Observation]

    @cached_property
    def wrong(self) -> tuple[bool, ...]:
        """Which of the answers differ from the oracle's."""
        return wrong_answers(self.asked, self.got)


def wrong_answers(asked: Asked, got: Sequence[Observation]) -> tuple[bool, ...]:
    """Which of `got` differ from the oracle's answers."""
    return tuple(case_difference(asked, index, one) is not None for index, one in enumerate(got))


def case_difference(
    asked: Asked, index: int, got: Observation, notes: list[str] | None = None
) -> Difference | None:
    """The first facet in which an answer to one case differs, see `difference`."""
    return difference(
        asked.expected[index] or _NOTHING,
        got,
        asked.check,
        magnitude=asked.magnitudes[index],
        notes=notes,
    )


_NOTHING = Observation(result=None)  # where the oracle is not asked


@dataclass(slots=True)
class Recording:
    """All batches of one submission in one exercise."""

    batches: list[Batch] = field(default_factory=list)

    def add(self, test_id: str, asked: Asked, got: Sequence[Observation]) -> None:
        number = sum(batch.test_id == test_id for batch in self.batches)
        self.batches.append(Batch(test_id=test_id, number=number, asked=asked, got=tuple(got)))

    def of(self, function: str) -> Iterator[Batch]:
        """The batches that asked `function`."""
        return (batch for batch in self.batches if batch.asked.function == function)

    def answers(self) -> dict[str, list[Sequence[Observation]]]:
        """The submission's half."""
        answers: dict[str, list[Sequence[Observation]]] = {}
        for batch in self.batches:
            answers.setdefault(batch.test_id, []).append(batch.got)
        return answers
