"""What was asked and what came back, kept to tell one mistake from another later on.

    Recording ── {function: [Batch, …]}
    Batch      ── one verb of one hidden test: the check, and for every case the oracle's and the
                  submission's observation
    Answers    ── the submission's half alone, {test id: [[observation of a case, …] of a batch]}

The same exercise, seed and hidden tests ask the same of every submission, so the answers of two
submissions can be laid beside each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import torch

from grader.compare.agreement import Check
from grader.protocol import Observation, Value

__all__ = ["Answers", "Asked", "Batch", "Recording"]

Answers: TypeAlias = Mapping[str, Sequence[Sequence[Observation]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The trusted half of a batch: calls as they go over the wire, and the oracle's answers.

    `harness` names what the function is put into before it is called; see grader.steps. `sent` is
    the calls made ready for sending, since every submission of a session is asked the same.
    """

    function: str
    check: Check
    calls: Sequence[tuple[list[Value], dict[str, Value]]]
    expected: Sequence[Observation | None]
    magnitudes: Sequence[torch.Tensor | None]
    harness: str = ""
    sent: Value = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One batch: `got[i]` answers `asked.calls[i]`; a shorter `got` means that no more came.

    `number` counts the batches of one test from 0.
    """

    test_id: str
    number: int
    asked: Asked
    got: Sequence[Observation]


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
