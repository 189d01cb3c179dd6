"""What a comparison is told and what it tells: the rule, and the first difference."""

from __future__ import annotations

import enum
from dataclasses import dataclass

import torch

from grader.model import Facet

__all__ = ["Check", "CheckKind", "Comparison", "Difference"]


class CheckKind(enum.StrEnum):
    """What a batch of calls is looked at for; each has its own verb in the hidden tests."""

    VALUES = "values"
    TYPES = "types"
    GRADIENTS = "gradients"
    ARGUMENTS = "arguments"
    REFUSALS = "refusals"
    DIRECT = "direct"  # nothing: the test looks at the answer itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How to compare. `magnitude`: per element of the result, the largest input it depends on."""

    kind: CheckKind = CheckKind.VALUES
    rtol: float = 1e-5
    atol: float = 1e-6
    exact: bool = False
    documented: str = "ValueError"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The first facet in which a call differs, in words, and where.

    `leaf` counts the floating-point arguments, where the gradient of one of them differs.
    """

    facet: Facet
    sentence: str
    at: tuple[int, ...] | None = None
    leaf: int | None = None


@dataclass(slots=True)
class Comparison:
    """One comparison under way: the rule, and the notes that it leaves."""

    check: Check
    magnitude: torch.Tensor | None
    notes: list[str]
