"""What was asked and what came back, kept to tell one mistake from another later on.

    Recording ── {function: [Batch, …]}
    Batch      ── one verb of one hidden test: the check, the oracle's and the submission's
                  observation of every case (None: no answer came)

The same exercise, seed and hidden tests give the same batches for every submission, so two
recordings can be laid beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch

from grader.compare import Check
from grader.protocol import Observation, Value

__all__ = ["Asked", "Batch", "Recording"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The trusted half of a batch: calls as they go over the wire, and the oracle's answers."""

    function: str
    check: Check
    calls: Sequence[tuple[list[Value], dict[str, Value]]]
    expected: Sequence[Observation | None]
    magnitudes: Sequence[torch.Tensor | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One batch: `got[i]` answers `asked.calls[i]`; a shorter `got` means that no more came."""

    test_id: str
    asked: Asked
    got: Sequence[Observation]


@dataclass(slots=True)
class Recording:
    """All batches of one submission in one exercise, by function."""

    batches: dict[str, list[Batch]] = field(default_factory=dict)

    def add(self, batch: Batch) -> None:
        self.batches.setdefault(batch.asked.function, []).append(batch)
