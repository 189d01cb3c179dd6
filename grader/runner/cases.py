"""The calls that a hidden test makes: written out, or drawn with the assignment's seed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch

__all__ = ["Case", "Cases", "Draw", "call_seed", "case", "derive_seed"]


@dataclass(frozen=True, slots=True)
class Case:
    """One call: required arguments by position, options by the stub's keyword."""

    arguments: tuple[Any, ...]
    options: dict[str, Any]


def case(*arguments: Any, **options: Any) -> Case:
    """One call of the function under test.

    Args:
        arguments: passed by position, so that renaming a parameter costs a student nothing.
        options: passed by keyword.
    """
    return Case(arguments, options)


def derive_seed(seed: int, *parts: str) -> int:
    """A seed of 63 bits for one purpose, the same on every machine."""
    text = "\0".join((str(seed), *parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


def call_seed(seed: int, test_id: str) -> int:
    """The seed, of 31 bits, of whatever is random while the student's code answers a test."""
    return derive_seed(seed, test_id, "call") & 0x7FFFFFFF


class Draw(random.Random):
    """A seeded `random.Random` that also draws tensors."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._generator = torch.Generator().manual_seed(seed & (1 << 63) - 1)

    def shape(self, n: int, low: int, high: int) -> tuple[int, ...]:
        """`n` sizes from low to high (inclusive), all different where that is possible."""
        sizes = range(low, high + 1)
        return tuple(self.sample(sizes, n) if len(sizes) >= n else self.choices(sizes, k=n))

    def normal(
        self, *shape: int, scale: float = 1.0, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        """Standard normal numbers times `scale`."""
        return torch.randn(shape, generator=self._generator, dtype=dtype) * scale

    def uniform(  # type: ignore[override]  # a tensor is what tests want
        self,
        *shape: int,
        low: float = 0.0,
        high: float = 1.0,
        dtype: torch.dtype = torch.float32,
    ) -> torch.Tensor:
        """Numbers in [low, high)."""
        return torch.rand(shape, generator=self._generator, dtype=dtype) * (high - low) + low

    def integers(
        self, *shape: int, low: int = 0, high: int = 10, dtype: torch.dtype = torch.int64
    ) -> torch.Tensor:
        """Whole numbers in [low, high), not including high."""
        return torch.randint(low, high, shape, generator=self._generator, dtype=dtype)


class Cases:
    """The fixture `cases`: random calls that depend on the seed and the test, on nothing else."""

    def __init__(self, seed: int, test_id: str) -> None:
        self._seed = seed
        self._test_id = test_id
        self._asked = 0

    def random(self, count: int, draw_case: Callable[[Draw], Case]) -> list[Case]:
        """`count` calls made by `draw_case`."""
        self._asked += 1
        draw = Draw(derive_seed(self._seed, self._test_id, str(self._asked)))
        return [draw_case(draw) for _ in range(count)]


class DrawnOnce(Cases):
    """Cases that are drawn for the first submission of a session and reused for the others."""

    def __init__(self, seed: int, test_id: str) -> None:
        super().__init__(seed, test_id)
        self._drawn: list[Sequence[Case]] = []
        self._next = 0

    def rewind(self) -> None:
        self._next = 0

    def random(self, count: int, draw_case: Callable[[Draw], Case]) -> list[Case]:
        if self._next == len(self._drawn):
            self._drawn.append(super().random(count, draw_case))
        self._next += 1
        return list(self._drawn[self._next - 1])
